import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { keyOfPlace } from '../../../ground/identity/place.ts'
import { InLines } from '../../../ground/in-lines.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { moveNames } from '../move-names.ts'
import { isBelow, parsePath } from '../path.ts'

export function movePath(deps: PathDeps): PathOp<'mv'> {
  const lines = new InLines()
  return async (caller, { scope = 'agent', path, to: target }) => {
    const from = parsePath(path)
    const to = parsePath(target)
    if (from === '/' || to === '/') throw new ToolError('the root cannot be moved or replaced')
    if (from === to) throw new ToolError(`${from} and ${to} are the same path`)
    if (isBelow(to, from)) throw new ToolError(`${from} cannot be moved into its own subtree ${to}`)
    const place = placeFor(caller, scope)
    const answer = { ok: true, from, to }
    await lines.run(keyOfPlace(place), () => {
      const now = deps.clock.now()
      return moveNames(deps, place, { from, to, now }, (tx) => keepAnswer(tx, caller.keyed, answer, now))
    })
    return answer
  }
}
