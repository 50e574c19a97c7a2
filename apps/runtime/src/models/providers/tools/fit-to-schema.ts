import { readSloppyJson } from './sloppy-json.ts'
import { isObject } from './tool-input.ts'
import { flattenSchema } from './tool-schema.ts'

type Schema = Record<string, unknown>

const MAX_DEPTH = 8

/** With values in the types that the schema has for them, where they were written as text and can be nothing else. */
export function fitToSchema(input: Schema, schema: Schema): Schema {
  return fitMembers(input, flattenSchema(schema), schema, 0)
}

function fitMembers(value: Schema, { properties }: Schema, root: Schema, depth: number): Schema {
  if (!isObject(properties)) return value
  let fitted = value
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(properties, name)) continue
    const better = fit(member, properties[name], root, depth)
    if (better === member) continue
    if (fitted === value) fitted = { ...value }
    fitted[name] = better
  }
  return fitted
}

function fit(value: unknown, given: unknown, root: Schema, depth: number): unknown {
  if (depth > MAX_DEPTH) return value
  const schema = resolved(given, root)
  if (isObject(value)) return fitMembers(value, schema, root, depth + 1)
  if (Array.isArray(value)) return fitItems(value, schema, root, depth)
  const types = typesOf(schema, root, 0)
  if (types === undefined) return value
  if (typeof value === 'string' && !types.has('string')) return fromText(value, types, schema, root, depth)
  const isPlain = typeof value === 'boolean' || typeof value === 'bigint' || Number.isSafeInteger(value)
  if (isPlain && types.size === 1 && types.has('string')) return String(value)
  return value
}

function fitItems(list: unknown[], { items }: Schema, root: Schema, depth: number): unknown[] {
  if (!isObject(items)) return list
  const fitted = list.map((item) => fit(item, items, root, depth + 1))
  return fitted.some((item, at) => item !== list[at]) ? fitted : list
}

function fromText(text: string, types: ReadonlySet<string>, schema: Schema, root: Schema, depth: number): unknown {
  const said = text.trim()
  const isWhole = /^-?\d{1,15}$/.test(said)
  if (types.has('number') && (isWhole || /^-?\d{1,15}\.\d{1,15}$/.test(said))) return Number(said)
  if (types.has('integer') && isWhole) return Number(said)
  if (types.has('boolean') && /^(true|false)$/i.test(said)) return said.toLowerCase() === 'true'
  if (types.has('null') && /^(null|none)$/i.test(said)) return null
  if (types.has('object') || types.has('array')) {
    const value = readSloppyJson(said)
    if (Array.isArray(value) ? types.has('array') : isObject(value) && types.has('object')) {
      return fit(value, schema, root, depth)
    }
  }
  return text
}

/** The types that a value may have; undefined where that is open. */
function typesOf(given: unknown, root: Schema, depth: number): ReadonlySet<string> | undefined {
  const schema = resolved(given, root)
  if (depth > MAX_DEPTH) return undefined
  if (typeof schema.type === 'string') return new Set([schema.type])
  if (Array.isArray(schema.type)) return new Set(schema.type.map(String))
  if ('const' in schema) return new Set([typeOf(schema.const)])
  if (Array.isArray(schema.enum)) return new Set(schema.enum.map(typeOf))
  const choice = schema.anyOf ?? schema.oneOf
  if (!Array.isArray(choice)) return undefined
  const all = choice.map((one) => typesOf(one, root, depth + 1))
  if (all.some((types) => types === undefined)) return undefined
  return new Set(all.flatMap((types) => [...types!]))
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

function resolved(given: unknown, root: Schema): Schema {
  if (!isObject(given)) return {}
  if (typeof given.$ref !== 'string') return given
  let at: unknown = root
  for (const step of given.$ref.replace(/^#\/?/, '').split('/')) at = isObject(at) ? at[step] : undefined
  return isObject(at) ? at : {}
}
