import { isObject } from './tool-input.ts'

type Schema = Record<string, unknown>

const MAX_DEPTH = 4

/**
 * An input schema as the services take it: an object, without a union at the top. Members of all branches stand side by
 * side; required is what every branch of a choice requires, so that the model is never pushed to fill in the others.
 */
export function flattenSchema(schema: Schema): Readonly<Schema> {
  const known = flattened.get(schema)
  if (known) return known
  const flat = flatten(schema, schema, 0)
  const made = { ...flat, type: 'object', properties: flat.properties ?? {} }
  flattened.set(schema, made)
  return made
}

/** Tools stay as they are, and are asked for with each request and each call. */
const flattened = new WeakMap<Schema, Readonly<Schema>>()

function flatten(schema: Schema, root: Schema, depth: number): Schema {
  const resolved = resolve(schema, root)
  const { oneOf, anyOf, allOf, enum: _, const: __, not: ___, ...rest } = resolved
  const properties = new Map(Object.entries(isObject(rest.properties) ? rest.properties : {}))
  const required = new Set(strings(rest.required))
  if (depth < MAX_DEPTH) {
    for (const branch of branches(allOf)) {
      const part = flatten(branch, root, depth + 1)
      addProperties(properties, part)
      for (const name of strings(part.required)) required.add(name)
    }
    for (const choice of [branches(oneOf), branches(anyOf)]) {
      const parts = choice.map((branch) => flatten(branch, root, depth + 1))
      for (const part of parts) addProperties(properties, part)
      const [first, ...others] = parts.map((part) => strings(part.required))
      for (const name of first ?? []) if (others.every((list) => list.includes(name))) required.add(name)
    }
  }
  const closed = oneOf === undefined && anyOf === undefined && allOf === undefined
  if (!closed) delete rest.additionalProperties
  delete rest.required
  return {
    ...rest,
    ...(properties.size > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(required.size > 0 ? { required: [...required] } : {}),
  }
}

function addProperties(into: Map<string, unknown>, part: Schema): void {
  for (const [name, schema] of Object.entries(isObject(part.properties) ? part.properties : {})) {
    const known = into.get(name)
    into.set(name, known === undefined ? schema : either(known, schema))
  }
}

/** A member two branches describe differently, most often the word that tells them apart. */
function either(one: unknown, other: unknown): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one
  const values = [...literals(one), ...literals(other)]
  if (values.length > 1 && literals(one).length > 0 && literals(other).length > 0) {
    const description = isObject(one) ? one.description : undefined
    const types = new Set(values.map((value) => typeof value))
    return {
      ...(types.size === 1 && types.has('string') ? { type: 'string' } : {}),
      enum: [...new Set(values)],
      ...(description === undefined ? {} : { description }),
    }
  }
  const known = isObject(one) && Object.keys(one).length === 1 && Array.isArray(one.anyOf) ? one.anyOf : [one]
  return { anyOf: [...known, other] }
}

function literals(schema: unknown): unknown[] {
  if (!isObject(schema)) return []
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) ? schema.enum : []
}

/** What a reference to a definition of its own stands for. */
export function resolve(schema: Schema, root: Schema): Schema {
  let at = schema
  for (let hops = 0; hops < MAX_DEPTH && typeof at.$ref === 'string' && at.$ref.startsWith('#/'); hops++) {
    const { $ref, ...siblings } = at
    const target = lookUp(root, $ref as string)
    if (target === undefined) break
    at = { ...target, ...siblings }
  }
  return at
}

function lookUp(root: Schema, pointer: string): Schema | undefined {
  let at: unknown = root
  for (const step of pointer.slice(2).split('/')) {
    at = isObject(at) ? at[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
  }
  return isObject(at) ? at : undefined
}

function branches(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
