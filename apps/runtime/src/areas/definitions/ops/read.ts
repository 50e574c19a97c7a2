import { contentHash } from '../../../engine/definitions/content-hash.ts'
import { type DefinitionRow, findName, findVersion, listVersions } from '../../../engine/definitions/store.ts'
import { findActive } from '../../../engine/definitions/versions.ts'
import { afterCursor, type Listing, toCursor } from '../../../ground/cursor.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { Authority } from '../access.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { toRow } from '../to-row.ts'

/** A foreign version and a missing one look the same. */
export async function getVersion(
  db: DefinitionDeps['db']['read'],
  { tenantId }: Caller,
  { family, noun }: Pick<Family<object>, 'family' | 'noun'>,
  id: string,
): Promise<DefinitionRow> {
  const row = await findVersion(db, tenantId, family, id)
  if (row) return row
  throw new ToolError(`there is no version ${id.slice(0, 80)} of ${noun === 'agent' ? 'an' : 'a'} ${noun}`)
}

export function get<D extends object>({ db }: DefinitionDeps, family: Family<D>) {
  return async (caller: Caller, { def_id }: { def_id: string }) => {
    const row = await getVersion(db.read, caller, family, def_id)
    await new Authority(caller, family).requireVersion(db.read, row)
    const name = await findName(db.read, { tenantId: row.tenant_id, family: row.family, name: row.name })
    return toRow<D>(row, { promoted: name?.active_id === row.id })
  }
}

export function list<D extends object>({ db }: DefinitionDeps, family: Family<D>) {
  return async (caller: Caller, { name, limit = 100, cursor }: { name: string; limit?: number; cursor?: string }) => {
    await new Authority(caller, family).requireName(db.read, name)
    const of = { tenantId: caller.tenantId, family: family.family, name }
    const listing: Listing = ['definitions.versions', of]
    const [after] = afterCursor(cursor, listing, 1) ?? []
    const rows = await listVersions(db.read, of, { limit, after: after as number | undefined })
    const active = rows.length > 0 ? await findName(db.read, of) : undefined
    const last = rows.at(-1)
    return {
      name,
      versions: rows.map((row) => toRow<D>(row, { promoted: row.id === active?.active_id })),
      // Numbers are dense, and begin at 1.
      ...(last && last.version > 1 ? { next_cursor: toCursor(listing, [last.version]) } : {}),
    }
  }
}

/** Compares with what is in use, also where that is what is configured. */
export function verify<D extends object>({ db }: DefinitionDeps, family: Family<D>) {
  return async (caller: Caller, { name, content_sha256 = '' }: { name: string; content_sha256?: string }) => {
    await new Authority(caller, family).requireName(db.read, name)
    const active = await findActive(db.read, { tenantId: caller.tenantId, family: family.family, name })
    const configured = active ? undefined : await family.findConfigured(caller.tenantId, name)
    const current = active?.content_sha256 ?? (configured ? contentHash(configured) : '')
    return {
      matches: current !== '' && current === content_sha256.toLowerCase(),
      current_sha256: current,
      current_def_id: active?.id ?? '',
      version: active?.version ?? 0,
      name,
      deployed: current !== '',
    }
  }
}
