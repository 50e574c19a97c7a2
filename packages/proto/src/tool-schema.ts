import type { TSchema } from 'typebox'
import type { Op, OpSet } from './op.ts'

type JsonSchema = Record<string, unknown>

/**
 * The flat schema a model accepts for an op set: `op` as an enum, and the members of all ops side by side.
 * Services refuse a union at the top, so what an op requires stands in the descriptions and is checked when called.
 */
export function toolSchema(set: OpSet): JsonSchema {
  const ops = Object.values(set.ops).filter((o) => !o.unlisted)
  const properties: Record<string, JsonSchema> = {
    op: {
      type: 'string',
      enum: ops.map((o) => o.name),
      description: ops.map((o) => `${o.name}${signature(o.input)}: ${o.description}`).join('\n'),
    },
  }
  for (const o of ops) {
    for (const [name, schema] of Object.entries(propertiesOf(o.input))) {
      const member = withoutTitles(schema) as JsonSchema
      properties[name] = properties[name] ? withChoicesOf(properties[name], member) : member
    }
  }
  const required = [...(set.defaultOp ? [] : ['op']), ...requiredByAll(ops)]
  return { type: 'object', properties, required, additionalProperties: false }
}

/** Where one op takes other choices than another, the model may make all of them. */
function withChoicesOf(member: JsonSchema, other: JsonSchema): JsonSchema {
  if (!Array.isArray(member.enum) || !Array.isArray(other.enum)) return member
  const more = other.enum.filter((choice) => !(member.enum as unknown[]).includes(choice))
  if (more.length === 0) return member
  const description = [member.description, other.description].filter((text) => text !== undefined).join(' Or: ')
  return { ...member, ...(description ? { description } : {}), enum: [...member.enum, ...more] }
}

function signature(input: TSchema): string {
  const required = (input as JsonSchema).required as string[] | undefined
  const names = Object.keys(propertiesOf(input))
  if (names.length === 0) return ''
  return `(${names.map((name) => (required?.includes(name) ? name : `${name}?`)).join(', ')})`
}

function requiredByAll(ops: readonly Op[]): string[] {
  const lists = ops.map((o) => ((o.input as JsonSchema).required as string[] | undefined) ?? [])
  const [first = [], ...rest] = lists
  return first.filter((name) => rest.every((list) => list.includes(name)))
}

function propertiesOf(schema: TSchema): Record<string, TSchema> {
  return ((schema as JsonSchema).properties as Record<string, TSchema> | undefined) ?? {}
}

function withoutTitles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTitles)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      // A property may be called `title` too; only the schema's own name is dropped.
      .filter(([key, member]) => key !== 'title' || typeof member !== 'string')
      .map(([key, member]) => [key, withoutTitles(member)]),
  )
}
