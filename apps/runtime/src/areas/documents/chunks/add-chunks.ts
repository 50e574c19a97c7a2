import { linkTargets, titleKey } from '../edges/links.ts'
import { relinkAwaiting } from '../edges/relink.ts'
import type { Edit } from '../edit.ts'
import { newDocumentId } from '../ids.ts'
import { insertChunks, lastChunkNumber, type NewChunkRow } from '../store/chunks.ts'
import { replaceLinks, resolveLinks } from '../store/edges.ts'
import { listRemovedByKeys } from '../store/removed.ts'
import { indexChunks } from '../store/search.ts'
import { appendSlots, splitShelf } from '../store/siblings.ts'
import type { ChunkContent, StoredChunk } from './chunk.ts'
import type { Target } from './order.ts'
import { placeChunk } from './place-chunk.ts'
import { removeAtOnce } from './purge.ts'
import { ranksOf } from './rank.ts'

/** A chunk to be; goes after its siblings. */
export interface Draft extends Partial<ChunkContent> {
  id?: string
  /** Of another draft, or of a chunk there is; empty at the top level. */
  parent_id: string
  title: string
  /** Its place in its column; at the end unless given. */
  rank?: string
  /** For one that comes back. */
  history?: Pick<StoredChunk, 'revision' | 'created_at'>
}

/** Stores chunks with their links and their words; the log is the caller's. Parents may be among them, in any order. */
export async function addChunks(edit: Edit, documentId: string, drafts: readonly Draft[]): Promise<StoredChunk[]> {
  const { tx, placeId, actor, now } = edit
  const first = (await lastChunkNumber(tx)) + 1
  const slots = new Map<Draft, { shelf: number; slot: number; position: number }>()
  for (const [parent_id, children] of Map.groupBy(drafts, (draft) => draft.parent_id)) {
    const places = await appendSlots(tx, { document_id: documentId, parent_id }, children.length)
    for (const [i, child] of children.entries()) slots.set(child, places[i]!)
  }
  const ranks = await ranksOf(edit, documentId, drafts)
  const added = drafts.map((draft, i): StoredChunk => {
    const { id, parent_id, history, ...content } = draft
    return {
      ...blank,
      ...content,
      ...slots.get(draft)!,
      rank: ranks.get(draft) ?? '',
      n: first + i,
      id: id ?? newDocumentId(),
      document_id: documentId,
      parent_id,
      revision: history?.revision ?? 1,
      created_at: history?.created_at ?? now,
      updated_at: now,
      actor,
    }
  })
  edit.take({ chunks: added.length, bytes: added.reduce((sum, chunk) => sum + contentBytes(chunk), 0) })
  await freeKeys(edit, documentId, added)
  await insertChunks(tx, placeId, added satisfies NewChunkRow[], edit.batch ?? null)
  await indexChunks(tx, placeId, added)
  await linkAdded(edit, documentId, added)
  return added
}

/** What is stored of a chunk, besides what it is called. */
export function contentBytes({ body, fields, asset }: Pick<ChunkContent, 'body' | 'fields' | 'asset'>): number {
  return Buffer.byteLength(body) + (fields ? JSON.stringify(fields).length : 0) + (asset?.size ?? 0)
}

/** One chunk, where it was asked to be. */
export async function addChunk(edit: Edit, documentId: string, draft: Draft, target: Target): Promise<StoredChunk> {
  const [added] = await addChunks(edit, documentId, [draft])
  const chunk = added!
  const siblings = { document_id: documentId, parent_id: chunk.parent_id }
  if (target.at === 'end') {
    await splitShelf(edit.tx, siblings, chunk.shelf)
    return chunk
  }
  const position = await placeChunk(edit.tx, chunk, siblings, target)
  return { ...chunk, position }
}

const blank: Omit<ChunkContent, 'title'> = {
  type: '',
  status: '',
  body: '',
  fields: null,
  tags: [],
  preamble: '',
  asset: null,
  natural_key: null,
  markup: null,
}

/** What is gone may still have keys until it is removed. */
async function freeKeys({ tx, now }: Edit, documentId: string, added: readonly StoredChunk[]) {
  const keys = added.flatMap(({ natural_key }) => natural_key ?? [])
  if (keys.length > 0) await removeAtOnce(tx, await listRemovedByKeys(tx, documentId, keys), now)
}

/** Their own links, and those of others that have waited for such a title. */
async function linkAdded(edit: Edit, documentId: string, added: readonly StoredChunk[]) {
  const { tx, placeId, now } = edit
  const links = added
    .map(({ id, document_id, body }) => ({ id, document_id, targets: linkTargets(body) }))
    .filter(({ targets }) => targets.length > 0)
  // Nobody can have meant an id that was made just now.
  const back = added.filter(({ created_at }) => created_at !== now).map(({ id }) => id)
  const names = [...new Set(added.map(({ title }) => titleKey(title))), ...back]
  await relinkAwaiting(edit, documentId, names)
  await replaceLinks(tx, placeId, links)
  const ids = links.map(({ id }) => id)
  await resolveLinks(tx, ids, now)
}
