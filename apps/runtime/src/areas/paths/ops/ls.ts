import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { parsePath } from '../path.ts'
import { listBelow } from '../store.ts'
import { childrenOf, descendantsOf } from '../tree.ts'

export function listPath({ db }: PathDeps): PathOp<'ls'> {
  return async (caller, { scope = 'agent', path: text = '/', recursive = false, kind_filter }) => {
    const path = parsePath(text)
    const below = await listBelow(db.read, placeFor(caller, scope), path)
    const entries = recursive ? descendantsOf(path, below) : childrenOf(path, below)
    return { path, entries: entries.filter((entry) => kind_filter === undefined || entry.kind === kind_filter) }
  }
}
