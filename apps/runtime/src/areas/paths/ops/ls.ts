import { inSlices } from '../../../ground/in-slices.ts'
import { placeFor } from '../access.ts'
import { namesBelow, someNamesBelow } from '../below.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { parsePath } from '../path.ts'
import { childrenOf, descendantsOf } from '../tree.ts'

export function listPath({ db }: PathDeps): PathOp<'ls'> {
  return async (caller, { scope = 'agent', path: text = '/', recursive = false, kind_filter }) => {
    const path = parsePath(text)
    const place = placeFor(caller, scope)
    const entries = await inSlices(
      recursive
        ? descendantsOf(path, await namesBelow(db.read, place, path))
        : childrenOf(path, await someNamesBelow(db.read, place, path)),
    )
    return { path, entries: entries.filter((entry) => kind_filter === undefined || entry.kind === kind_filter) }
  }
}
