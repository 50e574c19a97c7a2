import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { type Dirent, findDirent, listBelow } from './store.ts'

/** What has this name; a directory that exists only because of what is in it has the times of that. */
export async function findEntry(db: Kysely<Schema>, place: Place, path: string): Promise<Dirent | undefined> {
  const dirent = await findDirent(db, place, path)
  if (dirent) return dirent
  const below = await listBelow(db, place, path)
  if (below.length === 0 && path !== '/') return undefined
  return {
    path,
    kind: 'directory',
    resource_ref: null,
    created_at: Math.min(...below.map((entry) => entry.created_at)),
    updated_at: Math.max(...below.map((entry) => entry.updated_at)),
  }
}

export async function getEntry(db: Kysely<Schema>, place: Place, path: string): Promise<Dirent> {
  const entry = await findEntry(db, place, path)
  if (!entry) throw new ToolError(`no such path: ${path}`)
  return entry
}
