import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { getEntry } from '../find-entry.ts'
import { parsePath } from '../path.ts'
import { toEntry } from '../tree.ts'

export function resolvePath({ db }: PathDeps): PathOp<'resolve'> {
  return async (caller, { scope = 'agent', path: text }) => {
    const path = parsePath(text)
    if (path === '/') return { kind: 'directory', full_path: '/' }
    return toEntry(await getEntry(db.read, placeFor(caller, scope), path))
  }
}
