import type { BoardColumn } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import { listColumns } from '../documents/store/board.ts'
import type { CardStart, Limit } from '../documents/store/card-starts.ts'

const usually = 1

/** How many cards of a column may be worked on at once. Where the board says so itself, what comments start counts too. */
export function limitOf(
  { document_id, status }: Pick<CardStart, 'document_id' | 'status'>,
  { agent = '', at_once }: BoardColumn,
): Limit {
  return { document_id, status, mentioned: at_once === undefined ? '' : agent, most: at_once ?? usually }
}

/** What a comment has to wait for: every column for whose cards the board says how many runs of this agent there may be. */
export async function limitsOfMention(
  db: Kysely<Schema>,
  { document_id, agent }: Pick<CardStart, 'document_id' | 'agent'>,
): Promise<Limit[]> {
  const columns = await listColumns(db, document_id)
  return columns
    .filter((column) => column.agent === agent && column.at_once !== undefined)
    .map((column) => limitOf({ document_id, status: column.status }, column))
}
