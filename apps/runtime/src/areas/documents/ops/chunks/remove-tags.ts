import { toTags } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { changeTags } from './change-tags.ts'

export function removeTags(deps: DocumentDeps): DocumentOp<'remove_tags'> {
  return (caller, { tags, ...input }) => {
    const gone = new Set(toTags(tags))
    return changeTags(deps, caller, 'remove_tags', input, (before) => before.filter((tag) => !gone.has(tag)))
  }
}
