import pg from 'pg'
import { ToolError } from '../../tool-error.ts'
import { toNumber } from '../values.ts'

/** JSON values as Postgres reads them, which says itself what kind is wanted: lists and maps as their JSON. */
export function toPostgres(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return withoutNul(value.toWellFormed())
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'object') return withoutNul(JSON.stringify(value))
  return String(value)
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw new ToolError('a value has a NUL character in it, which no text of Postgres may have')
  return text
}

const { BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, NUMERIC, BYTEA } = pg.types.builtins
const whole: ReadonlySet<number> = new Set([INT2, INT4, INT8, OID])
const broken: ReadonlySet<number> = new Set([FLOAT4, FLOAT8])

/** The other way; a number that many who read JSON would round, or that JSON has no word for, becomes text, bytes become base64. */
export function fromPostgres(text: string | null, type: number): string | number | boolean | null {
  if (text === null) return null
  if (whole.has(type)) return toNumber(BigInt(text))
  if (broken.has(type)) return Number.isFinite(Number(text)) ? Number(text) : text
  if (type === NUMERIC) return exactly(text)
  if (type === BOOL) return text === 't'
  if (type === BYTEA) return Buffer.from(text.replace(/^\\x/, ''), 'hex').toString('base64')
  return text
}

function exactly(text: string): number | string {
  const number = Number(text)
  return String(number) === withoutZeros(text) && (!Number.isInteger(number) || Number.isSafeInteger(number))
    ? number
    : text
}

/** 2.50 is 2.5, and 2.00 is 2. */
function withoutZeros(text: string): string {
  if (!text.includes('.')) return text
  let end = text.length
  while (text[end - 1] === '0') end--
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end)
}
