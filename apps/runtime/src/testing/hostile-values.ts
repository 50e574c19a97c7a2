import type { TSchema } from 'typebox'

/** As much of JSON Schema as the declarations use. */
interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  pattern?: string
  minItems?: number
  minimum?: number
  exclusiveMinimum?: number
  default?: unknown
}

/** What the world of a test has, by the name that declarations give it: ids, paths, names. */
export type Known = Readonly<Record<string, unknown>>

/** A value the schema accepts; members and parameters that name something of the world name what is there. */
export function sampleOf(schema: TSchema, known: Known): unknown {
  return sample(schema as Schema, known)
}

function sample(schema: Schema, known: Known): unknown {
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sample(schema.anyOf[0]!, known)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) || Object.hasOwn(known, name))
          .map(([name, member]) => [name, accepts(member, known[name]) ? known[name] : sample(member, known)]),
      )
    case 'array':
      return schema.minItems ? [sample(schema.items ?? {}, known)] : []
    case 'integer':
    case 'number':
      return schema.default ?? Math.max(schema.minimum ?? 0, (schema.exclusiveMinimum ?? -1) + 1)
    case 'boolean':
      return false
    case 'string':
      return 'x'.repeat(schema.pattern?.includes('{16,') ? 16 : 1)
    default:
      return { some: 'value' }
  }
}

function accepts({ type, enum: values }: Schema, value: unknown): boolean {
  if (value === undefined) return false
  if (values) return values.includes(value)
  if (Array.isArray(value)) return type === 'array'
  return type === undefined || type === typeof value || (type === 'integer' && typeof value === 'number')
}

const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown

/** What has broken programs that take texts. */
export const hostileTexts = [
  '',
  ' ',
  'a\u0000b',
  '\ud800',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  "' OR '1'='1' --",
  '" NEAR( AND *',
  '%',
  '-1',
  '2026-99-99T00:00:00Z',
  'x'.repeat(100_000),
] as const
const numbers = [-1, 0.5, 1e308, 2 ** 53, 2 ** 31]
const others = [
  null,
  true,
  [null],
  Array(3000).fill('x'),
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  deep,
]

/** Inputs that differ from a good one in one place each, and say where. */
export function* spoilt(schema: TSchema, good: object): Generator<[where: string, input: object]> {
  yield ['nothing', {}]
  for (const [name, member] of Object.entries((schema as Schema).properties ?? {})) {
    const { [name]: _, ...without } = good as Record<string, unknown>
    yield [`no ${name}`, without]
    for (const [index, value] of valuesFor(member).entries()) yield [`${name} #${index}`, { ...good, [name]: value }]
  }
  yield ['an unknown member', { ...good, nobody_knows: 1, __proto__: null, toString: 'x' }]
}

/** Further in, every third says enough. */
const someOf = (values: unknown[]) => values.filter((_, index) => index % 3 === 0)

function valuesFor(schema: Schema): unknown[] {
  if (schema.type === 'string' && !schema.enum) return [...hostileTexts, 7, ...others]
  if (schema.type === 'integer' || schema.type === 'number') return [...numbers, 'x', ...others]
  if (schema.type === 'array') {
    const members = schema.items ? someOf(valuesFor(schema.items)).map((value) => [value]) : []
    return [...members, 'x', 7, ...others]
  }
  if (schema.type === 'object' && schema.properties) {
    const members = Object.entries(schema.properties).flatMap(([name, member]) =>
      someOf(valuesFor(member)).map((value) => ({ [name]: value })),
    )
    return [...members, 'x', 7, ...others]
  }
  if (schema.anyOf) return schema.anyOf.flatMap(valuesFor)
  return ['__proto__', 'a\u0000b', '\ud800', ...numbers, ...others]
}
