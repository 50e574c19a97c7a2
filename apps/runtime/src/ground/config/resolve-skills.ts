import { type AgentDefinition, type Config, ConfigError, type SkillDefinition } from './config.ts'
import type { ConfigFile } from './config-file.ts'
import { matchesName } from './name-patterns.ts'

/** Those of folders first, and over them what the files say. */
export function resolveSkills(folders: readonly SkillDefinition[], { skills = {} }: ConfigFile): Config['skills'] {
  const resolved: Config['skills'] = Object.create(null)
  for (const skill of folders) resolved[skill.name] = skill
  for (const [name, fields] of Object.entries(skills)) {
    const { body = '', ...under } = resolved[name] ?? {}
    resolved[name] = { ...under, body, ...fields, name, source: 'file' }
  }
  return resolved
}

/** What an agent may not follow is refused where it names the skill, and told of where a pattern brings it. */
export function skillWarnings(agent: AgentDefinition, skills: Config['skills']): string[] {
  const { name, disableContext, skills: listed = [] } = agent
  const tools = disableContext ? agent.tools : [...agent.tools, 'Context']
  const warnings = listed
    .filter((pattern) => !Object.keys(skills).some((skill) => matchesName([pattern], skill)))
    .map((pattern) => `Agent ${name} may read the skill ${pattern}, and the configuration has none of that name.`)
  for (const skill of Object.values(skills)) {
    if (!matchesName(listed, skill.name)) continue
    const missing = (skill.tools ?? []).filter((tool) => !matchesName(tools, tool))
    if (missing.length === 0) continue
    const lacks = `the skill ${skill.name}, which needs ${missing.join(', ')}`
    if (listed.includes(skill.name)) {
      throw new ConfigError(`agents.${name}.skills has ${lacks}; add that to its tools, or take the skill out.`)
    }
    warnings.push(`Agent ${name} cannot follow ${lacks}; add that to its tools.`)
  }
  return warnings
}
