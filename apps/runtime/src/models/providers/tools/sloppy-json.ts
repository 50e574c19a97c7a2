import { readJson } from '../../../ground/json.ts'

/**
 * JSON as small models write it: in a fence, with a comma or a brace too many, without the last braces, with line breaks
 * inside of texts, with Python's words. Undefined where it could mean more than one thing, or nothing.
 */
export function readSloppyJson(text: string): unknown {
  return read(text) ?? read(mended(bare(text)))
}

function read(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

/** Without the fence around it, and without what some templates leave behind it. */
function bare(text: string): string {
  const inner = /^```[\w-]*\s([\s\S]*)```$/.exec(text.trim())?.[1] ?? text
  let rest = inner.trim()
  for (;;) {
    const tail = TAIL.exec(rest.slice(-longestTail))
    if (tail === null) return rest
    rest = rest.slice(0, -tail[0].length).trimEnd()
  }
}

const longestTail = 40
const TAIL = /<(?:\|[\w-]{1,30}\||\/tool_call|\/function_call|\/s)>$/

const WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null' }
const CLOSE: Record<string, string> = { '{': '}', '[': ']' }
/** A number may have been cut; anything else that has an end is whole. */
const WHOLE_END = /(?:["}\]]|true|false|null)$/

/** One walk through the text, which makes the same JSON well-formed; undefined where that would be guessing. */
function mended(text: string): string | undefined {
  const out: string[] = []
  const open: string[] = []
  let last = ''
  let at = 0
  const say = (piece: string) => {
    out.push(piece)
    last = piece
  }
  while (at < text.length) {
    const character = text[at]!
    if (/\s/.test(character)) {
      at++
      continue
    }
    if (out.length > 0 && open.length === 0) {
      // Behind the whole value nothing but braces too many.
      if (character !== '}' && character !== ']') return undefined
      at++
      continue
    }
    if (character === '"') {
      const end = endOfText(text, at)
      if (end === undefined) return undefined
      say(wellFormed(text.slice(at, end)))
      at = end
    } else if (character === '{' || character === '[') {
      open.push(CLOSE[character]!)
      say(character)
      at++
    } else if (character === '}' || character === ']') {
      if (open.pop() !== character) return undefined
      if (last === ',') out.pop()
      say(character)
      at++
    } else if (character === ',' || character === ':') {
      say(character)
      at++
    } else {
      const [word = ''] = /^[^\s,:{}[\]"]+/.exec(text.slice(at, at + 400)) ?? []
      if (word === '') return undefined
      say(WORDS[word] ?? word)
      at += word.length
    }
  }
  if (open.length > 0 && !WHOLE_END.test(last)) return undefined
  return out.join('') + open.reverse().join('')
}

/** Where the text that begins here ends, behind its quote. */
function endOfText(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

/** Line breaks and the like as they are, and a quote escaped that needs none: neither can mean anything else. */
function wellFormed(quoted: string): string {
  const out: string[] = []
  for (let at = 0; at < quoted.length; at++) {
    const character = quoted[at]!
    if (character === '\\') {
      const escaped = quoted[++at]!
      out.push(escaped === "'" ? escaped : character + escaped)
    } else if (character < ' ') out.push(JSON.stringify(character).slice(1, -1))
    else out.push(character)
  }
  return out.join('')
}
