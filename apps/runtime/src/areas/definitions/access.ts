import {
  type Db,
  type DefinitionRow,
  findName,
  findVersion,
  listAncestors,
  listVersions,
} from '../../engine/definitions/store.ts'
import { opensName } from '../../ground/config/name-patterns.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
import type { Family } from './family.ts'

/** Generations that are gone back to find out whose a version is. */
const farthest = 100

type AnyFamily = Pick<Family<object>, 'family' | 'noun' | 'scopes' | 'findConfigured'>

/**
 * What an agent may define, by its setting: `any`, `named:<name>` (a trailing * matches by prefix), `self` (versions of its
 * own name), and `descendants`: what an agent of its name has made, what was forked from that or from itself, and names
 * that nobody uses. Whoever else calls has the scope of the tenant and may define whatever is in it.
 */
export class Authority {
  readonly #caller: Caller
  readonly #family: AnyFamily
  readonly #agent: string
  readonly #scopes: readonly string[] | undefined

  constructor(caller: Caller, family: AnyFamily) {
    this.#caller = caller
    this.#family = family
    this.#agent = caller.run?.agent.name ?? ''
    this.#scopes = caller.run && (family.scopes.of(caller.run.agent) ?? [])
  }

  /** To make versions under a name, to choose which is used, and to see them. */
  async requireName(tx: Db, name: string): Promise<void> {
    if (this.#scopes === undefined || this.#isOpened(name) || (await this.#isOfDescendants(tx, name))) return
    throw this.#refusal(name)
  }

  /** To see a version, or to fork it. */
  async requireVersion(tx: Db, row: DefinitionRow): Promise<void> {
    if (this.#scopes === undefined || this.#isOpened(row.name)) return
    if (this.#has('descendants') && (this.#isOwn(row.name) || (await this.#isDescendant(tx, row)))) return
    throw this.#refusal(row.name)
  }

  /** To fork what is configured under a name. */
  requireConfigured(name: string) {
    if (this.#scopes === undefined || this.#isOpened(name) || (this.#has('descendants') && this.#isOwn(name))) return
    throw this.#refusal(name)
  }

  #has(scope: string): boolean {
    return this.#scopes?.includes(scope) ?? false
  }

  #isOpened(name: string): boolean {
    return opensName(this.#scopes ?? [], name) || (this.#has('self') && this.#isOwn(name))
  }

  #isOwn(name: string): boolean {
    return this.#family.family === 'AgentDef' && name === this.#agent
  }

  async #isOfDescendants(tx: Db, name: string): Promise<boolean> {
    if (!this.#has('descendants') || this.#isOwn(name)) return false
    const { tenantId } = this.#caller
    const { family } = this.#family
    if (await this.#family.findConfigured(tenantId, name)) return false
    const there = await findName(tx, { tenantId, family, name })
    if (!there || there.live_count === 0) return true
    const inUse =
      there.active_id && !there.active_retired ? await findVersion(tx, tenantId, family, there.active_id) : undefined
    const [latest] = inUse ? [inUse] : await listVersions(tx, { tenantId, family, name }, { limit: 1 })
    return latest !== undefined && this.#isDescendant(tx, latest)
  }

  async #isDescendant(tx: Db, row: DefinitionRow): Promise<boolean> {
    if (this.#isOwn(row.name)) return false
    const line = await listAncestors(tx, row.tenant_id, row.family, row.id, farthest)
    return line.some(({ created_by, name }) => created_by === this.#agent || this.#isOwn(name))
  }

  #refusal(name: string): ToolError {
    const { noun, scopes } = this.#family
    return new ToolError(
      `agent ${this.#agent} may not define the ${noun} ${name.slice(0, 128)}; its setting ${scopes.setting} with named:${name.slice(0, 128)} would allow it`,
    )
  }
}
