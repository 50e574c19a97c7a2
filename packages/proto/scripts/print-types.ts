import type { Endpoint, OpSet } from '../src/index.ts'

interface Schema {
  title?: string
  description?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
}

const header = '// Printed from packages/proto by `pnpm codegen`. Change the declarations there, not this file.\n'

/** Plain TypeScript for every named schema the contract reaches, in the order the contract reaches them, and for `more`. */
export function printTypes(
  endpoints: Record<string, Endpoint>,
  opSets: Record<string, OpSet>,
  errorCodes: readonly string[],
  more: readonly unknown[] = [],
): string {
  const declarations = new Map<string, string>()
  const sources = new Map<string, string>()
  const opMaps: string[] = []

  const visit = (schema: unknown) => typeOf(schema as Schema)

  for (const e of Object.values(endpoints)) {
    for (const schema of [e.query, e.body, e.result, e.stream]) if (schema) visit(schema)
  }
  for (const [name, set] of Object.entries(opSets)) {
    const members = Object.values(set.ops).map(
      (o) =>
        `${comment(o.description, '  ')}  ${key(o.name)}: { input: ${visit(o.input)}; output: ${visit(o.output)} }\n`,
    )
    opMaps.push(`${comment(set.description)}export interface ${name}Ops {\n${members.join('')}}\n`)
  }
  for (const schema of more) visit(schema)

  const codes = `/** Every error code the wire knows. */\nexport type ErrorCode =\n${errorCodes.map((c) => `  | '${c}'\n`).join('')}`
  return [header, ...declarations.values(), ...opMaps, codes].join('\n')

  function typeOf(schema: Schema): string {
    if (schema.title === undefined) return shapeOf(schema)
    const { title } = schema
    const source = JSON.stringify(schema)
    const known = sources.get(title)
    if (known !== undefined && known !== source) throw new Error(`two different schemas are called ${title}`)
    if (known === undefined) {
      sources.set(title, source)
      // Not interfaces: programs read answers as `Record<string, unknown>`, which an interface cannot be.
      declarations.set(title, `${comment(schema.description)}export type ${title} =${lead(shapeOf(schema))}\n`)
    }
    return title
  }

  function shapeOf(schema: Schema, indent = ''): string {
    if ('const' in schema) return literal(schema.const)
    if (schema.enum) return schema.enum.map(literal).join(' | ')
    const union = schema.anyOf ?? schema.oneOf
    if (union) return union.map((member) => nested(member, indent)).join(' | ')
    if (schema.allOf) return schema.allOf.map((member) => nested(member, indent)).join(' & ')
    if (schema.type === 'string' || schema.type === 'boolean' || schema.type === 'null') return schema.type
    if (schema.type === 'integer' || schema.type === 'number') return 'number'
    if (schema.type === 'array') return arrayOf(nested(schema.items ?? {}, indent))
    if (schema.type === 'object') return objectOf(schema, indent)
    return 'unknown'
  }

  function nested(schema: Schema, indent: string): string {
    return schema.title === undefined ? shapeOf(schema, indent) : typeOf(schema)
  }

  function objectOf(schema: Schema, indent: string): string {
    const [values] = Object.values(schema.patternProperties ?? {})
    if (values) return `Record<string, ${nested(values, indent)}>`
    const properties = Object.entries(schema.properties ?? {})
    if (properties.length === 0) return schema.properties ? '{}' : 'Record<string, unknown>'
    const inner = `${indent}  `
    const lines = properties.map(([name, member]) => {
      const mark = schema.required?.includes(name) ? '' : '?'
      return `${comment(member.title === undefined ? member.description : undefined, inner)}${inner}${key(name)}${mark}: ${nested(member, inner)}\n`
    })
    return `{\n${lines.join('')}${indent}}`
  }
}

function arrayOf(item: string): string {
  return /^\w+$/.test(item) ? `${item}[]` : `Array<${item}>`
}

function lead(shape: string): string {
  return shape.startsWith('{') ? ` ${shape}` : `\n  | ${shape.split(' | ').join('\n  | ')}`
}

function literal(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : JSON.stringify(value)
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)
}

function comment(text: string | undefined, indent = ''): string {
  return text ? `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n` : ''
}
