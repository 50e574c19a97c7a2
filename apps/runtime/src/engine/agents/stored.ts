import type { AgentOverlay } from '@loomcycle/proto'
import { type AgentDefinition, type Config, ConfigError } from '../../ground/config/config.ts'
import type { AgentFields } from '../../ground/config/config-file.ts'
import { agentFromFile } from '../../ground/config/resolve-agent.ts'
import type { Database } from '../../ground/db/database.ts'
import { parseJson } from '../../ground/json.ts'
import { type DefinitionRow, findActiveId, findVersion, listActiveIds } from '../definitions/store.ts'
import type { AgentSource, AgentVersion } from './definitions.ts'

export interface StoredVersion extends AgentVersion {
  row: Pick<DefinitionRow, 'name' | 'retired'>
}

export interface StoredAgents extends AgentSource {
  /** Of whatever name, and also one that is retired: a run goes on with it. */
  findById(tenantId: string, id: string): Promise<AgentVersion | undefined>
  /** With what may have changed about it. */
  findRow(tenantId: string, id: string): Promise<StoredVersion | undefined>
}

/** So many are kept as they were read. */
const mostKept = 500

/**
 * The agents that were defined at run time. Which version is active is one row, read each time, since any process may have
 * changed it; what a version says never changes, so it is read once.
 */
export function storedAgents(db: Database, config: Pick<Config, 'completeAgent'>): StoredAgents {
  const kept = new Map<string, AgentDefinition>()
  let { completeAgent } = config

  async function readAgent(tenantId: string, id: string): Promise<AgentDefinition | undefined> {
    // With the names of models that there are now.
    if (completeAgent !== config.completeAgent) {
      kept.clear()
      completeAgent = config.completeAgent
    }
    const key = `${tenantId} ${id}`
    const known = kept.get(key)
    if (known) {
      kept.delete(key)
      kept.set(key, known)
      return known
    }
    const row = await findVersion(db.read, tenantId, 'AgentDef', id)
    if (!row) return undefined
    const agent = toAgent(row, completeAgent)
    kept.set(key, agent)
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
    return agent
  }

  const version = async (tenantId: string, id: string) => {
    const agent = await readAgent(tenantId, id)
    return agent && { defId: id, agent, isRow: true }
  }

  return {
    async find(tenantId, name) {
      const id = await findActiveId(db, { tenantId, family: 'AgentDef', name })
      return id === undefined ? undefined : version(tenantId, id)
    },
    async list(tenantId) {
      const active = await listActiveIds(db, tenantId, 'AgentDef')
      const versions = await Promise.all(active.map(({ id }) => version(tenantId, id)))
      return versions.filter((one) => one !== undefined)
    },
    findById: version,
    async findRow(tenantId, id) {
      const row = await findVersion(db.read, tenantId, 'AgentDef', id)
      const agent = row && (await readAgent(tenantId, id))
      return agent && { defId: id, agent, isRow: true, row }
    },
  }
}

function toAgent(row: DefinitionRow, completeAgent: Config['completeAgent']): AgentDefinition {
  const { tier, ...agent } = agentFromFile(row.name, parseJson(row.definition) as AgentOverlay as AgentFields)
  // A tier beside a model is of a time when it had no effect.
  const isPinned = agent.provider !== undefined || agent.model !== undefined
  const stored: AgentDefinition = { ...agent, ...(tier && !isPinned && { tier }), source: 'stored' }
  try {
    return completeAgent(stored, `agent ${row.name}`)
  } catch (error) {
    // A service that is not known any more is named when somebody would use it.
    if (error instanceof ConfigError) return stored
    throw error
  }
}
