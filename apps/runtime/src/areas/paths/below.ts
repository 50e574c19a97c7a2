import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { nextSlice } from '../../ground/in-slices.ts'
import { afterPrefix, childOf, prefixOf } from './path.ts'
import { type Dirent, listBelow } from './store.ts'

type Db = Kysely<Schema>

const pageSize = 500

/** All names below a path, in order, read a page at a time. */
export function namesBelow(db: Db, place: Place, path: string): Promise<Dirent[]> {
  return inPages(db, place, path, (last) => `${last}\0`)
}

/** Of them, enough to know what is directly there: what is deeper is passed over. */
export function someNamesBelow(db: Db, place: Place, path: string): Promise<Dirent[]> {
  return inPages(db, place, path, (last) => {
    const child = childOf(path, last)
    return child === last ? `${last}\0` : afterPrefix(child)
  })
}

async function inPages(db: Db, place: Place, path: string, goOnAt: (last: string) => string): Promise<Dirent[]> {
  const names: Dirent[] = []
  for (let from = prefixOf(path); ; ) {
    const page = await listBelow(db, place, path, { from, limit: pageSize })
    for (const name of page) names.push(name)
    const last = page.at(-1)
    if (!last || page.length < pageSize) return names
    from = goOnAt(last.path)
    await nextSlice()
  }
}
