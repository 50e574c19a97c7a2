/**
 * Where a message stands in its channel: when it is visible, in nanoseconds as 16 hex digits, and its id. Positions
 * sort as text in the order of delivery, and a cursor is a position that somebody has read up to.
 */
export type Position = string

/** Before everything. */
export const start: Position = ''

export function nanoseconds(ms: number): bigint {
  return BigInt(Math.floor(ms)) * 1_000_000n
}

export function toHex(ns: bigint): string {
  return ns.toString(16).padStart(16, '0')
}

export function toPosition(visibleNs: bigint, messageId: string): Position {
  return `${toHex(visibleNs)}_${messageId}`
}

export function messageIdOf(position: Position): string {
  return position.slice(17)
}

/** Unix milliseconds. */
export function visibleAt(position: Position): number {
  return Number(visibleNsOf(position) / 1_000_000n)
}

export function visibleNsOf(position: Position): bigint {
  return position === start ? 0n : BigInt(`0x${position.slice(0, 16)}`)
}

/** The last position that anything visible at this moment can have. */
export function horizonAt(ns: bigint): Position {
  return `${toHex(ns)}~`
}

export function toCursor(position: Position): string {
  return `cur_${position || '0'}`
}

const cursorPattern = /^cur_([0-9a-f]{16}_msg_[0-9a-f]{24})$/
const messageIdPattern = /^msg_([0-9a-f]{16})[0-9a-f]{8}$/

/** Also reads the id of a message, which stands for the place it has unless it was deferred. */
export function parseCursor(text: string): Position | undefined {
  if (text === 'cur_0') return start
  const id = messageIdPattern.exec(text)
  return id ? `${id[1]}_${text}` : cursorPattern.exec(text)?.[1]
}

export function later(a: Position, b: Position): Position {
  return a > b ? a : b
}
