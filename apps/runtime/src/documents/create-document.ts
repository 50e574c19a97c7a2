import { nameResource, nameResourceNear } from '../paths/names.ts'
import { toSlug } from '../paths/path.ts'
import { ToolError } from '../tools/tool.ts'
import { addChunks, type Draft } from './add-chunks.ts'
import type { StoredChunk } from './chunk.ts'
import type { Edit } from './edit.ts'
import { newDocumentId } from './ids.ts'
import { insertDocument } from './store/documents.ts'

export interface NewDocument {
  document_id: string
  /** The root first. */
  chunks: StoredChunk[]
  path?: string
  path_warning?: string
}

/** Stores a document of these chunks, of which the first is the root, and names it. */
export async function createDocument(
  edit: Edit,
  op: string,
  drafts: readonly [Draft, ...Draft[]],
  path: string | undefined,
): Promise<NewDocument> {
  const { tx, placeId, now } = edit
  const [root] = drafts
  const id = newDocumentId()
  const rootId = root.id ?? newDocumentId()
  edit.take({ documents: 1 })
  await insertDocument(tx, {
    id,
    place_id: placeId,
    title: root.title,
    root_chunk_id: rootId,
    created_at: now,
    updated_at: now,
  })
  const chunks = await addChunks(edit, id, [{ ...root, id: rootId }, ...drafts.slice(1)])
  edit.record({
    op,
    document_id: id,
    chunk_id: rootId,
    revision: 1,
    detail: { title: root.title, count: chunks.length },
    before: { created: 'document' },
  })
  return { document_id: id, chunks, ...(await nameDocument(edit, id, root.title, path)) }
}

/** A document without its name is still there, so a name that cannot be had is only said. */
async function nameDocument({ tx, place, now }: Edit, id: string, title: string, path: string | undefined) {
  const resource = { kind: 'document', ref: { document_id: id } } as const
  try {
    return {
      path: path
        ? await nameResource(tx, place, path, resource, now)
        : await nameResourceNear(tx, place, `/documents/${toSlug(title)}`, resource, now),
    }
  } catch (error) {
    if (error instanceof ToolError) return { path_warning: error.message }
    throw error
  }
}
