import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { fitsInteger } from '../json.ts'

/** JSON values as SQLite takes them: whole numbers as integers, truth as 1 and 0, lists and maps as their JSON. */
export function toSql(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'bigint') return integer(value)
  if (value instanceof Uint8Array) return value
  return JSON.stringify(value)
}

function integer(value: bigint): bigint {
  if (fitsInteger(value)) return value
  throw new Error(`${value} is larger than the integers of SQLite, which have 64 bits; pass it as text`)
}

/** The other way; a number that many who read JSON would round, or that JSON has no word for, becomes text, bytes become base64. */
export function fromSql(value: SQLOutputValue): string | number | null {
  if (typeof value === 'bigint') return toNumber(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
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
