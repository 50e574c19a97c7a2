import { isObject } from '../tools/tool-input.ts'
import { flattenSchema } from '../tools/tool-schema.ts'

type Schema = Record<string, unknown>

const MAX_DEPTH = 8

/**
 * A schema as the server shows it to the model: of what it does not know it drops the word, so that a constant or a
 * reference would leave a member of which nothing is said.
 */
export function plainSchema(schema: Schema): Schema {
  const flat = flattenSchema(schema)
  const { $defs: _, definitions: __, ...rest } = flat
  return plain(rest, flat, 0)
}

function plain(schema: unknown, root: Schema, depth: number): Schema {
  if (!isObject(schema) || depth > MAX_DEPTH) return {}
  const { $ref, const: constant, oneOf, properties, items, ...rest } = schema
  if (typeof $ref === 'string') return plain({ ...referred($ref, root), ...rest }, root, depth + 1)
  const choice = Array.isArray(oneOf) ? oneOf : rest.anyOf
  const values = 'const' in schema ? [constant] : rest.enum
  const type = rest.type ?? typeOf(values)
  return {
    ...rest,
    ...(type === undefined ? {} : { type }),
    ...(values === undefined ? {} : { enum: values }),
    ...(Array.isArray(choice) ? { anyOf: choice.map((one) => plain(one, root, depth + 1)) } : {}),
    ...(isObject(properties) ? { properties: plainAll(properties, root, depth) } : {}),
    ...(isObject(items) ? { items: plain(items, root, depth + 1) } : {}),
  }
}

function plainAll(properties: Schema, root: Schema, depth: number): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, plain(property, root, depth + 1)]),
  )
}

function typeOf(values: unknown): string | undefined {
  return Array.isArray(values) && values.every((value) => typeof value === 'string') ? 'string' : undefined
}

function referred(pointer: string, root: Schema): Schema {
  let at: unknown = root
  for (const step of pointer.replace(/^#\/?/, '').split('/')) at = isObject(at) ? at[step] : undefined
  return isObject(at) ? at : {}
}
