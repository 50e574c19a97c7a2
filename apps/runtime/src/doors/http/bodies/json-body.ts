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
  return (mayNeedCare.test(text) ? careful(value) : value) as Record<string, unknown>
}

/** Half a surrogate, or a number of so many digits or so large an exponent that it may be none. */
const mayNeedCare = /\\u[dD][89a-fA-F]|[eE]\+?\d{3}|\d{309}/

/** Half surrogates become U+FFFD, since nothing downstream can hold them; a number that is none is refused, since it would be stored as null. */
function careful(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RuntimeError('invalid_json', 'bad json: a number is larger than 1.8e308, which is the largest there is')
  }
  if (Array.isArray(value)) return value.map(careful)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), careful(member)]))
}
