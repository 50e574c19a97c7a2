import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { findEntry, getEntry } from '../find-entry.ts'
import { isBelow, parsePath } from '../path.ts'
import { listExtremesBelow, renameSubtree } from '../store.ts'

export function movePath({ db, clock }: PathDeps): PathOp<'mv'> {
  return async (caller, { scope = 'agent', path, to: target }) => {
    const from = parsePath(path)
    const to = parsePath(target)
    if (from === '/' || to === '/') throw new ToolError('the root cannot be moved or replaced')
    if (from === to) throw new ToolError(`${from} and ${to} are the same path`)
    if (isBelow(to, from)) throw new ToolError(`${from} cannot be moved into its own subtree ${to}`)
    const place = placeFor(caller, scope)
    const answer = { ok: true, from, to }
    await db.transaction(async (tx) => {
      await getEntry(tx, place, from)
      if (await findEntry(tx, place, to)) throw new ToolError(`the destination ${to} exists already`)
      // What is below must be a path there as well: not too long, not too deep.
      for (const below of await listExtremesBelow(tx, place, from)) parsePath(to + below.slice(from.length))
      await renameSubtree(tx, place, from, to, clock.now())
      await keepAnswer(tx, caller.keyed, answer, clock.now())
    })
    return answer
  }
}
