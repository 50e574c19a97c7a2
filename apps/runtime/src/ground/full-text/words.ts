import { kindOf } from './letters.ts'

/** A word of the index. */
export interface Word {
  start: number
  end: number
  /** It is a letter of a script that puts no spaces between words. */
  isLetter: boolean
  /** What belongs to the name before it: C++, C#. */
  signs: string
}

const signs = /[+#]{1,3}/y

/** The words of a folded text. */
export function* wordsIn(text: string): Generator<Word> {
  for (let at = 0; at < text.length; ) {
    const start = at
    const kind = kindAt(text, at)
    at += sizeAt(text, at)
    if (kind === 'gap') continue
    const isWord = kind === 'letter' || kind === 'mark'
    while (at < text.length && goesOn(isWord, kindAt(text, at))) at += sizeAt(text, at)
    yield { start, end: at, isLetter: kind === 'spaceless', signs: isWord ? signsAt(text, at) : '' }
  }
}

function goesOn(isWord: boolean, kind: string): boolean {
  return kind === 'mark' || (isWord && kind === 'letter')
}

function signsAt(text: string, at: number): string {
  const code = text.charCodeAt(at)
  if (code !== 0x2b && code !== 0x23) return ''
  signs.lastIndex = at
  const found = signs.exec(text)![0]
  const next = at + found.length
  return next < text.length && (kindAt(text, next) !== 'gap' || '+#'.includes(text[next]!)) ? '' : found
}

function kindAt(text: string, at: number) {
  return kindOf(text.codePointAt(at)!)
}

function sizeAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1
}
