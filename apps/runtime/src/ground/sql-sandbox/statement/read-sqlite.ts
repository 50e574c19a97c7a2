import { type ParseDiagnostic, type Stmt, withOptions } from 'sqlite3-parser'
import { namesIn } from './sqlite-names.ts'
import { type Statement, shortened, UnreadableStatement } from './statement.ts'

const longest = 256 * 1024
const { parseStmt } = withOptions({ digitSeparator: '_' })

/** Reads a text by SQLite's own grammar. */
export function readSqlite(text: string): Statement {
  if (text.includes('\0')) throw new UnreadableStatement('the statement has a NUL character in it')
  if (text.length > longest) throw new UnreadableStatement(`the statement is longer than ${longest} characters`)
  const parsed = parseStmt(text)
  if (parsed.status === 'error') throw new UnreadableStatement(inWords(parsed.errors[0]))
  const { root } = parsed
  const temporary = 'temporary' in root && root.temporary
  return {
    kind: kindOf(root),
    verb: verbOf(root, temporary),
    temporary,
    inserts: root.type === 'InsertStmt',
    mayUpdateInstead: root.type === 'InsertStmt' && 'upsert' in root.body && root.body.upsert !== undefined,
    ...namesIn(root),
  }
}

function kindOf({ type }: Stmt): Statement['kind'] {
  switch (type) {
    case 'SelectStmt':
      return 'query'
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
      return 'change'
    case 'BeginStmt':
    case 'CommitStmt':
    case 'RollbackStmt':
    case 'SavepointStmt':
    case 'ReleaseStmt':
      return 'transaction'
    default:
      return /^(Create|Drop|Alter)/.test(type) ? 'schema' : 'other'
  }
}

function verbOf({ type }: Stmt, temporary: boolean): string {
  const words = type.replace(/Stmt$/, '').replace(/(?<!^)[A-Z]/g, ' $&')
  return (temporary ? words.replace(' ', ' temp ') : words).toUpperCase()
}

function inWords(error: ParseDiagnostic | undefined): string {
  if (!error || /no SQL statement/.test(error.message)) return 'the statement is empty'
  if (/after single statement/.test(error.message)) return 'this is more than one statement; send them one by one'
  const { message, hints = [], span } = error
  const why = [message, ...hints.slice(0, 1).map((hint) => hint.message)].map(shortened).join('; ')
  return `the statement cannot be read at line ${span.line}, column ${span.col + 1}: ${why}`
}
