import { RuntimeError } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { resolveResource } from '../paths/names.ts'
import { type StoredChunk, toChunk } from './chunks/chunk.ts'
import { findChunk } from './store/chunks.ts'
import { type DocumentRow, findDocument } from './store/documents.ts'

/** Where to look: rows of other places do not exist. */
export interface Within {
  tx: Kysely<Schema>
  place: Place
  placeId: number
}

export async function getChunk({ tx, placeId }: Within, id: string): Promise<StoredChunk> {
  const chunk = await findChunk(tx, placeId, id)
  if (!chunk) throw new ToolError(`no such chunk: ${id}`)
  return chunk
}

export async function getDocument({ tx, placeId }: Within, id: string): Promise<DocumentRow> {
  const document = await findDocument(tx, placeId, id)
  if (!document) throw new ToolError(`no such document: ${id}`)
  return document
}

export interface DocumentRef {
  id?: string | undefined
  document_id?: string | undefined
  path?: string | undefined
}

/** The id that a reference means, whether or not there is such a document. */
export async function documentIdOf({ tx, place }: Within, { id, document_id, path }: DocumentRef): Promise<string> {
  const given = document_id || id
  if (given) return given
  if (!path) throw new ToolError('missing required field: id or path')
  const { document_id: found = '' } = await resolveResource(tx, place, path, 'document')
  return found
}

export async function getDocumentBy(within: Within, ref: DocumentRef): Promise<DocumentRow> {
  return getDocument(within, await documentIdOf(within, ref))
}

/** Refuses what was decided on an older state of the chunk, with the state it has now. */
export function requireRevision(op: string, chunk: StoredChunk, revision: number | undefined) {
  if (revision === undefined || revision === chunk.revision) return
  throw new RuntimeError(
    'tool_refused',
    `${op}: revision conflict (you passed ${revision}, current is ${chunk.revision})`,
    {
      tool: 'Document',
      reason: 'revision_conflict',
      current_revision: chunk.revision,
      chunk: toChunk(chunk),
    },
  )
}
