import { isDeepStrictEqual } from 'node:util'
import { requireMayBind } from '../board/follow-team.ts'
import { linkTargets, titleKey } from '../edges/links.ts'
import { relinkAwaiting, relinkLeading } from '../edges/relink.ts'
import type { Edit } from '../edit.ts'
import { nowOf, standingOf } from '../history/told-of-change.ts'
import { findChunk, replaceTags, updateChunkRow, updateContents, updateRank } from '../store/chunks.ts'
import { updateDocumentTitle } from '../store/documents.ts'
import { replaceLinks, resolveLinks } from '../store/edges.ts'
import { indexChunks, unindexChunks } from '../store/search.ts'
import { contentBytes } from './add-chunks.ts'
import type { ChunkContent, ChunkState, StoredChunk } from './chunk.ts'
import type { Destination } from './destination.ts'
import { placeChunk } from './place-chunk.ts'
import { rankBeside } from './rank.ts'

export interface ChunkPatch {
  content?: Partial<ChunkContent>
  destination?: Destination
  /** In its column; at the end of another unless given. */
  rank?: string
}

/**
 * Writes what changes of a chunk, with its links, words and place in the log. Content that is written makes a new
 * revision; a chunk that only moves or gets other tags keeps its revision unless `newRevision` is set.
 */
export async function changeChunk(
  edit: Edit,
  chunk: StoredChunk,
  { content = {}, destination, rank: given }: ChunkPatch,
  { op, newRevision }: { op: string; newRevision: boolean },
): Promise<StoredChunk> {
  const { tx, placeId, actor, now } = edit
  requireMayBind(edit, chunk, { ...chunk, ...content })
  const before = changedKeys(chunk, content)
  const speaks = Object.keys(before).length > 0
  const isNewColumn = 'status' in before
  const rank = given ?? (isNewColumn ? await rankBeside(edit, chunk, content.status!, {}) : chunk.rank)
  // The same rank in another column is another place.
  if (isNewColumn || rank !== chunk.rank) before.rank = chunk.rank
  if (newRevision) {
    edit.take({ bytes: contentBytes({ ...chunk, ...content }) - contentBytes(chunk) })
    const write = { revision: chunk.revision + 1, actor, now }
    await updateChunkRow(tx, chunk, { ...content, ...('rank' in before ? { rank } : {}) }, write)
    await updateContents(tx, chunk, content)
  } else if ('rank' in before) await updateRank(tx, chunk, rank)
  if (content.tags && 'tags' in before) await replaceTags(tx, placeId, chunk, content.tags)
  if (destination) {
    const siblings = { document_id: chunk.document_id, parent_id: destination.parentId }
    await placeChunk(tx, chunk, siblings, destination.target)
  }
  const after = (await findChunk(tx, placeId, chunk.id))!
  if (after.parent_id !== chunk.parent_id || after.position !== chunk.position) {
    Object.assign(before, { parent_id: chunk.parent_id, position: chunk.position })
  }
  await followUp(edit, chunk, after, speaks)
  const keys = Object.keys(before)
  edit.record({
    op,
    document_id: chunk.document_id,
    chunk_id: chunk.id,
    revision: after.revision,
    detail: {
      title: after.title,
      keys,
      ...nowOf(after, keys),
      ...('position' in before ? await standingOf(edit, after) : {}),
    },
    before,
  })
  return after
}

/** What was there of what becomes different. */
function changedKeys(chunk: StoredChunk, content: Partial<ChunkContent>): Partial<ChunkState> {
  const keys = Object.keys(content) as Array<keyof ChunkContent>
  const changed = keys.filter((key) => content[key] !== undefined && !isDeepStrictEqual(content[key], chunk[key]))
  return Object.fromEntries(changed.map((key) => [key, chunk[key]]))
}

/** Everything that is made from what a chunk says; `speaks`: it says something else than before. */
async function followUp(edit: Edit, before: StoredChunk, after: StoredChunk, speaks: boolean) {
  const { tx, placeId, now } = edit
  if (speaks) {
    await unindexChunks(tx, [after])
    await indexChunks(tx, placeId, [after])
  }
  if (after.body !== before.body) {
    await replaceLinks(tx, placeId, [{ ...after, targets: linkTargets(after.body) }])
    await resolveLinks(tx, [after.id], now)
  }
  if (after.title !== before.title) {
    await relinkAwaiting(edit, after.document_id, [titleKey(after.title)])
    await relinkLeading(edit, after.document_id, [after.id])
    if (after.parent_id === '') await updateDocumentTitle(tx, after.id, after.document_id, after.title)
  }
}
