import { type DocumentChange, RuntimeError } from '@loomcycle/proto'
import { nextSlice } from '../../../ground/in-slices.ts'
import type { DocumentDeps } from '../deps.ts'
import type { Within } from '../find.ts'
import { toDocumentChange } from '../history/document-change.ts'
import { listChanges, type StoredChange } from '../store/changes.ts'
import { isWithin } from '../store/chunks.ts'
import type { StoredChunk } from './chunk.ts'

type Top = Pick<StoredChunk, 'id' | 'document_id'>

/** Whether a change has to do with what somebody is about to change, too. */
type Concerns = (within: Within, chunk: Top, change: StoredChange) => boolean | Promise<boolean>

const pageSize = 200

/** So many changes a refusal tells of. */
const mostTold = 20

/** The chunk, what is under it, and edges that lead there. */
export const inBranch: Concerns = async ({ tx }, chunk, { chunk_id, detail }) => {
  const ends = [chunk_id, detail.to_id].filter((id) => typeof id === 'string' && id !== '')
  for (const end of ends) if (await isWithin(tx, end as string, chunk.id)) return true
  return false
}

/** Where the chunk itself stands. */
export const ofPlace: Concerns = (_, { id }, { chunk_id, detail }) => chunk_id === id && 'position' in detail

/**
 * The check, for the transaction of a change, that nothing of concern was done since what its author has seen. What was
 * done until now is looked through here, outside of it and a little at a time.
 */
export async function unlessChanged(
  { db }: Pick<DocumentDeps, 'db'>,
  within: Within,
  chunk: Top | undefined,
  since: number | undefined,
  concerns: Concerns,
): Promise<(current: Within) => Promise<void>> {
  if (!chunk || since === undefined) return async () => {}
  let seen = since
  for (let more = true; more; ) {
    await nextSlice()
    ;({ until: seen, more } = await lookAt({ ...within, tx: db.read }, chunk, seen, concerns))
  }
  return async (current) => {
    for (let after = seen, more = true; more; ) {
      ;({ until: after, more } = await lookAt(current, chunk, after, concerns))
    }
  }
}

/** A page of changes; throws where it has any of concern. */
async function lookAt(within: Within, chunk: Top, after: number, concerns: Concerns) {
  const changes = await listChanges(within.tx, within.place, { documentId: chunk.document_id, after, limit: pageSize })
  const found: DocumentChange[] = []
  for (const change of changes) {
    if (found.length < mostTold && (await concerns(within, chunk, change))) found.push(toDocumentChange(change))
  }
  if (found.length > 0) {
    const first = found[0]!
    const message = `changed since: ${first.op} by ${first.actor.id} (change ${first.seq}); read it again and decide anew`
    throw new RuntimeError('changed_since', message, { changes: found })
  }
  return { until: changes.at(-1)?.seq ?? after, more: changes.length === pageSize }
}
