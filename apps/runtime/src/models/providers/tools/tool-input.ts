import { jsonTooDeep } from '@loomcycle/proto'
import { readJson } from '../../../ground/json.ts'
import { isJsonTooDeep } from '../../../ground/json-depth.ts'

/**
 * A model's arguments as the rest of the runtime sees them: an object, or the raw text where the model wrote something
 * else. Text can match no tool's schema, so nothing runs and the model is told; an empty object might have run.
 */
export function parseToolInput(text: string): Record<string, unknown> | string {
  if (text.trim() === '') return {}
  const value = parsed(text)
  if (value === null) return {}
  if (isObject(value)) return value
  // Some models quote the whole object once more.
  const inner = typeof value === 'string' ? parsed(value) : undefined
  return isObject(inner) ? inner : text
}

/** For the model, about arguments that stayed text, of a tool that takes this. */
export function whyUnreadable(text: string, schema: Record<string, unknown>): string {
  if (isJsonTooDeep(text)) return jsonTooDeep
  const wanted = `${membersOf(schema)}nothing was run`
  try {
    const value = readJson(text)
    const kind = Array.isArray(value) ? 'a list' : `a ${typeof value}`
    return `the arguments must be a JSON object, not ${kind}; ${wanted}`
  } catch (error) {
    return `the arguments are not JSON: ${(error as Error).message}; ${wanted}`
  }
}

const MOST_MEMBERS = 12

function membersOf({ properties, required }: Record<string, unknown>): string {
  if (!isObject(properties)) return ''
  const needed = Array.isArray(required) ? required : []
  const names = Object.keys(properties).toSorted((a, b) => Number(needed.includes(b)) - Number(needed.includes(a)))
  if (names.length === 0) return 'expected is {}; '
  const shown = names.slice(0, MOST_MEMBERS).map((name) => (needed.includes(name) ? `${name} (required)` : name))
  const more = names.length > MOST_MEMBERS ? ' and others' : ''
  return `expected is one object with ${shown.join(', ')}${more}; `
}

/** The way back: services want an object, whatever the model wrote. */
export function toolInputObject(input: unknown): Record<string, unknown> {
  if (isObject(input)) return input
  return input === undefined || input === null ? {} : { unreadable_arguments: input }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}
