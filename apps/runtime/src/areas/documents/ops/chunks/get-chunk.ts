import { toChunk } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk as find } from '../../find.ts'
import { look } from '../../look.ts'

export function getChunk(deps: DocumentDeps): DocumentOp<'get_chunk'> {
  return async (caller, { scope, id }) => toChunk(await find(await look(deps, caller, scope), id))
}
