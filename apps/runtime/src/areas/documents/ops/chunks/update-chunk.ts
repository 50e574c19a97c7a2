import { boardType } from '@loomcycle/proto'
import { ToolError } from '../../../../ground/tool-error.ts'
import { enterColumn } from '../../board/enter-column.ts'
import { type Mentioned, mentionedBy, startMentioned } from '../../board/mentions.ts'
import { requireBoardKey } from '../../board/settings.ts'
import { startInColumn } from '../../board/start-rows.ts'
import { requireBounded } from '../../bounds.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import { type ChunkContent, type Fields, type StoredChunk, toTags, toTitle } from '../../chunks/chunk.ts'
import { type Destination, destinationOf, requireMovable, type Wish } from '../../chunks/destination.ts'
import { requireValidFields } from '../../chunks/fields.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type Edit, edit } from '../../edit.ts'
import { getChunk, getDocument, requireRevision } from '../../find.ts'
import { toldWhatChanged } from '../../history/what-changed.ts'
import { toWritten, type Written } from './create-chunk.ts'

export function updateChunk(deps: DocumentDeps): DocumentOp<'update_chunk'> {
  return async (caller, { scope, id, revision, ...input }) => {
    const mentioned = await mentionedBy(deps, caller, input)
    const write = edit(deps, caller, scope, async (current) => {
      if (revision === undefined) throw new ToolError('missing required field: revision')
      const chunk = await getChunk(current, id)
      requireRevision('update_chunk', chunk, revision)
      return toWritten(await updateIn(current, 'update_chunk', chunk, input, mentioned))
    })
    return toldWhatChanged(deps, caller, { scope, id, revision }, write)
  }
}

export interface ChunkChanges extends Wish {
  title?: string | undefined
  type?: string | undefined
  status?: string | undefined
  body?: string | undefined
  fields?: Fields | undefined
  set_fields?: Fields | undefined
  tags?: string[] | undefined
  add_tags?: string[] | undefined
  remove_tags?: string[] | undefined
  preamble?: string | undefined
}

export async function updateIn(
  current: Edit,
  op: string,
  chunk: StoredChunk,
  input: ChunkChanges,
  mentioned: Mentioned,
): Promise<Written> {
  const content = contentOf(chunk, input)
  // What is as long already may stay so.
  if (content.body !== undefined || content.fields !== undefined || content.preamble !== undefined) {
    requireBounded({ ...chunk, ...content })
  }
  if (content.fields !== undefined || content.type !== undefined) {
    const { type, fields } = { ...chunk, ...content }
    await requireValidFields(current, chunk.document_id, type, [fields])
  }
  if (content.type !== undefined) requireBoardKey(content.type, chunk.natural_key)
  const destination = await wished(current, chunk, input)
  const isNewColumn = content.status !== undefined && content.status !== chunk.status
  const comer = { ...chunk, ...content, status: chunk.status }
  const entry = isNewColumn ? await enterColumn(current, comer, content.status!) : undefined
  const patch = { content, ...(destination ? { destination } : {}), ...(entry ? { rank: entry.rank } : {}) }
  const changed = await changeChunk(current, chunk, patch, { op, newRevision: true })
  if (entry?.column) await startInColumn(current, changed, entry.column)
  const notStarted = await startMentioned(current, changed, chunk.fields, mentioned)
  if (changed.type === boardType) current.lookForStarts()
  return { chunk: changed, notStarted }
}

function contentOf(chunk: StoredChunk, input: ChunkChanges): Partial<ChunkContent> {
  const { title, type, status, body, fields, set_fields, tags, add_tags, remove_tags, preamble } = input
  if (fields && set_fields) throw new ToolError('pass one of fields and set_fields')
  if (tags && (add_tags || remove_tags)) throw new ToolError('pass tags, or add_tags and remove_tags')
  return {
    ...(title === undefined ? {} : { title: toTitle(title) }),
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body }),
    ...(fields === undefined ? {} : { fields }),
    ...(set_fields === undefined ? {} : { fields: merged(chunk.fields ?? {}, set_fields) }),
    ...(tags === undefined ? {} : { tags: toTags(tags) }),
    ...(add_tags || remove_tags ? { tags: withTags(chunk.tags, add_tags, remove_tags) } : {}),
    ...(preamble === undefined ? {} : { preamble }),
  }
}

function withTags(tags: readonly string[], added: readonly string[] = [], removed: readonly string[] = []): string[] {
  const gone = new Set(toTags(removed))
  return toTags([...tags.filter((tag) => !gone.has(tag)), ...added])
}

/** Null takes a field away. */
function merged(fields: Fields, changes: Fields): Fields {
  return Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== null))
}

async function wished(current: Edit, chunk: StoredChunk, wish: Wish): Promise<Destination | undefined> {
  const { parent_id, position, after_id, before_id } = wish
  if (parent_id === undefined && position === undefined && after_id === undefined && before_id === undefined) return
  const destination = await destinationOf(current, chunk.document_id, wish, chunk.parent_id)
  // Named as it is, a parent is no wish to move.
  if (destination.parentId === chunk.parent_id && destination.target.at === 'end') return
  const { root_chunk_id } = await getDocument(current, chunk.document_id)
  await requireMovable(current, chunk, root_chunk_id, destination, wish)
  return destination
}
