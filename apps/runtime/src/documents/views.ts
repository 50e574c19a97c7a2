import type { SqlView } from '../sql-sandbox/messages.ts'

const chunkColumns = [
  ...['id', 'document_id', 'parent_id', 'position', 'type', 'status', 'title', 'body', 'fields', 'revision'],
  ...['natural_key', 'created_at', 'updated_at'],
]
const mostColumns = 500
/** Others would need escapes in two languages at once, and are rather left in `fields`. */
const nameable = /^[^\p{Cc}"'\\]+$/u

/** What a question in SQL sees of a place's snapshot: its tables, with the declared fields as columns of `chunks`. */
export function documentViews(fields: readonly string[]): SqlView[] {
  return [
    { name: 'documents', select: 'SELECT id, title, root_chunk_id, created_at, updated_at FROM main.documents' },
    { name: 'chunks', select: `SELECT ${[...chunkColumns, ...columnsOf(fields)].join(', ')} FROM main.chunks` },
    { name: 'chunk_edges', select: 'SELECT from_id, to_id, kind, auto, created_at FROM main.chunk_edges' },
    { name: 'chunk_types', select: 'SELECT document_id, name, fields, created_at FROM main.chunk_types' },
    { name: 'chunk_tags', select: 'SELECT chunk_id, tag FROM main.chunk_tags' },
  ]
}

/** A field that is called like a column of every chunk stays in `fields`. */
function columnsOf(fields: readonly string[]): string[] {
  const taken = new Set(chunkColumns)
  return fields.slice(0, mostColumns).flatMap((field) => {
    const name = field.toLowerCase()
    if (taken.has(name) || !nameable.test(field)) return []
    taken.add(name)
    return [`fields ->> ${literal(`$.${JSON.stringify(field)}`)} AS ${identifier(field)}`]
  })
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
