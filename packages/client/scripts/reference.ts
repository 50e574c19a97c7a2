import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

const source = join(import.meta.dirname, '../src')
const classes = [
  ['client.ts', 'LoomcycleClient'],
  ['interactive-session.ts', 'InteractiveSession'],
] as const
const typeFiles = [
  'client.ts',
  'types.ts',
  'document-types.ts',
  'llm-types.ts',
  'memory-types.ts',
  'library-types.ts',
  'channel-types.ts',
  'resume.ts',
]

/** As much of the syntax tree as is read here; positions are in characters. */
interface Node {
  type: string
  start: number
  end: number
  key?: { name?: string; type: string }
  id?: { name: string }
  declaration?: Node | null
  accessibility?: string
  kind?: string
  superClass?: { name: string }
  body?: { body: Node[] }
  value?: { returnType?: Node }
}

/** Every method, error and option of the SDK, as its source declares and explains them; Markdown. */
export function sdkReference(): string {
  return `${[
    '# SDK reference',
    '`@loomcycle/client`, printed from its source by `pnpm codegen`. [Its README](../packages/client/README.md) is the way in. Types that are not here are those of the wire: `wire.gen.ts`, or `/v1/openapi.json`.',
    ...classes.flatMap(([file, name]) => classSection(read(file), name)),
    '## Errors',
    errors(read('errors.ts')),
    '## Types',
    ...typeFiles.flatMap((file) => types(read(file))),
  ].join('\n\n')}\n`
}

interface Source {
  text: string
  declarations: Node[]
}

function read(file: string): Source {
  const text = readFileSync(join(source, file), 'utf8')
  const { body } = parseAst(text, { lang: 'ts' }) as unknown as { body: Node[] }
  const exported = body.filter(({ type }) => type === 'ExportNamedDeclaration')
  return { text, declarations: exported.flatMap(({ declaration }) => declaration ?? []) }
}

function classSection({ text, declarations }: Source, name: string): string[] {
  const found = declarations.find((node) => node.id?.name === name)!
  const members = found.body!.body.filter(isPublic)
  return [
    `## ${name}`,
    commentBefore(text, exportStart(text, found)),
    ...byName(members).map((all) => member(text, all)),
  ]
}

function isPublic({ key, accessibility, type }: Node): boolean {
  return accessibility !== 'private' && key?.type !== 'PrivateIdentifier' && type !== 'StaticBlock'
}

/** The overloads of a method stand together. */
function byName(members: readonly Node[]): Node[][] {
  const names = new Set(members.map(({ key }) => key?.name))
  return [...names].map((name) => members.filter(({ key }) => key?.name === name))
}

function member(text: string, overloads: readonly Node[]): string {
  const [first] = overloads
  // Where there are overloads, the last is what implements them.
  const shown = overloads.length > 1 ? overloads.slice(0, -1) : overloads
  const signatures = shown.map((node) => signature(text, node)).join('\n')
  return [`### ${first!.key!.name}`, code(signatures), commentBefore(text, first!.start)].filter(Boolean).join('\n\n')
}

function signature(text: string, node: Node): string {
  const end = node.type === 'PropertyDefinition' ? node.end : (node.value?.returnType?.end ?? headEnd(text, node))
  return dedent(text.slice(node.start, end).replace(/^async \*?|^\*/, ''))
}

function headEnd(text: string, node: Node): number {
  return text.indexOf(') {', node.start) + 1
}

function errors({ text, declarations }: Source): string {
  return declarations
    .filter(({ type }) => type === 'ClassDeclaration')
    .map((node) => {
      const below = node.superClass ? ` extends \`${node.superClass.name}\`` : ''
      return `- \`${node.id!.name}\`${below}: ${commentBefore(text, exportStart(text, node)).replaceAll('\n', ' ')}`
    })
    .join('\n')
}

function types({ text, declarations }: Source): string[] {
  return declarations
    .filter(({ type }) => /^TS(Interface|TypeAlias)Declaration$/.test(type))
    .map((node) => {
      const about = commentBefore(text, exportStart(text, node))
      return [`### ${node.id!.name}`, about, code(text.slice(node.start, node.end))].filter(Boolean).join('\n\n')
    })
}

function exportStart(text: string, node: Node): number {
  return text.lastIndexOf('export', node.start)
}

/** The doc comment that ends right before a place, without its marks. */
function commentBefore(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd()
  if (!before.endsWith('*/')) return ''
  const lines = before.slice(before.lastIndexOf('/**') + 3, -2).split('\n')
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim()
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``
}

function dedent(text: string): string {
  return text.replaceAll('\n  ', '\n')
}
