import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

/** JSON values as SQLite takes them: whole numbers as integers, truth as 1 and 0, lists and maps as their JSON. */
export function toSql(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value
  return JSON.stringify(value)
}

/** The other way; an integer that JSON cannot hold exactly becomes its digits, bytes become base64. */
export function fromSql(value: SQLOutputValue): string | number | null {
  if (typeof value === 'bigint') return toNumber(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value
}

export function toNumber(value: number | bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** About what the value takes as JSON. */
export function sizeOf(value: string | number | null): number {
  return typeof value === 'string' ? Buffer.byteLength(value) + 2 : 8
}

/** A text inside a trusted statement where no parameter can stand, as in a view. */
export function textLiteral(text: string): string {
  return `cast(x'${Buffer.from(text).toString('hex')}' as text)`
}
