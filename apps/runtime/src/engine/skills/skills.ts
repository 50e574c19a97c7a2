import { createHash } from 'node:crypto'
import type { SkillOverlay } from '@loomcycle/proto'
import { canonicalJson } from '../../ground/canonical-json.ts'
import type { Config, SkillDefinition } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { parseJson } from '../../ground/json.ts'
import { withoutEmpty } from '../definitions/content-hash.ts'
import { findActiveId, findVersion, listActiveIds } from '../definitions/store.ts'
import { findKeptSkill } from './store.ts'

/** A skill as it is at a moment. */
export interface SkillVersion {
  id: string
  skill: SkillDefinition
  /** It was defined at run time and stays where it is; of any other one a copy is kept. */
  isRow: boolean
}

/** Where skills come from that were not defined at run time. */
export interface SkillSource {
  find(name: string): SkillDefinition | undefined
  list(): SkillDefinition[]
}

export function configuredSkills({ skills }: Pick<Config, 'skills'>): SkillSource {
  return {
    find: (name) => (Object.hasOwn(skills, name) ? skills[name] : undefined),
    list: () => Object.values(skills),
  }
}

/** A skill in the words of the wire. */
export function skillToOverlay({ body, description, tools }: SkillDefinition): SkillOverlay {
  return withoutEmpty({ body, description, tools } as SkillOverlay)
}

/** The only door to what skills say: now, and when a run began. */
export class Skills {
  readonly #db: Database
  readonly #configured: SkillSource

  constructor(db: Database, configured: SkillSource) {
    this.#db = db
    this.#configured = configured
  }

  /** The tenant's active version goes before what is configured under its name. */
  async find(tenantId: string, name: string): Promise<SkillVersion | undefined> {
    const id = await findActiveId(this.#db, { tenantId, family: 'SkillDef', name })
    const stored = id === undefined ? undefined : await this.#findRow(tenantId, id)
    if (stored) return stored
    const skill = this.#configured.find(name)
    return skill && { id: idOf(skill), skill, isRow: false }
  }

  /** As it was when a run began. */
  async findKept(tenantId: string, id: string): Promise<SkillDefinition | undefined> {
    return (await this.#findRow(tenantId, id))?.skill ?? findKeptSkill(this.#db, tenantId, id)
  }

  async names(tenantId: string): Promise<string[]> {
    const stored = await listActiveIds(this.#db, tenantId, 'SkillDef')
    return [...new Set([...stored, ...this.#configured.list()].map(({ name }) => name))].sort()
  }

  async #findRow(tenantId: string, id: string): Promise<SkillVersion | undefined> {
    const row = await findVersion(this.#db.read, tenantId, 'SkillDef', id)
    if (!row) return undefined
    const { body = '', description, tools } = parseJson(row.definition) as SkillOverlay
    // What a tenant says of a skill that comes with files is said beside them.
    const directory = this.#configured.find(row.name)?.directory
    const skill: SkillDefinition = {
      ...{ name: row.name, source: 'stored', body },
      ...(description ? { description } : {}),
      ...(tools ? { tools } : {}),
      ...(directory ? { directory } : {}),
    }
    return { id, skill, isRow: true }
  }
}

function idOf(skill: SkillDefinition): string {
  return `skl_${createHash('sha256').update(canonicalJson(skill)).digest('hex').slice(0, 32)}`
}
