import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import {
  type AgentFields,
  type ConfigFile,
  checkedConfigFile,
  type SkillFields,
  type VolumeFields,
} from './config-file.ts'
import type { Env } from './env/env.ts'
import { goodAgentName, goodAgentNames, goodName, goodNames, goodVolumeName, goodVolumeNames } from './good-name.ts'
import { isLater } from './later-keys.ts'
import { Overlay } from './overlay.ts'
import { readNamedFile, refusedAs } from './read-named-file.ts'
import { folderAt } from './resolve-volumes.ts'
import { isDsnPlace } from './storage-settings.ts'
import { readYaml, type YamlFile } from './yaml.ts'

export interface Layers {
  file: ConfigFile
  warnings: string[]
  /** What a later file has replaced; one sentence each. */
  overrides: string[]
}

/** Reads the files, base first, and lays each over those before it. */
export async function readLayers(paths: readonly string[], env: Env): Promise<Layers> {
  const merged = new Overlay()
  const warnings: string[] = []
  const folders = [...new Set(paths.map((path) => dirname(path)))]
  for (const path of paths) {
    // What stands beside the file goes before what stands beside the last one, which is where others look for it.
    const near = (name: string) => {
      const places = [dirname(path), folders.at(-1)!].map((folder) => resolve(folder, name))
      return places.find((place) => existsSync(place)) ?? places[0]!
    }
    merged.lay(await readLayer(path, near, env, warnings), basename(path))
  }
  return { file: merged.value as ConfigFile, warnings, overrides: merged.overrides }
}

async function readLayer(
  path: string,
  near: (name: string) => string,
  env: Env,
  warnings: string[],
): Promise<ConfigFile> {
  const name = basename(path)
  const file = readYaml(await readNamedFile(path, refusedAs('LOOMCYCLE_CONFIG_FILES')), name, env, isUnused)
  const { layer, later } = checkedConfigFile(file)
  const [services, others] = partition(later, (key) => key.startsWith('providers.'))
  if (others.length > 0)
    warnings.push(`${name} sets what is not supported yet and has no effect: ${others.join(', ')}.`)
  if (services.length > 0) {
    warnings.push(
      `${name} sets ${services.join(', ')} without effect: services that come with loomcycle have their key and their address from the environment alone, as OPENAI_API_KEY and OPENAI_BASE_URL; give one of your own another name.`,
    )
  }
  const scripts = Object.entries(layer.scripts ?? {}).map(([name, script]) => [name, near(script)] as const)
  return {
    ...layer,
    agents: await named(file, 'agents', layer.agents, async (fields, path) =>
      withPrompt(withTools(fields, file, path), near, file, path),
    ),
    skills: await named(file, 'skills', layer.skills, async (fields, path) => withTools(fields, file, path)),
    volumes: await named(file, 'volumes', layer.volumes, async (fields, path) => withFolder(fields, near, file, path)),
    scripts: Object.fromEntries(scripts),
  }
}

const names = {
  agents: { isGood: goodAgentName, are: goodAgentNames },
  skills: { isGood: goodName, are: goodNames },
  volumes: { isGood: goodVolumeName, are: goodVolumeNames },
}

async function named<T>(
  file: YamlFile,
  key: keyof typeof names,
  all: Record<string, T> = {},
  read: (fields: T, path: string[]) => Promise<T>,
): Promise<Record<string, T>> {
  const entries: [string, T][] = []
  for (const [name, fields] of Object.entries(all)) {
    const path = [key, name]
    const { isGood, are } = names[key]
    if (!isGood(name)) file.fail({ path, message: `is not a good name; ${are}` })
    entries.push([name, await read(fields, path)])
  }
  return Object.fromEntries(entries)
}

/** The rest of the program knows one name for what agents may use. */
function withTools<T extends AgentFields | SkillFields>(
  { allowed_tools, ...fields }: T,
  file: YamlFile,
  path: string[],
) {
  if (allowed_tools === undefined) return fields as T
  if (fields.tools) file.fail({ path, message: 'has both tools and allowed_tools; keep tools' })
  return { ...fields, tools: allowed_tools } as T
}

async function withPrompt(
  { system_prompt_file, ...fields }: AgentFields,
  near: (name: string) => string,
  file: YamlFile,
  path: string[],
): Promise<AgentFields> {
  if (system_prompt_file === undefined) return fields
  if (fields.system_prompt !== undefined) {
    file.fail({ path, message: 'has both system_prompt and system_prompt_file; keep one' })
  }
  const at = [...path, 'system_prompt_file']
  const prompt = await readNamedFile(near(system_prompt_file), (problem) => file.fail({ path: at, message: problem }))
  return { ...fields, system_prompt: prompt.trim() }
}

function withFolder(
  fields: VolumeFields,
  near: (name: string) => string,
  file: YamlFile,
  path: string[],
): VolumeFields {
  if (fields.path === undefined) return fields
  const found = folderAt(near(fields.path))
  if ('problem' in found) file.fail({ path: [...path, 'path'], message: found.problem })
  return { ...fields, path: found.folder }
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))]
}

/** What a variable holds is not put there. */
function isUnused(path: readonly string[]): boolean {
  return isLater(path) || isDsnPlace(path)
}
