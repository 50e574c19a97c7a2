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
  const lacking = Object.values(skills)
    .filter((skill) => matchesName(listed, skill.name))
    .map((skill) => ({ skill: skill.name, missing: skill.tools?.filter((tool) => !matchesName(tools, tool)) ?? [] }))
    .filter(({ missing }) => missing.length > 0)
  const refused = lacking.find(({ skill }) => listed.includes(skill))
  if (refused) {
    throw new ConfigError(
      `agents.${name}.skills has the skill ${refused.skill}, which needs ${refused.missing.join(', ')}; add that to its tools, or take the skill out.`,
    )
  }
  if (lacking.length > 0) {
    const missing = [...new Set(lacking.flatMap((one) => one.missing))]
    const names = lacking.map(({ skill }) => skill).join(', ')
    warnings.push(
      `Agent ${name} cannot follow the skills ${names} without ${missing.join(', ')}; add that to its tools.`,
    )
  }
  return warnings
}
