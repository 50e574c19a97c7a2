import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { ConfigError } from './config.ts'
import { type AgentFields, type ConfigFile, checkedConfigFile, LATER_KEYS } from './config-file.ts'
import type { Env } from './env/env.ts'
import { readYaml, type YamlFile } from './yaml.ts'

/** Reads the files, base first, and lays each over those before it: maps grow together, anything else is replaced. */
export async function readLayers(
  paths: readonly string[],
  env: Env,
): Promise<{ file: ConfigFile; warnings: string[] }> {
  let merged: unknown = {}
  const warnings: string[] = []
  for (const path of paths) merged = overlaid(merged, await readLayer(path, env, warnings))
  return { file: merged as ConfigFile, warnings }
}

async function readLayer(path: string, env: Env, warnings: string[]): Promise<ConfigFile> {
  const name = basename(path)
  const file = readYaml(await readNamedFile(path, 'LOOMCYCLE_CONFIG_FILES'), name, env, LATER_KEYS)
  const { layer, later } = checkedConfigFile(file)
  if (later.length > 0) warnings.push(`${name} sets what is not supported yet and has no effect: ${later.join(', ')}.`)
  const near = (relative: string) => resolve(dirname(path), relative)
  const agents: Record<string, AgentFields> = {}
  for (const [name, fields] of Object.entries(layer.agents ?? {})) {
    checkName(file, ['agents', name])
    agents[name] = await withPrompt(withTools(fields, file, name), near, file, name)
  }
  const scripts = Object.entries(layer.scripts ?? {}).map(([name, script]) => [name, near(script)] as const)
  return { ...layer, agents, scripts: Object.fromEntries(scripts) }
}

/** The rest of the program knows one name for what agents may use. */
function withTools({ allowed_tools, ...fields }: AgentFields, file: YamlFile, name: string): AgentFields {
  if (allowed_tools === undefined) return fields
  if (fields.tools) file.fail({ path: ['agents', name], message: 'has both tools and allowed_tools; keep tools' })
  return { ...fields, tools: allowed_tools }
}

async function withPrompt(
  { system_prompt_file, ...fields }: AgentFields,
  near: (relative: string) => string,
  file: YamlFile,
  name: string,
): Promise<AgentFields> {
  if (system_prompt_file === undefined) return fields
  if (fields.system_prompt !== undefined) {
    file.fail({ path: ['agents', name], message: 'has both system_prompt and system_prompt_file; keep one' })
  }
  const prompt = await readNamedFile(near(system_prompt_file), `agents.${name}.system_prompt_file`)
  return { ...fields, system_prompt: prompt.trim() }
}

function checkName(file: YamlFile, path: string[]) {
  if (/^[\p{L}\p{N}][\p{L}\p{N}_.:/-]{0,127}$/u.test(path.at(-1)!)) return
  file.fail({ path, message: 'is not a good name; use letters, digits, and . _ - / : after the first' })
}

export async function readNamedFile(path: string, saidBy: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    throw new ConfigError(`${saidBy} names ${path}, which ${why}; correct the path.`)
  }
}

function overlaid(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(over)) merged.set(key, overlaid(merged.get(key), value))
  return Object.fromEntries(merged)
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
