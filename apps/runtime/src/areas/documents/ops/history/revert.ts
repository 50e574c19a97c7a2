import { isDeepStrictEqual } from 'node:util'
import { ToolError } from '../../../../ground/tool-error.ts'
import { requireMayUndo } from '../../board/follow-team.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import { type ChunkContent, toChunk } from '../../chunks/chunk.ts'
import { requireValidFields } from '../../chunks/fields.ts'
import { formerRank } from '../../chunks/rank.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk } from '../../find.ts'
import { contentAt } from '../../history/versions.ts'

const contentKeys = ['title', 'type', 'status', 'body', 'fields', 'tags', 'preamble', 'asset'] as const

/** Undoes one revision and keeps what came after it; where both changed the same, nothing is undone. */
export function revert(deps: DocumentDeps): DocumentOp<'revert'> {
  return (caller, { scope, id, revision }) =>
    edit(deps, caller, scope, async (current) => {
      const chunk = await getChunk(current, id)
      const after = await contentAt(current, chunk, revision)
      const before = await contentAt(current, chunk, revision - 1)
      const keys = contentKeys.filter((key) => !isDeepStrictEqual(before[key], after[key]))
      const changedSince = keys.filter((key) => !isDeepStrictEqual(chunk[key], after[key]))
      if (changedSince.length > 0) {
        throw new ToolError(
          `${changedSince.join(' and ')} changed after revision ${revision}; revert the later revision first`,
        )
      }
      const content: Partial<ChunkContent> = Object.fromEntries(keys.map((key) => [key, before[key]]))
      const { type, fields } = { ...chunk, ...content }
      await requireValidFields(current, chunk.document_id, type, [fields])
      await requireMayUndo(current, chunk, content)
      const former = before.rank === after.rank ? '' : before.rank
      const rank = former && content.status ? { rank: await formerRank(current, chunk, content.status, former) } : {}
      return toChunk(await changeChunk(current, chunk, { content, ...rank }, { op: 'revert', newRevision: true }))
    })
}
