import type { PlaceScope } from '../../ground/identity/place.ts'
import { asOneOfMany } from '../../ground/in-slices.ts'
import type { Caller } from '../../tools/caller.ts'
import type { DocumentDeps } from './deps.ts'
import { type Edit, edit } from './edit.ts'
import { getDocument } from './find.ts'
import { deleteBatch, insertBatch, setBatchState } from './store/batches.ts'

type Step<T = unknown> = (edit: Edit) => Promise<T>

export interface Arrival<T> {
  documentId: string
  /** Makes the document, where it comes as well. */
  makeDocument?: Step
  parts: Iterable<Step> | AsyncIterable<Step>
  /** From here on everything is there. */
  finish: Step<T>
}

/**
 * Adds chunks in many short transactions. Nobody sees any of them before the last one, and if it does not come to that,
 * they are removed again, by the next process if need be.
 */
export async function arrive<T>(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  { documentId, makeDocument, parts, finish }: Arrival<T>,
): Promise<T> {
  const { keyed: _, ...inBetween } = caller
  const now = deps.clock.now()
  const step = <R>(work: Step<R>) => asOneOfMany(() => edit(deps, inBetween, scope, work, now))
  const batch = await step(async (current) => {
    const { tx, placeId } = current
    await makeDocument?.(current)
    return insertBatch(tx, placeId, { documentId: makeDocument ? documentId : null, state: 'coming' })
  })
  let arrived = false
  try {
    for await (const part of parts) {
      await step(async (current) => {
        if (!makeDocument) await getDocument(current, documentId)
        await part(makeDocument ? current : { ...current, batch })
      })
    }
    return await edit(
      deps,
      caller,
      scope,
      async (current) => {
        await deleteBatch(current.tx, batch)
        const answer = await finish(current)
        arrived = true
        return answer
      },
      now,
    )
  } catch (error) {
    arrived = false
    throw error
  } finally {
    if (!arrived) {
      await deps.db.transaction((tx) => setBatchState(tx, batch, 'dropped'))
      deps.leftovers.begin()
    }
  }
}
