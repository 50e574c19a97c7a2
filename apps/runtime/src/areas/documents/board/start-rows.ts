import type { BoardColumn } from '@loomcycle/proto'
import type { StoredChunk } from '../chunks/chunk.ts'
import type { Edit } from '../edit.ts'
import { getDocument } from '../find.ts'
import { deleteWaiting, insertCardStart, isAtWork } from '../store/card-starts.ts'
import { findTeamOfRun } from '../store/teams.ts'
import { isCard } from './settings.ts'

/**
 * Has the agent of a column started with a card that came into it; once, however often it comes while it is at work there.
 * On a card that is on its way through a team, that has whoever it wants at work.
 */
export async function startInColumn(edit: Edit, card: StoredChunk, column: BoardColumn | undefined): Promise<void> {
  if (!column?.agent) return
  const { tx, place, placeId } = edit
  if (await findTeamOfRun(tx, place.tenantId, { placeId, chunkId: card.id })) return
  const { root_chunk_id } = await getDocument(edit, card.document_id)
  if (!isCard(card, root_chunk_id)) return
  // It may have been here before, and left before its turn.
  await deleteWaiting(edit.tx, card)
  if (await isAtWork(edit.tx, card, column.agent)) return
  await insertStart(edit, { card, agent: column.agent, status: column.status })
}

/** A row that is committed with what is written, for whoever starts agents. */
export async function insertStart(
  edit: Edit,
  { card, agent, comment, status = '' }: { card: StoredChunk; agent: string; comment?: StoredChunk; status?: string },
): Promise<void> {
  const { tx, placeId, actor, caller, now } = edit
  await insertCardStart(tx, {
    tenant_id: caller.tenantId,
    user_id: caller.userId,
    place_id: placeId,
    document_id: card.document_id,
    chunk_id: card.id,
    comment_id: comment?.id ?? '',
    status,
    agent,
    said: comment?.body ?? '',
    asked_by: JSON.stringify(actor),
    tree: caller.run ? JSON.stringify({ rootRunId: caller.run.rootId, depth: caller.run.depth }) : null,
    created_at: now,
    run_id: null,
  })
  edit.lookForStarts()
}
