import { agentDefOps, type OpName, RuntimeError, skillDefOps } from '@loomcycle/proto'
import { configuredAgents } from '../../../engine/agents/configured.ts'
import { configuredSkills } from '../../../engine/skills/skills.ts'
import { Bus } from '../../../ground/bus.ts'
import { type AgentDefinition, ConfigError, type SkillDefinition } from '../../../ground/config/config.ts'
import { tempDatabase } from '../../../testing/temp-database.ts'
import type { Caller } from '../../../tools/caller.ts'
import { serveOps } from '../../../tools/op-set.ts'
import { aCaller, anAgent } from '../../../tools/testing/a-caller.ts'
import { agentFamily } from '../agents/agent-family.ts'
import type { DefinitionDeps } from '../deps.ts'
import { createVersionOps } from '../ops/index.ts'
import { skillFamily } from '../skills/skill-family.ts'

interface Configured {
  agents?: Partial<AgentDefinition>[]
  skills?: SkillDefinition[]
  volumes?: DefinitionDeps['volumes']
  limits?: Partial<DefinitionDeps['limits']>
}

const byName = <T extends { name: string }>(list: T[]) => Object.fromEntries(list.map((one) => [one.name, one]))

export const tenantAdmin = { scopes: ['substrate:tenant'] }

/** The verbs over a database of their own, as a door calls them. */
export async function someDefinitions({ agents = [], skills = [], volumes = [], limits }: Configured = {}) {
  const bus = new Bus()
  let now = 1_000
  const deps: DefinitionDeps = {
    db: await tempDatabase(),
    clock: { now: () => now++, after: () => () => {} },
    bus,
    limits: {
      ...{ perTenant: 1000, agentBytes: 131_072, codeBytes: 262_144, descriptionBytes: 8192 },
      ...{ skillBodyBytes: 131_072, skillDescriptionBytes: 8192 },
      ...limits,
    },
    agents: configuredAgents({ agents: byName(agents.map((agent) => anAgent(agent))) }),
    skills: configuredSkills({ skills: byName(skills) }),
    volumes,
    surroundings: {
      definitions: { list: async () => [] },
      toolNames: () => [],
      hasProvider: () => true,
      usualProvider: () => 'scripted',
      modelsOf: async () => undefined,
      lackOfTier: async () => undefined,
      volumeNames: async () => [],
      skillNames: async () => [],
    },
    completePin: (pin, saidBy) => {
      if (pin.provider === 'unknown')
        throw new ConfigError(`${saidBy} names the provider "unknown", which is not known`)
      return pin
    },
    completeAgent: (agent) => agent,
  }
  const { derive: _, derived: __, restore: ___, ...ops } = agentDefOps.ops
  const versionsOfAgents = { ...agentDefOps, ops }
  const served = {
    AgentDef: serveOps(versionsOfAgents, createVersionOps(deps, agentFamily(deps)), { sideEffects: 'state' }),
    SkillDef: serveOps(skillDefOps, createVersionOps(deps, skillFamily(deps)), { sideEffects: 'state' }),
  }
  type Input = { op: OpName<typeof skillDefOps> } & Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
  const ask = async (tool: keyof typeof served, input: Input, caller: Caller = aCaller(tenantAdmin)): Promise<any> =>
    served[tool].dispatch(caller, input)
  return {
    deps,
    bus,
    agent: (input: Input, caller?: Caller) => ask('AgentDef', input, caller),
    skill: (input: Input, caller?: Caller) => ask('SkillDef', input, caller),
    /** What it is refused with. */
    refused: async (asked: Promise<unknown>): Promise<string> => {
      try {
        return `not refused: ${JSON.stringify(await asked)}`
      } catch (error) {
        if (error instanceof RuntimeError && error.code === 'tool_refused') return error.message
        throw error
      }
    },
  }
}
