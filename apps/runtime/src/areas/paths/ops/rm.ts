import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { getEntry } from '../find-entry.ts'
import { parsePath } from '../path.ts'
import { countBelow, deleteSubtree } from '../store.ts'

export function removePath({ db, clock }: PathDeps): PathOp<'rm'> {
  return async (caller, { scope = 'agent', path: text, recursive = false, resource_too = false }) => {
    if (resource_too) {
      throw new ToolError(
        'resource_too is not supported: a name is removed, what it stands for is deleted by its own tool',
      )
    }
    const path = parsePath(text)
    if (path === '/') throw new ToolError('the root cannot be removed')
    const place = placeFor(caller, scope)
    return db.transaction(async (tx) => {
      await getEntry(tx, place, path)
      const below = await countBelow(tx, place, path)
      if (below > 0 && !recursive) {
        throw new ToolError(
          `${path} has ${below} ${below === 1 ? 'descendant' : 'descendants'}; pass recursive to remove them too`,
        )
      }
      const answer = { ok: true, removed: path, n_removed: await deleteSubtree(tx, place, path) }
      await keepAnswer(tx, caller.keyed, answer, clock.now())
      return answer
    })
  }
}
