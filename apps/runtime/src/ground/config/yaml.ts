import { jsonTooDeep } from '@loomcycle/proto'
import {
  type Alias,
  type Document,
  isPair,
  isScalar,
  LineCounter,
  parse,
  parseDocument,
  type Range,
  Scalar,
  visit,
} from 'yaml'
import { isTooDeep } from '../json-depth.ts'
import { nearest, type Problem } from '../validation.ts'
import { ConfigError } from './config.ts'
import type { Env } from './env/env.ts'

/** A YAML file that has been read, and the means to say where in it something is wrong. */
export interface YamlFile {
  value: unknown
  fail(problem: Problem): never
}

/**
 * `name` stands in every error; `${NAME}` is replaced by what `env` says where configuration may know it, and stays as it
 * is without one. So does what stands at an `isUnused` place of the file.
 */
export function readYaml(
  text: string,
  name: string,
  env?: Env,
  isUnused: (path: readonly string[]) => boolean = () => false,
): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const [broken] = document.errors
  if (broken) {
    // The parser follows the file's levels with its own stack.
    if (broken.message.includes('call stack')) throw tooDeep(name)
    const line = `${name}:${lines.linePos(broken.pos[0]).line}`
    throw new ConfigError(`${line} ${inPlainWords[broken.code] ?? `is not valid YAML: ${sentence(broken.message)}`}`)
  }
  const lineOfNode = ({ range }: { range?: Range | null }) => (range ? `:${lines.linePos(range[0]).line}` : '')
  // Walking a large file takes long, and most have neither aliases nor variables.
  if (text.includes('*')) refuseAliases(document, (node) => name + lineOfNode(node))
  if (env && text.includes('${')) expand(document, env, { saidAt: (node) => name + lineOfNode(node), isUnused })
  return {
    value: toValue(document, name),
    fail: ({ path, message, known }) => {
      const where = path.join('.') || 'the file'
      throw new ConfigError(`${name}${lineOf(document, lines, path)}: ${where} ${message}${hint(path, known)}`)
    },
  }
}

/** What people run into, and the parser says in words of its own. */
const inPlainWords: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'begins another document; take the line of dashes out, or give that a file of its own.',
  BLOCK_AS_IMPLICIT_KEY: 'is not valid YAML: a text that has ": " in it has to stand in quotes.',
}

function tooDeep(name: string) {
  return new ConfigError(`${name}: ${jsonTooDeep}.`)
}

/** Those that name nothing, and those that would have no end. */
function refuseAliases(document: Document, saidAt: (node: Alias) => string) {
  visit(document, {
    Alias(_key, alias, above) {
      const target = alias.resolve(document)
      if (!target)
        throw new ConfigError(`${saidAt(alias)}: *${alias.source} names nothing before it; correct the name.`)
      if (!above.includes(target)) return
      throw new ConfigError(`${saidAt(alias)}: *${alias.source} stands inside of what it names; take it out.`)
    },
  })
}

function toValue(document: Document, name: string): unknown {
  let value: unknown
  try {
    value = document.toJS() ?? {}
  } catch (error) {
    throw new ConfigError(`${name} cannot be read: ${sentence((error as Error).message)}`)
  }
  if (isTooDeep(value)) throw tooDeep(name)
  return value
}

function hint(path: string[], known: string[] | undefined): string {
  if (!known) return '.'
  const close = nearest(path.at(-1) ?? '', known)
  return close ? `; did you mean ${close}?` : `; known here: ${known.join(', ')}.`
}

function lineOf(document: Document, lines: LineCounter, path: string[]): string {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isScalar(node) || (node && typeof node === 'object' && 'range' in node)) {
      const { range } = node as { range?: [number, number, number] | null }
      if (range) return `:${lines.linePos(range[0]).line}`
    }
  }
  return ''
}

const MAY_BE_USED = /^(?:LOOMCYCLE_\w+|BRAVE_API_KEY|GITHUB_TOKEN|SLACK_BOT_TOKEN|REDIS_URL)$/
const NEVER_USED = new Set([
  'PG_DSN',
  'LOOMCYCLE_PG_DSN',
  'LOOMCYCLE_SQLMEM_PG_DSN',
  'LOOMCYCLE_AUTH_TOKEN',
  'LOOMCYCLE_OPERATOR_TOKEN_PEPPER',
  'LOOMCYCLE_MCP_UPSTREAM_TOKEN',
  'LOOMCYCLE_OTEL_EXPORTER_OTLP_HEADERS',
])

/** In values only, after parsing: what a variable holds cannot add keys. Other names stay as written: prompts may speak of them. */
function expand(
  document: Document,
  env: Env,
  { saidAt, isUnused }: { saidAt(node: Scalar): string; isUnused(path: readonly string[]): boolean },
) {
  visit(document, {
    Pair(_, pair, above) {
      const keys = [...above.filter((node) => isPair(node)), pair].map(({ key }) =>
        String(isScalar(key) ? key.value : ''),
      )
      return isUnused(keys) ? visit.SKIP : undefined
    },
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return
      const expanded = node.value.replace(/\$\{(\w+)\}/g, (written, variable: string) => {
        if (NEVER_USED.has(variable)) {
          throw new ConfigError(`${saidAt(node)} uses \${${variable}}, which configuration may not read; take it out.`)
        }
        if (!MAY_BE_USED.test(variable)) return written
        const value = env[variable]
        if (value === undefined) {
          throw new ConfigError(`${saidAt(node)} uses \${${variable}}, which is not set; set it or take it out.`)
        }
        return /[\r\n]/.test(value) ? written : value
      })
      if (expanded !== node.value) node.value = node.type === Scalar.PLAIN ? asScalar(expanded) : expanded
    },
  })
}

/** An unquoted `${NAME}` may stand for a number or a truth value. */
function asScalar(text: string): unknown {
  if (!/^(?:-?\d+(?:\.\d+)?|true|false)$/.test(text)) return text
  return parse(text)
}

function sentence(message: string): string {
  const [first = ''] = message.trim().split('\n')
  return `${first.replace(/(?<![.:\s])[.:\s]+$/, '')}.`
}
