import type { PlaceScope } from '../../../ground/identity/place.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { nameResource } from '../../paths/names.ts'
import { arrive } from '../arrive.ts'
import { addChunks, type Draft } from '../chunks/add-chunks.ts'
import type { StoredChunk } from '../chunks/chunk.ts'
import { placeChunk } from '../chunks/place-chunk.ts'
import type { Removed, RemovedBatch } from '../chunks/remove-chunks.ts'
import { declareType } from '../declare-type.ts'
import type { DocumentDeps } from '../deps.ts'
import type { Edit } from '../edit.ts'
import type { RemovedDocument } from '../remove-document.ts'
import { findChunk, findChunkByNaturalKey, listStayingIds } from '../store/chunks.ts'
import { insertDocument } from '../store/documents.ts'
import { type Edge, insertEdges } from '../store/edges.ts'
import { listKeptChunks, listKeptEdges } from '../store/removed.ts'
import { standingOf } from './told-of-change.ts'

/** Brings back a chunk with everything that was under it, as it was and where it was. */
export async function restoreSubtree(edit: Edit, { chunks, edges }: Removed, op: string): Promise<void> {
  const [top] = chunks
  await addChunks(edit, top!.document_id, await toDrafts(edit, chunks))
  await restoreEdges(edit, edges)
  await announceSubtree(
    edit,
    op,
    top!,
    chunks.map(({ id }) => id),
  )
}

/** The same for what went with a batch. */
export async function restoreBranch(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  { id, document_id: documentId, removed, op }: { id: string; document_id: string; removed: RemovedBatch; op: string },
): Promise<void> {
  const ids: string[] = []
  await arrive(deps, caller, scope, {
    documentId,
    parts: keptParts(deps, documentId, removed.batch, ids),
    finish: (current) => announceSubtree(current, op, { id, document_id: documentId, ...removed }, ids),
  })
}

async function announceSubtree(
  edit: Edit,
  op: string,
  { id, document_id, parent_id, position: wanted }: Pick<StoredChunk, 'id' | 'document_id' | 'parent_id' | 'position'>,
  ids: readonly string[],
) {
  if (!(await isThere(edit, parent_id))) throw new ToolError('what it was under is gone')
  const added = (await findChunk(edit.tx, edit.placeId, id))!
  const position = await placeChunk(edit.tx, added, { document_id, parent_id }, { at: 'position', position: wanted })
  edit.record({
    op,
    document_id,
    chunk_id: id,
    revision: added.revision,
    detail: { title: added.title, ...(await standingOf(edit, { id, parent_id, position })), count: ids.length },
    before: { created: 'chunks', ids },
  })
}

async function isThere({ tx, placeId }: Edit, parentId: string): Promise<boolean> {
  return parentId === '' || (await findChunk(tx, placeId, parentId)) !== undefined
}

/** Brings back a document; names that stand for something else by now are left to that. */
export async function restoreDocument(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  removed: RemovedDocument & Partial<Removed>,
  op: string,
): Promise<void> {
  const { document } = removed
  const ids: string[] = []
  await arrive(deps, caller, scope, {
    documentId: document.id,
    makeDocument({ tx, placeId, take }) {
      take({ documents: 1 })
      return insertDocument(tx, { ...document, place_id: placeId })
    },
    parts: removed.chunks
      ? [wholeOf(removed as RemovedDocument & Removed, ids)]
      : keptParts(deps, document.id, removed.batch, ids),
    finish: (current) => announceDocument(current, op, removed, ids.length),
  })
}

async function announceDocument(edit: Edit, op: string, { document, types, paths }: RemovedDocument, count: number) {
  const { tx, place, placeId, now } = edit
  for (const type of types) await declareType(edit, type, undefined)
  const resource = { kind: 'document', ref: { document_id: document.id } } as const
  for (const path of paths) {
    try {
      await nameResource(tx, place, path, resource, now)
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
    }
  }
  const root = await findChunk(tx, placeId, document.root_chunk_id)
  edit.record({
    op,
    document_id: document.id,
    chunk_id: document.root_chunk_id,
    revision: root?.revision ?? 1,
    detail: { title: document.title, count },
    before: { created: 'document' },
  })
}

/** As earlier versions kept a document: all of it with the note that it was removed. */
function wholeOf({ document, chunks, edges }: RemovedDocument & Removed, ids: string[]) {
  return async (edit: Edit) => {
    await addChunks(edit, document.id, await toDrafts(edit, chunks))
    await restoreEdges(edit, edges)
    for (const { id } of chunks) ids.push(id)
  }
}

const chunksAtOnce = 200

/** The steps in which comes back what went with a batch; fills in the ids. */
async function* keptParts({ db }: DocumentDeps, documentId: string, batch: number, ids: string[]) {
  for (let last: StoredChunk | undefined; ; ) {
    const chunks: StoredChunk[] = await listKeptChunks(db.read, batch, last, chunksAtOnce)
    last = chunks.at(-1)
    if (!last) break
    ids.push(...chunks.map(({ id }) => id))
    yield async (edit: Edit) => void (await addChunks(edit, documentId, await toDrafts(edit, chunks)))
  }
  for (let last: Edge | undefined; ; ) {
    const edges: Edge[] = await listKeptEdges(db.read, batch, last, chunksAtOnce)
    last = edges.at(-1)
    if (!last) break
    yield (edit: Edit) => restoreEdges(edit, edges)
  }
}

async function toDrafts(edit: Edit, chunks: readonly StoredChunk[]): Promise<Draft[]> {
  const drafts: Draft[] = []
  for (const chunk of chunks) {
    const {
      id,
      parent_id,
      revision,
      created_at,
      rank,
      title,
      type,
      status,
      body,
      fields,
      tags,
      preamble,
      asset,
      markup,
    } = chunk
    const natural_key = await freeKey(edit, chunk)
    const content = { title, type, status, body, fields, tags, preamble, asset, markup, natural_key }
    drafts.push({ id, parent_id, rank, history: { revision, created_at }, ...content })
  }
  return drafts
}

/** Unless another chunk has taken it meanwhile. */
async function freeKey({ tx }: Edit, { document_id, natural_key: key }: StoredChunk): Promise<string | null> {
  return key !== null && (await findChunkByNaturalKey(tx, document_id, key)) ? null : key
}

/** Those of which both ends are there. */
async function restoreEdges({ tx, placeId, now }: Edit, edges: readonly Edge[]) {
  const ends = await listStayingIds(tx, placeId, [...new Set(edges.flatMap(({ from_id, to_id }) => [from_id, to_id]))])
  const there = new Set(ends)
  await insertEdges(
    tx,
    placeId,
    edges.filter(({ from_id, to_id }) => there.has(from_id) && there.has(to_id)),
    now,
  )
}
