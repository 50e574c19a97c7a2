import type { PlaceScope } from '../../../../ground/identity/place.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import type { Caller } from '../../../../tools/caller.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import { toTags } from '../../chunks/chunk.ts'
import type { DocumentDeps } from '../../deps.ts'
import { type Edit, edit } from '../../edit.ts'
import { getChunk, getDocument } from '../../find.ts'

interface TagInput {
  scope?: PlaceScope | undefined
  id?: string | undefined
  document_id?: string | undefined
}

/** A document's tags are those of its root chunk. */
export function changeTags(
  deps: DocumentDeps,
  caller: Caller,
  op: string,
  { scope, id, document_id }: TagInput,
  change: (tags: string[]) => string[],
) {
  return edit(deps, caller, scope, async (current) => {
    const chunk = await getChunk(current, id ?? (await rootOf(current, document_id)))
    const tags = toTags(change(chunk.tags))
    if (tags.join('\n') !== chunk.tags.join('\n')) {
      await changeChunk(current, chunk, { content: { tags } }, { op, newRevision: false })
    }
    return { ...(id === undefined ? { document_id: chunk.document_id } : { chunk_id: chunk.id }), tags }
  })
}

async function rootOf(current: Edit, documentId: string | undefined): Promise<string> {
  if (documentId === undefined) throw new ToolError('missing required field: id or document_id')
  return (await getDocument(current, documentId)).root_chunk_id
}
