import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { changeTags } from './change-tags.ts'

export function addTags(deps: DocumentDeps): DocumentOp<'add_tags'> {
  return (caller, { tags, ...input }) => changeTags(deps, caller, 'add_tags', input, (before) => [...before, ...tags])
}
