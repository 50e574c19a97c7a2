import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { asOneOfMany } from '../../ground/in-slices.ts'
import { ToolError } from '../../ground/tool-error.ts'
import {
  completeMove,
  copyNames,
  deleteStrayCopies,
  dropMove,
  findGoingNames,
  insertMove,
  listUnmoved,
  type MoveBatches,
  removeGoingNames,
} from './batch-store.ts'
import type { PathDeps } from './deps.ts'
import { findEntry, getEntry } from './find-entry.ts'
import { parsePath, prefixOf } from './path.ts'
import { listBelow, type Move, renameBelow, renameDirent } from './store.ts'

type Tx = Kysely<Schema>
type AndThen = (tx: Tx) => Promise<void>
type Deps = Pick<PathDeps, 'db' | 'leftovers'>

const namesAtOnce = 1000

/**
 * Moves a name and everything below it; `andThen` is done in the same step. Of a place there must be one move at a time:
 * a name is marked for one, and what the one before has left may be where this one goes.
 */
export async function moveNames(deps: Deps, place: Place, move: Move, andThen: AndThen): Promise<void> {
  const { db } = deps
  for (let left = await findGoingNames(db.read, place); left; left = await findGoingNames(db.read, place)) {
    const batch = left
    await asOneOfMany(() => db.transaction((tx) => removeGoingNames(tx, batch)))
  }
  const moved = await db.transaction(async (tx) => {
    await requireMovable(tx, place, move)
    const below = await listBelow(tx, place, move.from, { from: prefixOf(move.from), limit: namesAtOnce + 1 })
    if (below.length > namesAtOnce) return false
    for (const { path } of below) requirePath(path, move)
    await renameBelow(tx, place, move)
    await renameDirent(tx, place, move)
    await andThen(tx)
    return true
  })
  if (!moved) await moveInSteps(deps, place, move, andThen)
}

/** Copies them to where nobody sees them, until all at once those are there and these are not; they are removed afterwards. */
async function moveInSteps({ db, leftovers }: Deps, place: Place, move: Move, andThen: AndThen): Promise<void> {
  const step = <T>(work: (tx: Tx) => Promise<T>) => asOneOfMany(() => db.transaction(work))
  const batches = await step((tx) => insertMove(tx, place))
  try {
    let isWhole = false
    while (!isWhole) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const from: string = after
        after = await step((tx) => copySome(tx, place, move, batches, from))
      }
      isWhole = await step(async (tx) => {
        await requireMovable(tx, place, move)
        if ((await copySome(tx, place, move, batches, '')) !== undefined) return false
        await deleteStrayCopies(tx, move, batches)
        await renameDirent(tx, place, move)
        await completeMove(tx, batches)
        await andThen(tx)
        return true
      })
    }
  } finally {
    await db.transaction((tx) => dropMove(tx, batches))
    leftovers.begin()
  }
}

/** Says behind which there may be more. */
async function copySome(tx: Tx, place: Place, move: Move, batches: MoveBatches, after: string) {
  const paths = await listUnmoved(tx, place, move.from, batches, { after, limit: namesAtOnce })
  for (const path of paths) requirePath(path, move)
  const [first, last] = [paths[0], paths.at(-1)]
  if (first === undefined || last === undefined) return undefined
  await copyNames(tx, place, [first, last], move, batches)
  return paths.length === namesAtOnce ? last : undefined
}

async function requireMovable(tx: Tx, place: Place, { from, to }: Move) {
  await getEntry(tx, place, from)
  if (await findEntry(tx, place, to)) throw new ToolError(`the destination ${to} exists already`)
}

/** What is below must be a path there as well: not too long, not too deep. */
function requirePath(path: string, { from, to }: Move) {
  parsePath(to + path.slice(from.length))
}
