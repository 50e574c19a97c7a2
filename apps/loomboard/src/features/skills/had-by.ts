import { definitionInUse, type Entry } from '../../components/definitions/queries.ts'

/** The agents that have a skill, by name; a * at the end of what they have stands for all that begin so. */
export function hadBy(agents: readonly Entry[], skill: string): string[] {
  return agents.filter((agent) => patterns(agent).some((pattern) => covers(pattern, skill))).map(({ name }) => name)
}

function patterns(agent: Entry): string[] {
  const { skills } = definitionInUse(agent)
  return Array.isArray(skills) ? skills.filter((name): name is string => typeof name === 'string') : []
}

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
}
