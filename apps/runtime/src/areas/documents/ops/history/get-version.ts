import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk } from '../../find.ts'
import { contentAt } from '../../history/versions.ts'
import { look } from '../../look.ts'

export function getVersion(deps: DocumentDeps): DocumentOp<'get_version'> {
  return async (caller, { scope, id, revision }) => {
    const within = await look(deps, caller, scope)
    const { title, body, fields, tags, ...rest } = await contentAt(within, await getChunk(within, id), revision)
    return {
      chunk_id: id,
      revision,
      body,
      title,
      ...labels({ type: rest.type, status: rest.status }),
      ...(fields ? { fields } : {}),
      ...(tags.length > 0 ? { tags } : {}),
    }
  }
}
