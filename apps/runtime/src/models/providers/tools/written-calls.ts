import type { ProviderEvent } from '../provider.ts'
import { readSloppyJson } from './sloppy-json.ts'
import { isObject } from './tool-input.ts'

export interface WrittenCall {
  /** They have none. */
  id: ''
  name: string
  input: Record<string, unknown>
}

/**
 * The calls that a text is, for models that write them where their template has no place for them. Only a text that is
 * calls of offered tools from its first character to its last is any: words around them make them an example. Undefined
 * otherwise.
 */
export function readWrittenCalls(text: string, offered: ReadonlySet<string>): WrittenCall[] | undefined {
  const calls: WrittenCall[] = []
  let rest = text.trim()
  while (rest !== '') {
    const item = readItem(rest)
    const found = item && callsIn(item.value, offered)
    if (found === undefined || found.length === 0) return undefined
    calls.push(...found)
    rest = item!.rest.replace(/^[\s;]+/, '')
  }
  return calls.length > 0 ? calls : undefined
}

/** A name stands before the arguments, or with them in one object. */
interface Item {
  value: unknown
  rest: string
}

function readItem(text: string): Item | undefined {
  return readTagged(text) ?? readMarked(text)
}

/** A tag for the call and one for each argument, all of which are texts. */
function readTagged(text: string): Item | undefined {
  const begin = /^(<tool_call>\s*)?<function=([\w.:-]+)>/.exec(text)
  if (begin === null) return undefined
  const input: [string, string][] = []
  let rest = text.slice(begin[0].length)
  for (;;) {
    const opening = /^\s*<parameter=([\w.-]+)>\n?/.exec(rest)
    if (opening === null) break
    const end = rest.indexOf('</parameter>', opening[0].length)
    if (end < 0) return undefined
    input.push([opening[1]!, rest.slice(opening[0].length, end).replace(/\n$/, '')])
    rest = rest.slice(end + '</parameter>'.length)
  }
  const closing = begin[1] ? /^\s*<\/function>\s*(?:<\/tool_call>|$)/ : /^\s*<\/function>/
  const end = closing.exec(rest)
  if (end === null) return undefined
  return { value: { name: begin[2], arguments: Object.fromEntries(input) }, rest: rest.slice(end[0].length) }
}

function readMarked(text: string): Item | undefined {
  const marker = MARKERS.find(({ begins }) => begins.test(text))
  if (marker === undefined) return readValue(text)
  const [begin, name] = marker.begins.exec(text)!
  const item = readValue(text.slice(begin.length).trimStart())
  if (item === undefined) return undefined
  const end = marker.ends.exec(item.rest)
  if (end === null) return undefined
  const value = name === undefined ? item.value : { name, arguments: item.value }
  return { value, rest: item.rest.slice(end[0].length) }
}

/** What stands around a call; the end of some is a word that the server keeps to itself. */
const MARKERS: readonly { begins: RegExp; ends: RegExp }[] = [
  { begins: /^```[\w-]*[ \t]*\r?\n/, ends: /^\s*```/ },
  { begins: /^<tool_call>/, ends: /^\s*(?:<\/tool_call>|$)/ },
  { begins: /^<function_call>/, ends: /^\s*(?:<\/function_call>|$)/ },
  { begins: /^<\|python_tag\|>/, ends: /^/ },
  { begins: /^\[tool_use:\s*([^\]\s]+)\s*\]/, ends: /^/ },
  { begins: /^\[TOOL_CALLS\]\s*([\w.-]+)\s*\[ARGS\]/, ends: /^/ },
  { begins: /^\[TOOL_CALLS\]/, ends: /^/ },
]

/** The object or list that the text begins with. */
function readValue(text: string): Item | undefined {
  const end = endOfValue(text)
  if (end === undefined) return undefined
  const value = readSloppyJson(text.slice(0, end))
  return value === undefined ? undefined : { value, rest: text.slice(end) }
}

function endOfValue(text: string): number | undefined {
  if (text[0] !== '{' && text[0] !== '[') return undefined
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isText) {
      if (character === '\\') at++
      else if (character === '"') isText = false
    } else if (character === '"') isText = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

