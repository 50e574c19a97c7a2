import { isObject } from '../tools/tool-input.ts'
import { flattenSchema, resolve } from '../tools/tool-schema.ts'
import { choiceOf, describedChoice, valuesOf } from './schema-values.ts'

type Schema = Record<string, unknown>

/** Where a value stands: in which schema, below which references, and how much may still be said. */
interface Within {
  root: Schema
  refs: readonly unknown[]
  depth: number
  room: { left: number }
}

const MAX_DEPTH = 16
/** A schema that refers to itself in many places is larger than it looks. */
const MAX_PARTS = 2000
/** Laying out a union looks at all that is in it. */
const PARTS_OF_UNION = 20
/** What is taken over as it is. */
const KEPT = ['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum'] as const
const FORMATS = ['date-time', 'int32', 'int64', 'float', 'double']

/** Every value has to have a type. */
const ANYTHING = {
  anyOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'object' },
    { type: 'array', items: { type: 'string' } },
  ],
}

/**
 * An input schema in the part of OpenAPI 3.0 that Gemini takes: no references, no unions but `anyOf`, one type for each
 * value, choices only of texts. Whatever else is said of a value is dropped, since a single word that is not known has
 * the request refused; tools check their input themselves. Undefined for a tool that takes nothing.
 */
export function geminiSchema(schema: Schema): Schema | undefined {
  const plain = toPlain(flattenSchema(schema), { root: schema, refs: [], depth: 0, room: { left: MAX_PARTS } })
  return plain.properties === undefined ? undefined : plain
}

function toPlain(given: unknown, within: Within): Schema {
  if (!isObject(given)) return ANYTHING
  const schema = resolve(given, within.root)
  const { description } = schema
  const plain = shapeOf(given.$ref, schema, within)
  const words = [...new Set([description, plain.description])].filter((one) => typeof one === 'string' && one !== '')
  return words.length > 0 ? { ...plain, description: words.join(' ') } : plain
}

function shapeOf($ref: unknown, schema: Schema, within: Within): Schema {
  if ($ref !== undefined && within.refs.includes($ref)) return hasMembers(schema) ? { type: 'object' } : ANYTHING
  if (within.depth > MAX_DEPTH || within.room.left-- <= 0) return ANYTHING
  const refs = $ref === undefined ? within.refs : [...within.refs, $ref]
  return ofShape(schema, { ...within, depth: within.depth + 1, refs })
}

function ofShape(schema: Schema, within: Within): Schema {
  const { oneOf, anyOf, allOf } = schema
  const unions = [oneOf, anyOf, allOf].map((list) => (Array.isArray(list) ? list.filter(isObject) : []))
  const [one = [], any = [], all = []] = unions.map((list) => list.map((part) => resolve(part, within.root)))
  if ([schema, ...all].some(hasMembers) && unions.some((list) => list.length > 0)) return ofMembers(schema, within)
  if (all.length > 0) {
    const { allOf: _, ...rest } = schema
    return toPlain(Object.assign({}, ...all.toReversed(), rest), within)
  }
  const choices = one.length > 0 ? one : any
  if (choices.length > 0) return ofChoices(choices, schema, within)
  const values = valuesOf(schema)
  if (values) return { ...(choiceOf(values) ?? ANYTHING), ...describedChoice(values) }
  return ofType(schema, within)
}

/** Objects are laid out side by side, as at the top. */
function ofMembers(schema: Schema, within: Within): Schema {
  within.room.left -= PARTS_OF_UNION
  const { $defs, definitions } = within.root
  const { $defs: _, definitions: __, description: ___, ...merged } = flattenSchema({ ...schema, $defs, definitions })
  return toPlain(merged, within)
}

function ofChoices(choices: readonly Schema[], schema: Schema, within: Within): Schema {
  const real = choices.filter((choice) => choice.type !== 'null')
  const nullable = real.length < choices.length || schema.nullable === true ? { nullable: true } : {}
  if (real.length === 1) return { ...toPlain(real[0], within), ...nullable }
  if (real.every(hasMembers)) return { ...ofMembers({ oneOf: real }, within), ...nullable }
  const values = real.map(valuesOf)
  const choice = values.every((list) => list !== undefined) ? choiceOf(values.flat()) : undefined
  return { ...(choice ?? { anyOf: real.map((one) => toPlain(one, within)) }), ...nullable }
}

function ofType(schema: Schema, within: Within): Schema {
  const given = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((name) => typeof name === 'string')
  const types = given.filter((name) => name !== 'null')
  const nullable = schema.nullable === true || types.length < given.length ? { nullable: true } : {}
  if (types.length > 1) {
    return { anyOf: types.map((type) => ofType({ ...schema, type, nullable: false }, within)), ...nullable }
  }
  const type = types[0] ?? (hasMembers(schema) ? 'object' : schema.items === undefined ? undefined : 'array')
  return { ...ofOneType(type, schema, within), ...nullable }
}

function ofOneType(type: string | undefined, schema: Schema, within: Within): Schema {
  const limits = Object.fromEntries(
    KEPT.flatMap((key) => (typeof schema[key] === 'number' ? [[key, schema[key]]] : [])),
  )
  const format = FORMATS.includes(schema.format as string) ? { format: schema.format } : {}
  switch (type) {
    case 'object':
      return { type, ...membersOf(schema, within) }
    case 'array':
      return { type, items: isObject(schema.items) ? toPlain(schema.items, within) : { type: 'string' }, ...limits }
    case 'string':
    case 'number':
    case 'integer':
      return { type, ...format, ...limits }
    case 'boolean':
      return { type }
    default:
      return ANYTHING
  }
}

/** Where there are none, none are named. */
function membersOf({ properties, required }: Schema, within: Within): Schema {
  const members = Object.entries(isObject(properties) ? properties : {})
  if (members.length === 0) return {}
  const known = new Set<unknown>(members.map(([name]) => name))
  const needed = Array.isArray(required) ? [...new Set(required)].filter((name) => known.has(name)) : []
  return {
    properties: Object.fromEntries(members.map(([name, member]) => [name, toPlain(member, within)])),
    ...(needed.length > 0 ? { required: needed } : {}),
  }
}

function hasMembers(schema: Schema): boolean {
  return isObject(schema.properties) && Object.keys(schema.properties).length > 0
}
