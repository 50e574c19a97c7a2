import { createHash } from 'node:crypto'
import { RuntimeError } from '@loomcycle/proto'
import { canonicalJson } from '../../ground/canonical-json.ts'
import { type AgentDefinition, type Config, plainAgent } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { findDefinition } from './store.ts'

/** An agent as it is at a moment; the same content has the same id. */
export interface AgentVersion {
  defId: string
  agent: AgentDefinition
}

/** Where agents come from. */
export interface AgentSource {
  find(tenantId: string, name: string): Promise<AgentDefinition | undefined>
  list(tenantId: string): Promise<AgentDefinition[]>
}

export function configuredAgents({ agents }: Pick<Config, 'agents'>): AgentSource {
  return {
    find: async (_, name) => (Object.hasOwn(agents, name) ? agents[name] : undefined),
    list: async () => Object.values(agents),
  }
}

/** The only door to what agents are: as they are now, and as they were when a run began. */
export class Definitions {
  readonly #db: Database
  /** The first one that knows a name has the say. */
  readonly #sources: readonly AgentSource[]
  readonly #ids = new WeakMap<AgentDefinition, string>()

  constructor(db: Database, sources: readonly AgentSource[]) {
    this.#db = db
    this.#sources = sources
  }

  /** As it is now, or, with an id, as it was. */
  async find(tenantId: string, name: string, defId?: string | null): Promise<AgentVersion | undefined> {
    const now = await this.#findNow(tenantId, name)
    if (defId == null || now?.defId === defId) return now
    const kept = await findDefinition(this.#db, tenantId, defId)
    // Whatever a version that knew fewer settings has not said is what nobody has said.
    return kept && { defId, agent: { ...plainAgent, name, source: 'file', ...kept } }
  }

  async get(tenantId: string, name: string, defId?: string | null): Promise<AgentVersion> {
    const found = await this.find(tenantId, name, defId)
    if (found) return found
    const names = (await this.list(tenantId)).map((agent) => agent.name)
    throw new RuntimeError('unknown_agent', `unknown agent ${JSON.stringify(name)}; there are ${names.join(', ')}`)
  }

  /** Those that a run can begin with now. */
  async list(tenantId: string): Promise<AgentDefinition[]> {
    const byName = new Map<string, AgentDefinition>()
    for (const source of this.#sources) {
      for (const agent of await source.list(tenantId)) if (!byName.has(agent.name)) byName.set(agent.name, agent)
    }
    return [...byName.values()]
  }

  async #findNow(tenantId: string, name: string): Promise<AgentVersion | undefined> {
    for (const source of this.#sources) {
      const agent = await source.find(tenantId, name)
      if (agent) return { defId: this.#idOf(agent), agent }
    }
    return undefined
  }

  #idOf(agent: AgentDefinition): string {
    let id = this.#ids.get(agent)
    if (!id) {
      id = `def_${createHash('sha256').update(canonicalJson(agent)).digest('hex').slice(0, 32)}`
      this.#ids.set(agent, id)
    }
    return id
  }
}
