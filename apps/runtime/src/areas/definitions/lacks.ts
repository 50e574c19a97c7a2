import type { Lack } from '@loomcycle/proto'
import { agentsOf, type Graph } from '@loomcycle/proto/teams'
import type { AgentVersion, Definitions } from '../../engine/agents/definitions.ts'
import type { AgentDefinition } from '../../ground/config/config.ts'
import { matchesName } from '../../ground/config/name-patterns.ts'
import { closedGates } from '../../ground/config/resolve-agent.ts'
import { setUpOf } from '../../models/routing/set-up-of.ts'

/** What there is for agents. */
export interface Surroundings {
  definitions: Pick<Definitions, 'list'>
  toolNames(): readonly string[]
  hasProvider(id: string): boolean
  skillNames(tenantId: string): Promise<readonly string[]>
}

/** By the agent's name, what keeps it from working as it is meant to, in sentences for people. */
export async function lacksOfAgents(there: Surroundings, tenantId: string): Promise<Map<string, Lack[]>> {
  const tools = there.toolNames()
  const skills = await there.skillNames(tenantId)
  const agents = (await there.definitions.list(tenantId)).map(({ agent }: AgentVersion) => agent)
  return new Map(agents.map((agent) => [agent.name, lacksOf(agent, { ...there, tools, skills })]))
}

function lacksOf(
  agent: AgentDefinition,
  { tools, skills, hasProvider }: Pick<Surroundings, 'hasProvider'> & Record<'tools' | 'skills', readonly string[]>,
): Lack[] {
  const { provider } = agent
  const missing = (patterns: readonly string[], names: readonly string[]) =>
    patterns.filter((pattern) => !names.some((name) => matchesName([pattern], name)))
  return [
    ...(provider !== undefined && !hasProvider(provider)
      ? [
          {
            kind: 'provider' as const,
            name: provider,
            why: `It runs on ${provider}, which is not set up; ${setUpOf(provider)}.`,
          },
        ]
      : []),
    ...missing(agent.tools, tools).map((name) => ({
      ...{ kind: 'tool' as const, name, why: `It lists the tool ${name}, which this runtime does not have.` },
    })),
    ...missing(agent.skills ?? [], skills).map((name) => ({
      ...{ kind: 'skill' as const, name, why: `It lists the skill ${name}, and there is none of that name.` },
    })),
    ...closedGates(agent).map(({ tool, lacks }) => ({
      ...{
        kind: 'gate' as const,
        name: tool,
        why: `It lists the tool ${tool} but has ${lacks}, so every call is refused.`,
      },
    })),
  ]
}

/** Who is to work in a team and is not there, or lacks something itself. */
export function lacksOfTeam({ states = [] }: Graph, agents: ReadonlyMap<string, readonly Lack[]>): Lack[] {
  const places = new Map<string, string[]>()
  for (const state of states) {
    for (const name of agentsOf(state)) places.set(name, [...(places.get(name) ?? []), state.state])
  }
  return [...places].flatMap(([name, where]): Lack[] => {
    const lacks = agents.get(name)
    const who = `${name} is to work in ${where.join(', ')}`
    if (!lacks) return [{ kind: 'agent', name, why: `${who}, and there is no agent of that name.` }]
    return lacks.length > 0 ? [{ kind: 'agent', name, why: `${who} and lacks something. ${lacks[0]!.why}` }] : []
  })
}