const NAMES = ['name', 'tool', 'tool_name', 'function'] as const
const INPUTS = ['arguments', 'parameters', 'args', 'input', 'tool_input'] as const
const BESIDES = new Set(['id', 'type', 'index', 'tool_call_id'])

function callsIn(value: unknown, offered: ReadonlySet<string>): WrittenCall[] | undefined {
  const list = Array.isArray(value) ? value : listed(value)
  const calls = list.map((one) => callIn(one, offered))
  return calls.every((call) => call !== undefined) ? calls : undefined
}

/** The list of calls, as an answer of a service has it, or the one. */
function listed(value: unknown): unknown[] {
  const isList = isObject(value) && Array.isArray(value.tool_calls) && Object.keys(value).length === 1
  return isList ? (value.tool_calls as unknown[]) : [value]
}

/** A name and arguments and nothing else: an object that says more is something that the model has to say. */
function callIn(value: unknown, offered: ReadonlySet<string>): WrittenCall | undefined {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value).filter((key) => !BESIDES.has(key))
  if (keys.length === 1 && isObject(value.function)) return callIn(value.function, offered)
  const nameKey = NAMES.find((key) => typeof value[key] === 'string')
  const inputKey = INPUTS.find((key) => key in value)
  if (nameKey === undefined || inputKey === undefined || keys.length !== 2) return undefined
  const name = value[nameKey] as string
  const given = value[inputKey]
  const input = typeof given === 'string' ? readSloppyJson(given) : given
  return offered.has(name) && isObject(input) ? { id: '', name, input } : undefined
}

/** A text that may turn out to be calls is decided by so many of its first characters. */
const TELLING = 64
const MAY_BEGIN = /^(?:[[{<`]|$)/
const BEGINS =
  /^(?:```[\w-]*\s*|<(?:tool|function)_call>\s*|<\|python_tag\|>\s*|\[TOOL_CALLS\]\s*)?(?:\[\s*)?\{\s*"(?:name|tool|tool_name|tool_calls|function|type|id|index|arguments|parameters|args|input|tool_input)"\s*:/
const BEGINS_NAMED = /^(?:\[tool_use:|\[TOOL_CALLS\]|(?:<tool_call>\s*)?<function=)/

/** Keeps back what may be calls until the turn has ended, and lets everything else through as it comes. */
export class WrittenCalls {
  readonly #offered: ReadonlySet<string>
  #pieces: string[] = []
  #head = ''
  #place: 'beginning' | 'held' | 'through'

  constructor(offered: ReadonlySet<string>) {
    this.#offered = offered
    this.#place = offered.size > 0 ? 'beginning' : 'through'
  }

  /** Of a turn's events as they come, what may be shown now. */
  among(events: readonly ProviderEvent[]): ProviderEvent[] {
    return events.flatMap((event): ProviderEvent[] => {
      if (event.type === 'text') return said(this.push(event.text))
      if (event.type === 'text_was_thinking') return [...said(this.startAnew()), event]
      return [event]
    })
  }

  /** What of the text may be shown now. */
  push(piece: string): string {
    if (this.#place === 'through') return piece
    this.#pieces.push(piece)
    if (this.#place === 'held') return ''
    const head = (this.#head + piece).trimStart()
    this.#head = head
    if (MAY_BEGIN.test(head)) {
      if (head.length < TELLING) return ''
      if (BEGINS.test(head) || BEGINS_NAMED.test(head)) {
        this.#place = 'held'
        return ''
      }
    }
    this.#place = 'through'
    return this.#release()
  }

  /** What was kept back was no call; what comes may be one again. */
  startAnew(): string {
    this.#place = this.#offered.size > 0 ? 'beginning' : 'through'
    this.#head = ''
    return this.#release()
  }

  /** The turn has ended: what was kept back is calls where it `mayCall`, or else text. */
  end(mayCall: boolean): { text: string; calls: WrittenCall[] } {
    const text = this.#release()
    const calls = mayCall && text !== '' ? readWrittenCalls(text, this.#offered) : undefined
    return calls ? { text: '', calls } : { text, calls: [] }
  }

  #release(): string {
    const text = this.#pieces.join('')
    this.#pieces = []
    return text
  }
}

function said(text: string): ProviderEvent[] {
  return text === '' ? [] : [{ type: 'text', text }]
}
