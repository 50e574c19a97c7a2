import { isDeepStrictEqual } from 'node:util'
import { inSlices } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk } from '../../find.ts'
import { lineDiff } from '../../history/line-diff.ts'
import { contentAt } from '../../history/versions.ts'
import { look } from '../../look.ts'

const compared = ['title', 'type', 'status', 'fields', 'tags'] as const

export function diffChunk(deps: DocumentDeps): DocumentOp<'diff'> {
  return async (caller, { scope, id, from_revision, to_revision }) => {
    const within = await look(deps, caller, scope)
    const chunk = await getChunk(within, id)
    const from = await contentAt(within, chunk, from_revision)
    const to = await contentAt(within, chunk, to_revision)
    const different = compared.filter((key) => !isDeepStrictEqual(from[key], to[key]))
    return {
      chunk_id: id,
      from_revision,
      to_revision,
      diff: await inSlices(lineDiff(from.body, to.body)),
      changes: Object.fromEntries(different.map((key) => [key, { from: from[key], to: to[key] }])),
    }
  }
}
