import { ConfigFile } from './config-file.ts'
import { laterKeys } from './later-keys.ts'

interface Schema {
  type?: unknown
  description?: string
  enum?: readonly unknown[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  [keyword: string]: unknown
}

const later = { description: 'Of a capability that is not there yet: accepted, and without effect.', deprecated: true }

/** What editors need to help with configuration files: all keys, what they mean, and what may stand there. */
export function editorSchema(): object {
  const root = forEditors(ConfigFile as unknown as Schema)
  for (const key of laterKeys) addLater(root, key.split('.'))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of loomcycle',
    ...root,
  }
}

/** Numbers and switches may come from a variable, which is text until it is read; a key without a value says nothing. */
function forEditors(schema: Schema): Schema {
  const { type, description, enum: values, ...rest } = schema
  const within: Schema = {
    ...rest,
    ...(schema.properties && { properties: mapped(schema.properties) }),
    ...(schema.patternProperties && { patternProperties: mapped(schema.patternProperties) }),
    ...(schema.items && { items: forEditors(schema.items) }),
  }
  const about = description === undefined ? {} : { description }
  const asIs = { ...(type !== undefined && { type }), ...(values && { enum: values }) }
  if (type !== 'integer' && type !== 'number' && type !== 'boolean') return { ...about, ...asIs, ...within }
  return {
    ...about,
    anyOf: [
      { ...asIs, ...within },
      { type: 'string', pattern: '^\\$\\{\\w+\\}$' },
    ],
  }
}

function mapped(schemas: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, forEditors(schema)]))
}

function addLater(schema: Schema, [key, ...below]: string[]) {
  if (key === '*') return addLater(Object.values(schema.patternProperties ?? {})[0]!, below)
  const properties = (schema.properties ??= {})
  if (below.length === 0) properties[key!] = { ...later }
  else addLater(properties[key!]!, below)
}
