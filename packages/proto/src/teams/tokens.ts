import { ExpressionError } from './expression-error.ts'

export type Token = { at: number; text: string } & (
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'name' | 'sign' }
)

const signs = ['==', '!=', '<=', '>=', '&&', '||', '<', '>', '!', '(', ')', '[', ']', '.']
const words: ReadonlySet<string> = new Set(['and', 'or', 'not', 'contains'])
const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

const number = /-?[0-9]+(?:\.[0-9]+)?/y
const name = /[\p{L}_][\p{L}\p{N}_-]*/uy
const space = /\s+/y

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  for (let at = 0; at < text.length; ) {
    const blank = match(space, at)
    if (blank) {
      at += blank.length
      continue
    }
    const token = quotedAt(text, at) ?? numberAt(at) ?? wordAt(at) ?? signAt(text, at)
    if (!token) {
      const what = String.fromCodePoint(text.codePointAt(at)!)
      const hint = what === '=' ? '; to compare, write ==' : ''
      throw new ExpressionError(`has ${JSON.stringify(what)} at character ${at + 1}, which means nothing here${hint}`)
    }
    tokens.push(token)
    at += token.text.length
  }
  return tokens

  function numberAt(at: number): Token | undefined {
    const digits = match(number, at)
    return digits === undefined ? undefined : { at, text: digits, kind: 'value', value: Number(digits) }
  }

  function wordAt(at: number): Token | undefined {
    const word = match(name, at)
    if (word === undefined) return undefined
    if (Object.hasOwn(constants, word)) return { at, text: word, kind: 'value', value: constants[word]! }
    return { at, text: word, kind: words.has(word) ? 'sign' : 'name' }
  }
}

function signAt(text: string, at: number): Token | undefined {
  const sign = signs.find((one) => text.startsWith(one, at))
  return sign === undefined ? undefined : { at, text: sign, kind: 'sign' }
}

/** A text in quotes of either kind; \ before a quote or another \ stands for it. */
function quotedAt(text: string, at: number): Token | undefined {
  const quote = text[at]
  if (quote !== '"' && quote !== "'") return undefined
  let value = ''
  for (let end = at + 1; end < text.length; end++) {
    const letter = text[end]!
    if (letter === quote) return { at, text: text.slice(at, end + 1), kind: 'value', value }
    if (letter === '\\') end++
    value += text[end] ?? ''
  }
  throw new ExpressionError(`has a text that begins at character ${at + 1} and does not end`)
}
