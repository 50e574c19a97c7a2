import { KnownSecrets } from './known-secrets.ts'
import { findShapes, mayHoldShapes, type Secret } from './secret-shapes.ts'
import { StreamRedactor } from './stream-redactor.ts'

export type Redact = (text: string) => string

/** Takes secrets out of text, of JSON values, and of text that comes in pieces. */
export interface Redactor {
  text: Redact
  json(value: unknown): unknown
  stream(): StreamRedactor
}

/** Takes out known secrets by value, and what has the shape of one; `shapes: false`: only the known ones. */
export function createRedactor(secrets: ReadonlyMap<string, string>, { shapes = true } = {}): Redactor {
  const known = new KnownSecrets(secrets)
  const isShaped = (text: string) => shapes && mayHoldShapes(text)
  const find = (text: string, shaped: boolean) => inOrder([...known.find(text), ...(shaped ? findShapes(text) : [])])
  const text: Redact = (given) => without(given, find(given, isShaped(given)))
  return {
    text,
    json: (value) => redactJson(value, text),
    stream: () => new StreamRedactor(find, known, isShaped),
  }
}

/** By place; where two overlap, one stands for both. */
function inOrder(found: Secret[]): Secret[] {
  if (found.length < 2) return found
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  const apart: Secret[] = []
  for (const secret of found) {
    const last = apart.at(-1)
    if (last && secret.start < last.end) last.end = Math.max(last.end, secret.end)
    else apart.push(secret)
  }
  return apart
}

function without(text: string, secrets: readonly Secret[]): string {
  if (secrets.length === 0) return text
  let clean = ''
  let from = 0
  for (const { start, end, mark } of secrets) {
    clean += text.slice(from, start) + mark
    from = end
  }
  return clean + text.slice(from)
}

/** The value with every text in it redacted, keys included; the value itself where there is nothing to take out. */
function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => redactJson(item, redact))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (value === null || typeof value !== 'object') return value
  const before = Object.entries(value)
  const after = before.map(([key, member]) => [redact(key), redactJson(member, redact)] as const)
  const same = after.every(([key, member], index) => key === before[index]![0] && member === before[index]![1])
  return same ? value : Object.fromEntries(after)
}
