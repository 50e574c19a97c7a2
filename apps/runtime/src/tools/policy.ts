import type { AgentDefinition } from '../ground/config/config.ts'
import { matchesName } from '../ground/config/name-patterns.ts'
import type { Tool } from './tool.ts'

export type Tools = ReadonlyMap<string, Tool>

/**
 * The tools of one run: those its agent lists, narrowed to what the run asks for, which can take away but never add.
 * `Context` comes by itself unless the agent is without it.
 */
export function toolsFor(agent: AgentDefinition, all: Tools, narrowedTo?: readonly string[]): Tools {
  const given = [...all.values()].filter(({ name }) => {
    const listed = matchesName(agent.tools, name) && (narrowedTo === undefined || matchesName(narrowedTo, name))
    return listed || (name === 'Context' && !agent.disableContext)
  })
  return new Map(given.map((tool) => [tool.name, tool]))
}

/** Whether an agent has a tool by that name, where there is one. */
export function lists(agent: Pick<AgentDefinition, 'tools'>, name: string): boolean {
  return matchesName(agent.tools, name)
}

/** One sentence for every tool that an agent lists and nobody has. */
export function missingTools(agent: AgentDefinition, names: readonly string[]): string[] {
  return agent.tools
    .filter((pattern) => !names.some((name) => matchesName([pattern], name)))
    .map((pattern) => `Agent ${agent.name} lists the tool ${pattern}, which this runtime does not have.`)
}
