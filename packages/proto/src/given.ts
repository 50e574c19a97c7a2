import type { TSchema } from 'typebox'
import { emptyOf } from './schema.ts'

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  enum?: unknown[]
}

export interface Given {
  value: unknown
  /** What was used in place of what is more than there is at once, by name. */
  clamped: Record<string, number>
}

/** How much is wanted at once, and how long somebody waits: where it is too much, as much as there is. */
const amounts: ReadonlySet<string> = new Set(['limit', 'top_k', 'max_messages', 'wait_ms', 'timeout_ms'])

/**
 * What a caller has said, in the words of the schema. Programs fill in what they have no use for: an optional member that
 * is null, or the zero of its type where that means nothing of its own, is one that was left out. Names may differ in case.
 */
export function given(schema: TSchema, value: unknown): Given {
  const clamped: Given['clamped'] = {}
  return { value: read(schema as JsonSchema, value, clamped), clamped }
}

function read(schema: JsonSchema, value: unknown, clamped: Given['clamped']): unknown {
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map((item) => read(items, item, clamped)) : value
  }
  if (value === null || typeof value !== 'object') return value
  const { properties, required = [] } = objectIn(schema) ?? {}
  if (!properties) return value
  const said = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const name = nameOf(key, properties, value)
    if (name === undefined) return [[key, member]]
    const declared = properties[name]!
    if (required.includes(name)) return [[name, read(declared, member, clamped)]]
    if (member === null && emptyOf(declared)?.isNull) return [[name, '']]
    if (saysNothing(declared, member)) return []
    return [[name, read(declared, withinReach(name, declared, member, clamped), clamped)]]
  })
  return Object.fromEntries(said)
}

function objectIn(schema: JsonSchema): JsonSchema | undefined {
  const objects = (schema.anyOf ?? [schema]).filter(({ type }) => type === 'object')
  return objects.length === 1 ? objects[0] : undefined
}

const folded = new WeakMap<object, Map<string, string>>()

/** Of the member that is meant; undefined where none is. */
function nameOf(key: string, properties: Record<string, JsonSchema>, value: object): string | undefined {
  if (Object.hasOwn(properties, key)) return key
  let names = folded.get(properties)
  if (!names) {
    names = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]))
    folded.set(properties, names)
  }
  const name = names.get(key.toLowerCase())
  return name === undefined || Object.hasOwn(value, name) ? undefined : name
}

function saysNothing(schema: JsonSchema, value: unknown): boolean {
  const kinds = (schema.anyOf ?? [schema]).map(({ type }) => type)
  if (kinds.includes(undefined)) return false
  if (value === null) return !kinds.includes('null')
  if (value === '') return kinds.includes('string') && !emptyOf(schema)
  return value === 0 && ((schema.minimum ?? 0) > 0 || (schema.exclusiveMinimum ?? -1) >= 0)
}

function withinReach(name: string, { maximum }: JsonSchema, value: unknown, clamped: Given['clamped']): unknown {
  const isAmount = amounts.has(name) && maximum !== undefined
  if (!isAmount || (typeof value !== 'number' && typeof value !== 'bigint') || value <= maximum) return value
  clamped[name] = maximum
  return maximum
}
