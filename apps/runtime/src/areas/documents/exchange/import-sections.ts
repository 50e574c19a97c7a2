import { ToolError } from '../../../ground/tool-error.ts'
import { requireBounded } from '../bounds.ts'
import type { Draft } from '../chunks/add-chunks.ts'
import { toTags } from '../chunks/chunk.ts'
import { type Drive, requireValidFields } from '../chunks/fields.ts'
import type { Within } from '../find.ts'
import { newDocumentId } from '../ids.ts'
import type { ReadMarkdown } from './markdown/read.ts'

export interface Imported {
  drafts: [Draft, ...Draft[]]
  /** New ids by those the text has. */
  ids: Map<string, string>
  /** Where in its column the text says that a draft stands, only to be compared. */
  saidRanks: Map<Draft, string>
}

/**
 * Chunks to be, under `parentId` at `depth`. Every chunk gets an id of its own, whatever the text says, and its natural
 * key where the document has none yet.
 */
export function* toDrafts(
  { preamble, sections }: ReadMarkdown,
  { parentId, depth, withKeys }: { parentId: string; depth: number; withKeys: boolean },
): Generator<unknown, Imported> {
  const ids = new Map<string, string>()
  const own: string[] = []
  for (const { metadata } of sections) {
    yield
    const id = newDocumentId()
    if (metadata?.id) ids.set(metadata.id, id)
    own.push(id)
  }
  const keys = new Set<string>()
  const drafts: Draft[] = []
  const saidRanks = new Map<Draft, string>()
  for (const [i, { title, body, parent, markup, metadata = {} }] of sections.entries()) {
    yield
    requireBounded({ title, body, preamble: i === 0 ? preamble : '', fields: metadata.fields ?? null })
    const key = withKeys ? metadata.natural_key : undefined
    const natural_key = key === undefined || keys.has(key) ? null : key
    if (natural_key !== null) keys.add(natural_key)
    const draft: Draft = {
      id: own[i]!,
      parent_id: parent === undefined ? parentId : own[parent]!,
      title,
      body,
      type: metadata.type ?? '',
      status: metadata.status ?? '',
      fields: metadata.fields ?? null,
      tags: toTags(metadata.tags ?? []),
      natural_key,
      preamble: i === 0 ? preamble : '',
      markup: { ...markup, depth: markup.depth + depth },
    }
    drafts.push(draft)
    if (metadata.rank !== undefined) saidRanks.set(draft, metadata.rank)
  }
  const [first, ...rest] = drafts
  if (!first) throw new ToolError('there is nothing to import')
  return { drafts: [first, ...rest], ids, saidRanks }
}

/** Each type is looked up once. */
export async function requireValidDrafts(
  within: Within,
  documentId: string,
  drafts: readonly Draft[],
  drive?: Drive,
): Promise<void> {
  const typed = Map.groupBy(drafts, (draft) => draft.type ?? '')
  for (const [type, group] of typed) {
    const fields = group.map((draft) => draft.fields ?? null)
    await requireValidFields(within, documentId, type, fields, drive)
  }
}
