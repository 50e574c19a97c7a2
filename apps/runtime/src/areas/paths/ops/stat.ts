import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { getEntry } from '../find-entry.ts'
import { nameOf, parsePath } from '../path.ts'
import { timesBelow } from '../store.ts'
import { toRef } from '../tree.ts'

export function statPath({ db }: PathDeps): PathOp<'stat'> {
  return async (caller, { scope = 'agent', path: text }) => {
    const path = parsePath(text)
    const place = placeFor(caller, scope)
    const { kind, resource_ref, ...own } = await getEntry(db.read, place, path)
    const times = own.created_at === undefined ? await timesBelow(db.aside(caller), place, path) : own
    return {
      full_path: path,
      name: nameOf(path),
      kind,
      scope,
      resource_ref: toRef(resource_ref).resource_ref ?? {},
      created_at: timeOf(times.created_at),
      updated_at: timeOf(times.updated_at),
    }
  }
}

/** The root of an empty tree has no times; it was always there. */
function timeOf(ms: number | null | undefined): string {
  return new Date(ms ?? 0).toISOString()
}
