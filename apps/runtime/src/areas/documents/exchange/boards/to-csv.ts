import { commentType } from '@loomcycle/proto'
import { ToolError } from '../../../../ground/tool-error.ts'
import type { StoredChunk } from '../../chunks/chunk.ts'
import { csvRow } from './csv-row.ts'

const ofChunks: Record<string, (chunk: StoredChunk, titles: ReadonlyMap<string, string>) => unknown> = {
  title: ({ title }) => title,
  status: ({ status }) => status,
  type: ({ type }) => type,
  tags: ({ tags }) => tags.join(', '),
  body: ({ body }) => body,
  id: ({ id }) => id,
  parent: ({ parent_id }, titles) => titles.get(parent_id),
  created_at: ({ created_at }) => new Date(created_at).toISOString(),
  updated_at: ({ updated_at }) => new Date(updated_at).toISOString(),
}
const field = 'field:'

export interface Rows {
  /** Undefined for all cards. */
  ids: readonly string[] | undefined
  columns: readonly string[] | undefined
  /** Types whose chunks are cards without a status, too. */
  types: ReadonlySet<string>
}

/** Chunks of a document as lines of a table, below the names of its columns. */
export function* toCsv(
  chunks: readonly StoredChunk[],
  { ids, columns, types }: Rows,
): Generator<unknown, { csv: string; rows: number }> {
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]))
  const titles = new Map(chunks.map(({ id, title }) => [id, title]))
  const wanted = ids ? ids.flatMap((id) => byId.get(id) ?? []) : chunks.filter((chunk) => isCard(chunk, types))
  const shown = columns ?? (yield* allColumns(wanted))
  const readers = shown.map(readerOf)
  const lines = [csvRow(shown.map(nameOf))]
  for (const chunk of wanted) {
    yield
    lines.push(csvRow(readers.map((read) => read(chunk, titles))))
  }
  return { csv: lines.join(''), rows: wanted.length }
}

function isCard({ parent_id, type, status }: StoredChunk, types: ReadonlySet<string>): boolean {
  if (parent_id === '' || type === commentType || type.startsWith('loom/')) return false
  return status !== '' || types.has(type)
}

function* allColumns(chunks: readonly StoredChunk[]): Generator<unknown, string[]> {
  const names = new Set<string>()
  for (const { fields } of chunks) {
    yield
    for (const name of Object.keys(fields ?? {})) names.add(field + name)
  }
  return ['title', 'status', 'tags', ...names]
}

function readerOf(column: string) {
  if (Object.hasOwn(ofChunks, column)) return ofChunks[column]!
  if (!column.startsWith(field)) {
    throw new ToolError(
      `there is no column "${column.slice(0, 100)}"; there are ${Object.keys(ofChunks).join(', ')} and field:<name>`,
    )
  }
  const name = column.slice(field.length)
  return ({ fields }: StoredChunk) => (fields && Object.hasOwn(fields, name) ? fields[name] : undefined)
}

function nameOf(column: string): string {
  return column.startsWith(field) ? column.slice(field.length) : column
}
