import type { SqlMode } from './messages.ts'

interface StatementText {
  /** In capitals. */
  firstWord: string
  /** Why it is not one whole statement; the end of a sentence about it. */
  problem?: string
}

/** Reads a text as SQLite would, far enough to see where its first statement ends and what it begins with. */
function readStatement(text: string): StatementText {
  const words: string[] = []
  const unfinished = (what: string) => ({ firstWord: words[0] ?? '', problem: `has a ${what} that does not end` })
  let ended = false
  let afterEnd = false
  for (const { kind, text: token } of tokens(text)) {
    if (kind === 'open') return unfinished(token)
    if (kind === 'space') continue
    if (ended && token === ';') continue
    if (ended) return { firstWord: words[0] ?? '', problem: 'is more than one statement; send them one by one' }
    if (token === ';') ended = words.length > 0 && (!isTrigger(words) || afterEnd)
    else if (kind === 'word') words.push(token.toUpperCase())
    else if (words.length === 0) words.push(token)
    afterEnd = kind === 'word' && token.toUpperCase() === 'END'
  }
  return words.length === 0 ? { firstWord: '', problem: 'is empty' } : { firstWord: words[0]! }
}

const QUERIES = ['SELECT', 'WITH', 'VALUES']
const CHANGES = ['INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'WITH', 'CREATE', 'DROP', 'ALTER']
const SCHEMA_CHANGES = ['CREATE', 'DROP', 'ALTER']
const TRANSACTIONS = ['BEGIN', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE']

/**
 * The clear words for what the authorizer would refuse as well: it, and not this, is what keeps a statement in its place.
 * Undefined where nothing is wrong with the text.
 */
export function refusalOfText(text: string, mode: SqlMode): string | undefined {
  if (text.includes('\0')) return 'the statement has a NUL character in it'
  const { firstWord, problem } = readStatement(text)
  if (problem) return `the statement ${problem}`
  const allowed = mode === 'query' ? QUERIES : CHANGES
  if (allowed.includes(firstWord)) return undefined
  if (TRANSACTIONS.includes(firstWord))
    return `${firstWord} is not a statement here; transactions have ops of their own`
  if (mode === 'query' && CHANGES.includes(firstWord)) return `${firstWord} changes data, and this only reads`
  if (mode === 'exec' && QUERIES.includes(firstWord)) return `${firstWord} only reads; ask for it as a query`
  const shown = firstWord.length > 20 ? `${firstWord.slice(0, 20)}…` : firstWord
  return `${shown} is not open here; a statement begins with ${allowed.join(', ')}`
}

export function changesSchema(text: string): boolean {
  return SCHEMA_CHANGES.includes(readStatement(text).firstWord)
}

/** The statements inside a trigger end with semicolons of their own; it ends with `END;`. */
function isTrigger([first, second = '', third = '']: string[]): boolean {
  return first === 'CREATE' && (second === 'TRIGGER' || (/^TEMP(ORARY)?$/.test(second) && third === 'TRIGGER'))
}

interface Token {
  kind: 'space' | 'word' | 'quoted' | 'other' | 'open'
  text: string
}

const SPACE = /[ \t\n\f\r\ufeff]+/y
const WORD = /[\p{L}\p{N}_$\u0080-\u{10ffff}]+/uy
const LINE_COMMENT = /--[^\n]*/y
const QUOTES: Record<string, { end: string; name: string }> = {
  "'": { end: "'", name: 'text' },
  '"': { end: '"', name: 'quoted name' },
  '`': { end: '`', name: 'quoted name' },
  '[': { end: ']', name: 'quoted name' },
}

function* tokens(text: string): Generator<Token> {
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while (at < text.length) {
    const token = next()
    yield token
    if (token.kind === 'open') return
    at += token.text.length
  }

  function next(): Token {
    const space = match(SPACE) ?? match(LINE_COMMENT)
    if (space !== undefined) return { kind: 'space', text: space }
    if (text.startsWith('/*', at)) return upTo('*/', at + 2, 'comment', 'space')
    const quote = QUOTES[text[at]!]
    if (quote) return quoted(quote)
    const word = match(WORD)
    return word === undefined ? { kind: 'other', text: text[at]! } : { kind: 'word', text: word }
  }

  function upTo(end: string, from: number, name: string, kind: Token['kind']): Token {
    const found = text.indexOf(end, from)
    return found < 0 ? { kind: 'open', text: name } : { kind, text: text.slice(at, found + end.length) }
  }

  /** A quote inside is written twice, except where brackets are used. */
  function quoted({ end, name }: { end: string; name: string }): Token {
    let from = at + 1
    for (;;) {
      const token = upTo(end, from, name, 'quoted')
      const after = at + token.text.length
      if (token.kind === 'open' || end === ']' || text[after] !== end) return token
      from = after + 1
    }
  }
}
