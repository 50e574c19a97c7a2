import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { getEntry } from '../find-entry.ts'
import { nameOf, parsePath } from '../path.ts'
import { toRef } from '../tree.ts'

export function statPath({ db }: PathDeps): PathOp<'stat'> {
  return async (caller, { scope = 'agent', path: text }) => {
    const path = parsePath(text)
    const { kind, resource_ref, created_at, updated_at } = await getEntry(db.read, placeFor(caller, scope), path)
    return {
      full_path: path,
      name: nameOf(path),
      kind,
      scope,
      resource_ref: toRef(resource_ref).resource_ref ?? {},
      created_at: timeOf(created_at),
      updated_at: timeOf(updated_at),
    }
  }
}

/** The root of an empty tree has no times; it was always there. */
function timeOf(ms: number): string {
  return new Date(Number.isFinite(ms) ? ms : 0).toISOString()
}
