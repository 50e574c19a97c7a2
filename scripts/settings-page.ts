import { ConfigFile } from '../apps/runtime/src/ground/config/config-file.ts'
import type { Settings } from '../apps/runtime/src/ground/config/env/setting.ts'
import { allVariables } from '../apps/runtime/src/ground/config/env/template.ts'
import { modelServices } from '../apps/runtime/src/models/providers/registry.ts'

/** Every setting there is, from where they are declared. */
export function settingsPage(): string {
  return `# Settings

Printed from the declarations by \`pnpm codegen\`. Variables of the environment say how the process runs, and are read at the start. A configuration file says what agents there are, and is read again on SIGHUP and on \`POST /v1/_config/reload\`: whole or not at all. What is wrong in them is refused with a sentence that says what to change.

## Variables

A switch may be \`1\`, \`true\`, \`yes\` or \`on\`, or else \`0\`, \`false\`, \`no\` or \`off\`. Numbers are plain: what is said in brackets is for readers.

${allVariables(modelServices)
  .map(([title, settings]) => `### ${title}\n\n${variableTable(settings)}`)
  .join('\n\n')}

## Configuration files

YAML files that \`LOOMCYCLE_CONFIG_FILES\` names. Maps of several files grow together; anything else is replaced by the later one, which the log tells. Editors complete and check them with \`docs/config.schema.json\`, which a runtime serves as \`/v1/config.schema.json\`: a first line \`# yaml-language-server: $schema=…\` names it. \`\${LOOMCYCLE_…}\` stands for a variable. No key has to be there.

| key | type | |
|---|---|---|
${[...keysOf(ConfigFile as Schema, '')].join('\n')}
`
}

function variableTable(settings: Settings): string {
  const rows = Object.entries(settings).map(([name, { type, preset, about, who }]) =>
    row([`\`${name}\``, type, preset === '' ? '' : `\`${preset}\``, about, who]),
  )
  return ['| variable | type | default | | needed by |', '|---|---|---|---|---|', ...rows].join('\n')
}

interface Schema {
  type?: string
  description?: string
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
}

function* keysOf(schema: Schema, prefix: string): Generator<string> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const path = `${prefix}${name}`
    yield row([`\`${path}\``, typeOf(member), member.description ?? ''])
    yield* keysOf(member, `${path}.`)
    for (const each of Object.values(member.patternProperties ?? {})) yield* keysOf(each, `${path}.<name>.`)
    if (member.items) yield* keysOf(member.items, `${path}[].`)
  }
}

function typeOf(schema: Schema): string {
  const { type, minimum, maximum, items, patternProperties } = schema
  if (schema.enum) return schema.enum.map((value) => `\`${value === '' ? "''" : String(value)}\``).join(', ')
  if (items) return `list of ${items.properties ? 'maps' : typeOf(items)}`
  if (patternProperties) return 'map, by name'
  if (type === 'object') return 'map'
  if (type === 'string') return 'text'
  if (type === 'boolean') return 'true or false'
  if (minimum === undefined && maximum === undefined) return type ?? 'anything'
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
