import type { SqlView } from '../../../ground/sql-sandbox/messages.ts'
import { mostFields } from '../bounds.ts'

const chunkColumns = [
  ...['id', 'document_id', 'parent_id', 'position', 'type', 'status', 'title', 'body', 'fields', 'revision'],
  ...['rank', 'natural_key', 'created_at', 'updated_at'],
]
/** Others would need escapes in two languages at once, and are rather left in `fields`. */
const nameable = /^[^\p{Cc}"'\\]+$/u

/** What a question in SQL sees of a place's snapshot: its tables, with the declared fields as columns of `chunks`. */
export function documentViews(fields: Iterable<string>): SqlView[] {
  return [
    view('documents', ['id', 'title', 'root_chunk_id', 'created_at', 'updated_at']),
    view('chunks', [...chunkColumns, ...columnsOf(fields)]),
    view('chunk_edges', ['from_id', 'to_id', 'kind', 'auto', 'created_at']),
    view('chunk_types', ['document_id', 'name', 'fields', 'created_at']),
    view('chunk_tags', ['chunk_id', 'tag']),
  ]
}

/** The condition always holds. It looks at a column, in a way SQLite does not see through, so that the view is who asks. */
function view(name: string, columns: readonly string[]): SqlView {
  return { name, select: `SELECT ${columns.join(', ')} FROM main.${name} WHERE ifnull(${columns[0]}, '') IS NOT NULL` }
}

/** A field that is called like a column of every chunk stays in `fields`. */
function columnsOf(fields: Iterable<string>): string[] {
  const taken = new Set(chunkColumns)
  const columns: string[] = []
  for (const field of fields) {
    const name = field.toLowerCase()
    if (taken.has(name) || !nameable.test(field)) continue
    taken.add(name)
    // Fields that SQLite cannot read, since they go deeper than it does, have no values.
    const value = `CASE WHEN json_valid(fields) THEN fields ->> ${literal(`$.${JSON.stringify(field)}`)} END`
    columns.push(`${value} AS ${identifier(field)}`)
    if (columns.length === mostFields) break
  }
  return columns
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
