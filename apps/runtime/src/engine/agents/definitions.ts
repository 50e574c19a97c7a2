import { RuntimeError } from '@loomcycle/proto'
import { type AgentDefinition, plainAgent } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { findDefinition } from './store.ts'
import type { StoredAgents } from './stored.ts'

/** An agent as it is at a moment. */
export interface AgentVersion {
  defId: string
  agent: AgentDefinition
  /** It was defined at run time and stays where it is; of any other one a copy is kept with the runs that begin with it. */
  isRow: boolean
}

/** Where agents come from. */
export interface AgentSource {
  find(tenantId: string, name: string): Promise<AgentVersion | undefined>
  list(tenantId: string): Promise<AgentVersion[]>
}

export interface AgentSources {
  /** Made at run time, by tenants: the active version of a name goes before what is configured under it. */
  stored: StoredAgents
  configured: AgentSource
}

/** The only door to what agents are: as they are now, and as they were when a run began. */
export class Definitions {
  readonly #db: Database
  readonly #sources: AgentSources

  constructor(db: Database, sources: AgentSources) {
    this.#db = db
    this.#sources = sources
  }

  /** As it is now, or, with the id that a run began with, as it was. */
  async find(tenantId: string, name: string, defId?: string | null): Promise<AgentVersion | undefined> {
    const { stored, configured } = this.#sources
    if (defId == null) return (await stored.find(tenantId, name)) ?? configured.find(tenantId, name)
    const now = await configured.find(tenantId, name)
    if (now?.defId === defId) return now
    const version = await stored.findById(tenantId, defId)
    if (version) return version
    const kept = await findDefinition(this.#db, tenantId, defId)
    // Whatever a version that knew fewer settings has not said is what nobody has said.
    return kept && { defId, agent: { ...plainAgent, name, source: 'file', ...kept }, isRow: false }
  }

  async get(tenantId: string, name: string, defId?: string | null): Promise<AgentVersion> {
    return (await this.find(tenantId, name, defId)) ?? this.#unknown(tenantId, name)
  }

  /** To begin a run with: as it is now, or a version that somebody has chosen, which has to be of that name and in use. */
  async choose(tenantId: string, name: string, defId: string | undefined): Promise<AgentVersion> {
    if (defId === undefined) return this.get(tenantId, name)
    const { stored, configured } = this.#sources
    const now = await configured.find(tenantId, name)
    if (now?.defId === defId) return now
    const version = await stored.findRow(tenantId, defId)
    if (version?.row.name === name && !version.row.retired) return version
    throw new RuntimeError(
      'unknown_agent',
      version?.row.name === name
        ? `version ${defId} of ${JSON.stringify(name)} is retired; take it back first, or name another one`
        : `${JSON.stringify(name)} has no version ${JSON.stringify(defId.slice(0, 80))}`,
    )
  }

  /** Those that a run can begin with now. */
  async list(tenantId: string): Promise<AgentVersion[]> {
    const { stored, configured } = this.#sources
    const byName = new Map<string, AgentVersion>()
    for (const source of [stored, configured]) {
      for (const version of await source.list(tenantId)) {
        if (!byName.has(version.agent.name)) byName.set(version.agent.name, version)
      }
    }
    return [...byName.values()]
  }

  async #unknown(tenantId: string, name: string): Promise<never> {
    const names = (await this.list(tenantId)).map(({ agent }) => agent.name)
    const there =
      names.length > mostNamed ? [...names.slice(0, mostNamed), `and ${names.length - mostNamed} more`] : names
    throw new RuntimeError('unknown_agent', `unknown agent ${JSON.stringify(name)}; there are ${there.join(', ')}`)
  }
}

const mostNamed = 30
