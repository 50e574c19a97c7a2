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
  /** The service of agents that name none. */
  usualProvider(): string
  /** Every model of a service; undefined where it may have others than it names, or says nothing now. */
  modelsOf(provider: string): Promise<readonly string[] | undefined>
  /** Why none of the models of an agent's tier can be had, in a sentence; undefined where one can. */
  lackOfTier(agent: AgentDefinition): Promise<string | undefined>
  skillNames(tenantId: string): Promise<readonly string[]>
  volumeNames(tenantId: string): Promise<readonly string[]>
}

interface There extends Pick<Surroundings, 'hasProvider' | 'usualProvider'> {
  tools: readonly string[]
  skills: readonly string[]
  volumes: readonly string[]
  models: ReadonlyMap<string, readonly string[] | undefined>
  /** By the agent’s name. */
  tiers: ReadonlyMap<string, string | undefined>
}

/** By the agent's name, what keeps it from working as it is meant to, in sentences for people. */
export async function lacksOfAgents(there: Surroundings, tenantId: string): Promise<Map<string, Lack[]>> {
  const agents = (await there.definitions.list(tenantId)).map(({ agent }: AgentVersion) => agent)
  const providers = new Set(agents.map((agent) => agent.provider ?? there.usualProvider()))
  const models = await Promise.all([...providers].map(async (id) => [id, await there.modelsOf(id)] as const))
  const tiered = agents.filter(({ tier }) => tier !== undefined)
  const tiers = await Promise.all(tiered.map(async (agent) => [agent.name, await there.lackOfTier(agent)] as const))
  const all: There = {
    hasProvider: (id) => there.hasProvider(id),
    usualProvider: () => there.usualProvider(),
    tools: there.toolNames(),
    skills: await there.skillNames(tenantId),
    volumes: await there.volumeNames(tenantId),
    models: new Map(models),
    tiers: new Map(tiers),
  }
  return new Map(agents.map((agent) => [agent.name, [...lacksOf(agent, all)]]))
}

function* lacksOf(agent: AgentDefinition, there: There): Generator<Lack> {
  yield* modelLacks(agent, there)
  for (const name of missing(agent.tools, there.tools)) {
    yield { kind: 'tool', name, why: `It lists the tool ${name}, which this runtime does not have.` }
  }
  for (const name of missing(agent.skills, there.skills)) {
    yield { kind: 'skill', name, why: `It lists the skill ${name}, and there is none of that name.` }
  }
  const volumes = (agent.volumes ?? []).map((volume) => volume.replace(/:r[ow]$/, ''))
  for (const name of new Set(volumes.filter((volume) => !there.volumes.includes(volume)))) {
    yield {
      ...{ kind: 'volume', name },
      why: `It may reach files in the volume ${name}, and there is none of that name; make it, or name it in the configuration.`,
    }
  }
  for (const { tool, lacks } of closedGates(agent)) {
    yield {
      ...{ kind: 'gate', name: tool },
      why: `It lists the tool ${tool} but has ${lacks}, so every call is refused.`,
    }
  }
}

function* modelLacks({ name, provider, model, tier }: AgentDefinition, there: There): Generator<Lack> {
  if (tier !== undefined) {
    const why = there.tiers.get(name)
    if (why !== undefined) yield { kind: 'model', name: tier, why }
    return
  }
  if (provider !== undefined && !there.hasProvider(provider)) {
    yield {
      ...{ kind: 'provider', name: provider },
      why: `It runs on ${provider}, which is not set up; ${setUpOf(provider)}.`,
    }
    return
  }
  const on = provider ?? there.usualProvider()
  const known = there.models.get(on)
  if (model === undefined || !known || known.includes(model) || known.includes(`${model}:latest`)) return
  const has =
    known.length > 0 ? `it has ${known.slice(0, 10).join(', ')}${known.length > 10 ? ', …' : ''}` : 'it has none'
  yield {
    ...{ kind: 'model', name: model },
    why: `It runs on the model ${model}, which ${on} does not have; ${has}.`,
  }
}

function missing(patterns: readonly string[] = [], names: readonly string[]): string[] {
  return patterns.filter((pattern) => !names.some((name) => matchesName([pattern], name)))
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
