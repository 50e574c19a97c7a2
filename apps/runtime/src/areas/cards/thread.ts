import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { StoredChunk } from '../documents/chunks/chunk.ts'
import { findColumn } from '../documents/store/board.ts'
import type { CardStart } from '../documents/store/card-starts.ts'
import { listComments } from '../documents/store/chunks.ts'
import type { Thread } from './task.ts'

/** So many of the latest comments are shown. */
const mostComments = 50

/** What was said about a card, and what belongs into its column. */
export async function readThread(db: Kysely<Schema>, row: CardStart, card: StoredChunk): Promise<Thread> {
  const comments = await listComments(db, card, mostComments)
  const column = row.status === '' ? undefined : await findColumn(db, row)
  return { comments, column }
}
