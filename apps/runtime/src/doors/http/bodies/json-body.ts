import { jsonTooDeep, RuntimeError } from '@loomcycle/proto'
import { isJsonTooDeep } from '../../../ground/json-depth.ts'
import { refuseTooManyValues } from './json-size.ts'

/** The JSON object of a body; an absent or empty body counts as `{}`. */
export function parseJsonObject(body: unknown): Record<string, unknown> {
  const text = typeof body === 'string' ? body : ''
  if (text.trim() === '') return {}
  if (isJsonTooDeep(text)) throw new RuntimeError('invalid_json', `bad json: ${jsonTooDeep}`)
  refuseTooManyValues(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RuntimeError('invalid_json', `bad json: ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new RuntimeError('invalid_json', 'bad json: the body must be an object')
  }
  return (mayHoldOddText.test(text) ? wellFormed(value) : value) as Record<string, unknown>
}

const mayHoldOddText = /\\u[dD][89a-fA-F]|__proto__/

/** Half surrogates become U+FFFD, since nothing downstream can hold them; a key `__proto__` is dropped. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, member]) => [key.toWellFormed(), wellFormed(member)]),
  )
}
