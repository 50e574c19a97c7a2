import type { SqlView } from '../../../ground/sql-sandbox/messages.ts'

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
function columnsOf(fields: readonly string[]): string[] {
  const taken = new Set(chunkColumns)
  return fields.slice(0, mostColumns).flatMap((field) => {
    const name = field.toLowerCase()
    if (taken.has(name) || !nameable.test(field)) return []
    taken.add(name)
    // Fields that SQLite cannot read, since they go deeper than it does, have no values.
    const value = `CASE WHEN json_valid(fields) THEN fields ->> ${literal(`$.${JSON.stringify(field)}`)} END`
    return [`${value} AS ${identifier(field)}`]
  })
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
