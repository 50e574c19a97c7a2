import type { SqlView } from '../sql-sandbox/messages.ts'
import { isLiveChunk, isLiveDocument, isOfLiveChunk } from './live-sql.ts'

const chunkColumns = [
  ...['id', 'document_id', 'parent_id', 'position', 'type', 'status', 'title', 'body', 'fields', 'revision'],
  ...['natural_key', 'created_at', 'updated_at'],
]
const mostColumns = 500
/** Others would need escapes in two languages at once, and are rather left in `fields`. */
const nameable = /^[^\p{Cc}"'\\]+$/u

/** What a query sees: the rows of one place, and the declared fields as columns of `chunks`. */
export function documentViews(placeId: number, fields: readonly string[]): SqlView[] {
  const inPlace = `place_id = ${placeId}`
  return [
    {
      name: 'documents',
      select: `SELECT d.id, d.title, d.root_chunk_id, d.created_at, d.updated_at FROM main.documents AS d WHERE d.${inPlace} AND ${isLiveDocument('d.id')}`,
    },
    {
      name: 'chunks',
      select: `SELECT c.id, c.document_id, nullif(c.parent_id, '') AS parent_id, s.base + c.slot AS position,
        nullif(c.type, '') AS type, nullif(c.status, '') AS status, c.title, ${content('t.body')} AS body,
        ${content('t.fields')} AS fields, c.revision,
        c.natural_key, c.created_at, c.updated_at${columnsOf(fields).join('')}
        FROM main.chunks AS c
        JOIN main.chunk_shelves AS s
          ON s.document_id = c.document_id AND s.parent_id = c.parent_id AND s.shelf = c.shelf
        WHERE c.${inPlace} AND ${isLiveChunk('c')}`,
    },
    {
      name: 'chunk_edges',
      select: `SELECT e.from_id, e.to_id, e.kind, e.auto, e.created_at FROM main.chunk_edges AS e WHERE e.${inPlace} AND ${isOfLiveChunk('e.from_id')} AND ${isOfLiveChunk('e.to_id')}`,
    },
    {
      name: 'chunk_types',
      select: `SELECT y.document_id, y.name, y.fields, y.created_at FROM main.chunk_types AS y WHERE y.${inPlace}`,
    },
    {
      name: 'chunk_tags',
      select: `SELECT g.chunk_id, g.tag FROM main.chunk_tags AS g WHERE g.${inPlace} AND ${isOfLiveChunk('g.chunk_id')}`,
    },
  ]
}

/** Looked up only where a query asks for it. */
function content(expression: string): string {
  return `(SELECT ${expression} FROM main.chunk_contents AS t WHERE t.n = c.n)`
}

/** A field that is called like a column of every chunk stays in `fields`. */
function columnsOf(fields: readonly string[]): string[] {
  const taken = new Set(chunkColumns)
  return fields.slice(0, mostColumns).flatMap((field) => {
    const name = field.toLowerCase()
    if (taken.has(name) || !nameable.test(field)) return []
    taken.add(name)
    return [`, ${content(`t.fields ->> ${literal(`$.${JSON.stringify(field)}`)}`)} AS ${identifier(field)}`]
  })
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
