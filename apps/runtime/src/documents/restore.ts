import { nameResource } from '../paths/names.ts'
import { ToolError } from '../tools/tool.ts'
import { addChunks, type Draft } from './add-chunks.ts'
import type { StoredChunk } from './chunk.ts'
import type { Edit } from './edit.ts'
import { placeChunk } from './place-chunk.ts'
import type { Removed } from './remove-chunks.ts'
import type { RemovedDocument } from './remove-document.ts'
import { findChunkByNaturalKey, listChunksByIds } from './store/chunks.ts'
import { insertDocument } from './store/documents.ts'
import { type Edge, insertEdges } from './store/edges.ts'
import { putType } from './store/types.ts'

/** Brings back a chunk with everything that was under it, as it was and where it was. */
export async function restoreSubtree(edit: Edit, { chunks, edges }: Removed, op: string): Promise<StoredChunk> {
  const { tx } = edit
  const [top] = chunks
  const documentId = top!.document_id
  const drafts = await Promise.all(chunks.map(async (chunk) => toDraft(chunk, await freeKey(edit, documentId, chunk))))
  const [added] = await addChunks(edit, documentId, drafts)
  const siblings = { document_id: documentId, parent_id: top!.parent_id }
  const position = await placeChunk(tx, added!, siblings, { at: 'position', position: top!.position })
  await restoreEdges(edit, edges)
  edit.record({
    op,
    document_id: documentId,
    chunk_id: added!.id,
    revision: added!.revision,
    detail: { title: added!.title, parent_id: added!.parent_id, position, count: chunks.length },
    before: { created: 'chunks', ids: chunks.map(({ id }) => id) },
  })
  return { ...added!, position }
}

/** Brings back a document; names that stand for something else by now are left to that. */
export async function restoreDocument(edit: Edit, removed: RemovedDocument, op: string): Promise<void> {
  const { tx, place, placeId, now } = edit
  const { document, chunks, edges, paths, types } = removed
  edit.take({ documents: 1 })
  await insertDocument(tx, { ...document, place_id: placeId })
  await addChunks(
    edit,
    document.id,
    chunks.map((chunk) => toDraft(chunk, chunk.natural_key)),
  )
  await restoreEdges(edit, edges)
  for (const type of types) await putType(tx, placeId, type, now)
  for (const path of paths) await restoreName(edit, document.id, path)
  edit.record({
    op,
    document_id: document.id,
    chunk_id: document.root_chunk_id,
    revision: chunks[0]?.revision ?? 1,
    detail: { title: document.title, count: chunks.length },
    before: { created: 'document' },
  })

  async function restoreName({ tx }: Edit, id: string, path: string) {
    try {
      await nameResource(tx, place, path, { kind: 'document', ref: { document_id: id } }, now)
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
    }
  }
}

function toDraft({ id, parent_id, revision, created_at, ...chunk }: StoredChunk, natural_key: string | null): Draft {
  const { title, type, status, body, fields, tags, preamble, asset, markup } = chunk
  const content = { title, type, status, body, fields, tags, preamble, asset, markup, natural_key }
  return { id, parent_id, history: { revision, created_at }, ...content }
}

/** Unless another chunk has taken it meanwhile. */
async function freeKey({ tx }: Edit, documentId: string, { natural_key: key }: StoredChunk): Promise<string | null> {
  return key !== null && (await findChunkByNaturalKey(tx, documentId, key)) ? null : key
}

/** Those of which both ends are there. */
async function restoreEdges({ tx, placeId, now }: Edit, edges: readonly Edge[]) {
  const ends = await listChunksByIds(tx, placeId, [...new Set(edges.flatMap(({ from_id, to_id }) => [from_id, to_id]))])
  const there = new Set(ends.map(({ id }) => id))
  await insertEdges(
    tx,
    placeId,
    edges.filter(({ from_id, to_id }) => there.has(from_id) && there.has(to_id)),
    now,
  )
}
