import type { DefinitionFamily } from '@loomcycle/proto'
import { newDefinitionId } from '../../ground/ids.ts'
import { contentHash, withoutEmpty } from './content-hash.ts'
import {
  type Db,
  type DefinitionRow,
  findBootstrapped,
  findName,
  findVersion,
  insertVersion,
  type NameOf,
  type NameRow,
  putName,
  setRetired,
} from './store.ts'

const prefixes = { AgentDef: 'def', SkillDef: 'sdf', TeamDef: 'tdf' } as const satisfies Record<
  DefinitionFamily,
  string
>

/** Who makes a version, and what they say of it. */
export interface Author {
  /** Name of the agent; empty for people. */
  createdBy: string
  agentId: string
  runId: string | null
}

export interface NewVersion extends NameOf {
  definition: object
  description: string
  parentId: string | null
  author: Author
  promote: boolean
  bootstrapped?: boolean
  now: number
}

/**
 * The steps in which names and their versions change. Each is part of a transaction, in which nobody else writes, of this
 * process or another: numbers are given out in order, and of two who promote at once the later one has the say.
 */
export async function addVersion(tx: Db, version: NewVersion): Promise<DefinitionRow> {
  const { tenantId, family, name, author, now } = version
  const before = await findName(tx, version)
  const row: DefinitionRow = {
    id: newDefinitionId(prefixes[family]),
    tenant_id: tenantId,
    family,
    name,
    version: (before?.latest_version ?? 0) + 1,
    parent_id: version.parentId,
    definition: JSON.stringify(withoutEmpty(version.definition)),
    description: version.description,
    content_sha256: contentHash(version.definition),
    created_at: now,
    created_by: author.createdBy,
    created_by_agent_id: author.agentId,
    created_by_run_id: author.runId,
    retired: 0,
    bootstrapped: Number(version.bootstrapped ?? false),
  }
  await insertVersion(tx, row)
  await putName(tx, {
    tenant_id: tenantId,
    family,
    name,
    active_id: version.promote ? row.id : (before?.active_id ?? null),
    active_retired: version.promote ? 0 : (before?.active_retired ?? 0),
    latest_version: row.version,
    version_count: (before?.version_count ?? 0) + 1,
    live_count: (before?.live_count ?? 0) + 1,
    updated_at: now,
  })
  return row
}

/** The active version of a name, where it says the same. */
export async function findSameActive(tx: Db, of: NameOf, definition: object): Promise<DefinitionRow | undefined> {
  const active = await findActive(tx, of)
  return active?.content_sha256 === contentHash(definition) ? active : undefined
}

export async function findActive(tx: Db, of: NameOf): Promise<DefinitionRow | undefined> {
  const name = await findName(tx, of)
  if (!name?.active_id || name.active_retired) return undefined
  return findVersion(tx, of.tenantId, of.family, name.active_id)
}

/** A copy of what is configured under a name, to be forked from: the one there is, while that says the same. */
export async function bootstrap(
  tx: Db,
  version: Omit<NewVersion, 'parentId' | 'promote' | 'bootstrapped'>,
): Promise<DefinitionRow> {
  const there = await findBootstrapped(tx, version)
  if (there?.content_sha256 === contentHash(version.definition)) return there
  return addVersion(tx, { ...version, parentId: null, promote: false, bootstrapped: true })
}

/** Whatever begins from now on uses it. */
export async function promote(tx: Db, row: DefinitionRow, now: number): Promise<void> {
  const name = await nameOf(tx, row)
  await putName(tx, { ...name, active_id: row.id, active_retired: row.retired, updated_at: now })
}

export async function retire(tx: Db, row: DefinitionRow, retired: boolean, now: number): Promise<void> {
  if (row.retired === Number(retired)) return
  const name = await nameOf(tx, row)
  await setRetired(tx, row.id, retired)
  await putName(tx, {
    ...name,
    ...(name.active_id === row.id ? { active_retired: Number(retired) } : {}),
    live_count: name.live_count + (retired ? -1 : 1),
    updated_at: now,
  })
}

async function nameOf(tx: Db, { tenant_id, family, name }: DefinitionRow): Promise<NameRow> {
  return (await findName(tx, { tenantId: tenant_id, family, name }))!
}
