import { whenOf } from './dates.ts'
import type { FieldSpec } from './field-chips.ts'
import { type OutlineChunk, toOutline } from './outline.ts'

/** In the words of `query_chunks`: position, title, type, status, updated_at or field:<name>. */
export type Sort = string
export type Order = 'asc' | 'desc'

const byText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

type Value = number | string | undefined

/** Those without a value come last either way; what is equal stays in the order of the document. */
export function sortChunks(
  chunks: readonly OutlineChunk[],
  { sort, order = 'asc', ranks = {}, specs = new Map() }: SortOptions,
): OutlineChunk[] {
  const direction = order === 'desc' ? -1 : 1
  const keyed = chunks.map((chunk, at) => ({ chunk, at, value: sortValue(chunk, { sort, ranks, specs }) }))
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      return Number(a.value === undefined) - Number(b.value === undefined) || a.at - b.at
    }
    return direction * compare(a.value, b.value) || a.at - b.at
  })
  return keyed.map(({ chunk }) => chunk)
}

export interface SortOptions {
  sort: Sort
  order?: Order | undefined
  /** The place of what has one that is not its name's, such as the columns of a board, by status. */
  ranks?: { status?: ReadonlyMap<string, number> }
  /** By type: choices have the order in which they were declared. */
  specs?: ReadonlyMap<string, readonly FieldSpec[]>
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  // Numbers before texts, where a field has both.
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return byText.compare(String(a), String(b))
}

/** What a chunk is put in its place by. */
export function sortValue(chunk: OutlineChunk, { sort, ranks, specs }: SortOptions): Value {
  switch (sort) {
    case 'position':
      return 0
    case 'title':
      return chunk.title || undefined
    case 'type':
      return chunk.type || undefined
    case 'status':
      return (chunk.status && ranks?.status?.get(chunk.status)) ?? (chunk.status || undefined)
    case 'updated_at':
      return chunk.updated_at ? Date.parse(chunk.updated_at) : undefined
    default: {
      const name = sort.replace(/^field:/, '')
      const spec = specs?.get(chunk.type ?? '')?.find((each) => each.name === name)
      return fieldValue(chunk.fields?.[name], spec)
    }
  }
}

function fieldValue(value: unknown, spec: FieldSpec | undefined): Value {
  if (value === undefined || value === null || value === '') return spec?.kind === 'checkbox' ? 0 : undefined
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  const text = String(value)
  if (spec?.kind === 'date') return whenOf(text)?.date.getTime() ?? text
  if (spec?.kind === 'select') {
    const at = spec.options.indexOf(text)
    if (at >= 0) return at
  }
  return text
}

/** From the first line of the document to its last. */
export function inDocumentOrder(chunks: ReadonlyMap<string, OutlineChunk>): OutlineChunk[] {
  const outline = toOutline(chunks)
  const all: OutlineChunk[] = []
  const add = (parentId: string) => {
    for (const chunk of outline.get(parentId) ?? []) {
      all.push(chunk)
      add(chunk.id)
    }
  }
  add('')
  return all
}
