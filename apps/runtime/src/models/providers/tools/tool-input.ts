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

/** For the model, about arguments that stayed text. */
export function whyUnreadable(text: string): string {
  if (isJsonTooDeep(text)) return jsonTooDeep
  try {
    const value = readJson(text)
    const kind = Array.isArray(value) ? 'a list' : `a ${typeof value}`
    return `the arguments must be a JSON object, not ${kind}; nothing was run`
  } catch (error) {
    return `the arguments are not JSON: ${(error as Error).message}; nothing was run`
  }
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
