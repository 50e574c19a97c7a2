import { toTags, toTitle } from '../../chunks/chunk.ts'
import { createDocument as create } from '../../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'

export function createDocument(deps: DocumentDeps): DocumentOp<'create_document'> {
  return (caller, { scope, title, path, type = '', status = '', tags = [] }) =>
    edit(deps, caller, scope, async (current) => {
      const root = { parent_id: '', title: toTitle(title), type, status, tags: toTags(tags) }
      const { chunks_created: _, ...made } = await create(current, 'create_document', [root], path)
      return { title: root.title, ...made }
    })
}
