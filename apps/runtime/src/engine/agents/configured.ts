import { createHash } from 'node:crypto'
import { canonicalJson } from '../../ground/canonical-json.ts'
import type { AgentDefinition, Config } from '../../ground/config/config.ts'
import type { AgentSource, AgentVersion } from './definitions.ts'

/** The agents of the operator, the same for every tenant. */
export function configuredAgents({ agents }: Pick<Config, 'agents'>): AgentSource {
  return {
    find: async (_, name) => (Object.hasOwn(agents, name) ? versionOf(agents[name]!) : undefined),
    list: async () => Object.values(agents).map(versionOf),
  }
}

const ids = new WeakMap<AgentDefinition, string>()

/** The same content has the same id. */
export function versionOf(agent: AgentDefinition): AgentVersion {
  let defId = ids.get(agent)
  if (!defId) {
    defId = `def_${createHash('sha256').update(canonicalJson(agent)).digest('hex').slice(0, 32)}`
    ids.set(agent, defId)
  }
  return { defId, agent, isRow: false }
}
