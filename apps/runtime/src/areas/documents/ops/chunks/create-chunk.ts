import { boardType } from '@loomcycle/proto'
import { enterColumn } from '../../board/enter-column.ts'
import { requireMayBind } from '../../board/follow-team.ts'
import { type Mentioned, mentionedBy, type NotStarted, startMentioned } from '../../board/mentions.ts'
import { requireBoardKey } from '../../board/settings.ts'
import { startInColumn } from '../../board/start-rows.ts'
import { requireBounded } from '../../bounds.ts'
import { addChunk } from '../../chunks/add-chunks.ts'
import { type ChunkContent, type StoredChunk, toChunk, toTags, toTitle } from '../../chunks/chunk.ts'
import { destinationOf, type Wish } from '../../chunks/destination.ts'
import { requireValidFields } from '../../chunks/fields.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type Edit, edit } from '../../edit.ts'
import { getDocument } from '../../find.ts'
import { nowOf, standingOf } from '../../history/told-of-change.ts'

export function createChunk(deps: DocumentDeps): DocumentOp<'create_chunk'> {
  return async (caller, { scope, ...input }) => {
    const mentioned = await mentionedBy(deps, caller, input)
    return edit(deps, caller, scope, async (current) =>
      toWritten(await createIn(current, 'create_chunk', input, mentioned)),
    )
  }
}

/** A chunk as it is now, and what did not come of its writing. */
export interface Written {
  chunk: StoredChunk
  notStarted: NotStarted[]
}

export function toWritten({ chunk, notStarted }: Written) {
  return { ...toChunk(chunk), ...toldOf(notStarted) }
}

export function toldOf(notStarted: NotStarted[]) {
  return notStarted.length > 0 ? { not_started: notStarted } : {}
}

export interface ChunkInput extends Wish {
  document_id: string
  title: string
  type?: string | undefined
  status?: string | undefined
  body?: string | undefined
  fields?: Record<string, unknown> | undefined
  tags?: string[] | undefined
  natural_key?: string
}

export async function createIn(current: Edit, op: string, input: ChunkInput, mentioned?: Mentioned): Promise<Written> {
  const { document_id, type = '', status = '', body = '', fields = null, tags = [] } = input
  const natural_key = input.natural_key ?? null
  const { root_chunk_id } = await getDocument(current, document_id)
  const { parentId, target } = await destinationOf(current, document_id, input, type === boardType ? root_chunk_id : '')
  requireBoardKey(type, natural_key)
  requireBounded(input as Partial<ChunkContent>)
  await requireValidFields(current, document_id, type, [fields])
  const content = { title: toTitle(input.title), type, status, body, fields, tags: toTags(tags) }
  requireMayBind(current, undefined, { ...content, natural_key })
  const comer = { ...content, n: 0, id: '', document_id, status: '', rank: '' }
  const { rank, column } = await enterColumn(current, comer, status)
  const chunk = await addChunk(current, document_id, { parent_id: parentId, ...content, natural_key, rank }, target)
  current.record({
    op,
    document_id,
    chunk_id: chunk.id,
    revision: 1,
    detail: {
      title: chunk.title,
      ...nowOf(chunk, [...Object.keys(content), ...(status === '' ? [] : ['rank'])]),
      ...(await standingOf(current, chunk)),
    },
    before: { created: 'chunk' },
  })
  await startInColumn(current, chunk, column)
  const notStarted = mentioned ? await startMentioned(current, chunk, null, mentioned) : []
  if (type === boardType) current.lookForStarts()
  return { chunk, notStarted }
}
