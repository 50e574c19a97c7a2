import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import type { Place } from '../../../ground/identity/place.ts'
import { asOneOfMany } from '../../../ground/in-slices.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { getEntry } from '../find-entry.ts'
import { parsePath } from '../path.ts'
import { countBelow, deleteBelow, deleteDirent, hasBelow } from '../store.ts'

const namesAtOnce = 1000

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
    await getEntry(db.read, place, path)
    if (!recursive && (await hasBelow(db.read, place, path))) {
      const below = await countBelow(db.aside(caller), place, path)
      throw new ToolError(
        `${path} has ${below} ${below === 1 ? 'descendant' : 'descendants'}; pass recursive to remove them too`,
      )
    }
    // The name itself goes last, so that what was cut off can be asked for again.
    const removedBefore = recursive ? await removeMost(db, place, path) : 0
    return db.transaction(async (tx) => {
      const below = recursive ? await deleteBelow(tx, place, path, namesAtOnce) : 0
      const n_removed = removedBefore + below + (await deleteDirent(tx, place, path))
      if (n_removed === 0) throw new ToolError(`no such path: ${path}`)
      const answer = { ok: true, removed: path, n_removed }
      await keepAnswer(tx, caller.keyed, answer, clock.now())
      return answer
    })
  }
}

/** All of the names below but a few, a step at a time; says how many. */
async function removeMost(db: PathDeps['db'], place: Place, path: string): Promise<number> {
  let removed = 0
  while ((await countBelow(db.read, place, path, namesAtOnce + 1)) > namesAtOnce) {
    removed += await asOneOfMany(() => db.transaction((tx) => deleteBelow(tx, place, path, namesAtOnce)))
  }
  return removed
}
