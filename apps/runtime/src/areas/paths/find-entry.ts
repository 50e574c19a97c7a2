import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { type Dirent, findDirent, hasBelow } from './store.ts'

/** A directory that exists only because of what is in it has no times of its own. */
type Entry = Pick<Dirent, 'path' | 'kind' | 'resource_ref'> & Partial<Dirent>

/** What has this name. */
export async function findEntry(db: Kysely<Schema>, place: Place, path: string): Promise<Entry | undefined> {
  const dirent = await findDirent(db, place, path)
  if (dirent) return dirent
  if (path !== '/' && !(await hasBelow(db, place, path))) return undefined
  return { path, kind: 'directory', resource_ref: null }
}

export async function getEntry(db: Kysely<Schema>, place: Place, path: string): Promise<Entry> {
  const entry = await findEntry(db, place, path)
  if (!entry) throw new ToolError(`no such path: ${path}`)
  return entry
}
