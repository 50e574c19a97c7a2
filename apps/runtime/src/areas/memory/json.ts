import { ToolError } from '../../ground/tool-error.ts'

type Json = Record<string, unknown>

export function isMap(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Members of both are merged where both are maps; elsewhere the second one stands. */
export function mergeDeep(base: Json, over: Json): Json {
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key)
    merged.set(key, isMap(before) && isMap(value) ? mergeDeep(before, value) : value)
  }
  return Object.fromEntries(merged)
}

export function wrongKind(value: unknown, key: string, wanted: string): ToolError {
  const kind =
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an object'
          : `a ${typeof value === 'bigint' ? 'number' : typeof value}`
  return new ToolError(`the value under "${key}" is ${kind}, not ${wanted}; use set to replace it`)
}
