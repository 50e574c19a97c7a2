import type { AssistantTurn } from './turns.ts'

/** Where text and calls stood in a turn. Text is remembered by its length only; the history holds the words. */
export type Place = { type: 'text'; length: number } | { type: 'call' }

type Call = AssistantTurn['calls'][number]

/** What a service is shown in each place. */
export interface InPlace<P, B> {
  text(words: string, place: Extract<P, { type: 'text' }>): B[]
  call(call: Call, place: Extract<P, { type: 'call' }>): B[]
  /** What is in no place, but between them. */
  other(part: Exclude<P, Place>): B[]
}

/** The turn as it came; undefined where the history does not match it any more. */
export function partsInPlace<P extends Place | { type: string }, B>(
  parts: readonly P[],
  { texts, calls }: Pick<AssistantTurn, 'texts' | 'calls'>,
  shown: InPlace<P, B>,
): B[] | undefined {
  const text = texts.join('')
  let textAt = 0
  let callAt = 0
  const blocks = parts.flatMap((part): B[] => {
    if (part.type === 'text') {
      const { length } = part as { length: number }
      return shown.text(text.slice(textAt, (textAt += length)), part as Extract<P, { type: 'text' }>)
    }
    if (part.type !== 'call') return shown.other(part as Exclude<P, Place>)
    const call = calls[callAt++]
    return call === undefined ? [] : shown.call(call, part as Extract<P, { type: 'call' }>)
  })
  return textAt === text.length && callAt === calls.length ? blocks : undefined
}

/** What a service wants to be shown again of a turn, out of what was kept of it; nothing where that is of another service. */
export function readParts<P>(kept: string | undefined, isPart: (value: unknown) => value is P): P[] {
  if (!kept?.startsWith('[')) return []
  try {
    const value: unknown = JSON.parse(kept)
    return Array.isArray(value) ? value.filter(isPart) : []
  } catch {
    return []
  }
}
