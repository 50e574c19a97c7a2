import { resolve } from 'node:path'
import { readAgentFiles } from './agent-files.ts'
import { ConfigError, type HelpTopic, type SkillDefinition } from './config.ts'
import type { AgentFields, ConfigFile } from './config-file.ts'
import type { Env, EnvSettings } from './env/env.ts'
import { readHelpFiles } from './help-files.ts'
import { readLayers } from './layers.ts'
import { overlaid } from './overlay.ts'
import { readSkillFolders } from './skill-folders.ts'

type Places = Pick<EnvSettings, 'configFiles' | 'configStrict' | 'agentsRoot' | 'skillsRoot' | 'helpRoot'>

export interface Files {
  file: ConfigFile
  skills: SkillDefinition[]
  help: HelpTopic[]
  overrides: string[]
  warnings: string[]
}

/** Everything that is said in files. */
export async function readFiles(
  { configFiles, configStrict, agentsRoot, skillsRoot, helpRoot }: Places,
  cwd: string,
  env: Env,
): Promise<Files> {
  const paths = configFiles.map((path) => resolve(cwd, path))
  const { file, overrides, warnings } = await readLayers(paths, env)
  if (configStrict && overrides.length > 0) {
    throw new ConfigError(`LOOMCYCLE_CONFIG_STRICT is on: ${overrides.join(' ')}`)
  }
  const own = agentsRoot ? await readAgentFiles(resolve(cwd, agentsRoot), env) : { agents: {}, warnings: [] }
  const folders = skillsRoot ? await readSkillFolders(resolve(cwd, skillsRoot)) : { skills: [], warnings: [] }
  return {
    file: { ...file, agents: overFiles(own.agents, file.agents) },
    skills: folders.skills,
    help: helpRoot ? await readHelpFiles(resolve(cwd, helpRoot)) : [],
    overrides,
    warnings: [...warnings, ...own.warnings, ...folders.warnings],
  }
}

/** Agents of Markdown files, and over them what configuration files say. */
function overFiles(files: Record<string, AgentFields>, agents: ConfigFile['agents'] = {}): ConfigFile['agents'] {
  const over = Object.entries(agents).map(([name, fields]) => {
    return [name, Object.hasOwn(files, name) ? overlaid(files[name]!, fields) : fields] as const
  })
  return { ...files, ...Object.fromEntries(over) }
}
