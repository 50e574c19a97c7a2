import { isObject } from '../tools/tool-input.ts'

type Schema = Record<string, unknown>

/** The service takes no object that is open to members of which nothing is said. */
export function closed(schema: Schema): Schema {
  const inner = Object.fromEntries(Object.entries(schema).map(([word, value]) => [word, closedIn(word, value)]))
  return schema.type === 'object' || isObject(schema.properties) ? { ...inner, additionalProperties: false } : inner
}

/** Below these words stand schemas: in a list, by name, or one. */
const lists = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const named = new Set(['properties', '$defs', 'definitions'])

function closedIn(word: string, value: unknown): unknown {
  if (lists.has(word) && Array.isArray(value)) return value.map((one) => (isObject(one) ? closed(one) : one))
  if (word === 'items' && isObject(value)) return closed(value)
  if (!named.has(word) || !isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isObject(one) ? closed(one) : one]))
}
