import { constants } from 'node:sqlite'
import { isHarmlessFunction } from './functions.ts'
import type { SqlMode } from './messages.ts'

export interface Rules {
  mode: SqlMode
  /** The statement is a CREATE, ALTER or DROP: SQLite itself then writes to its schema tables. */
  schemaChange: boolean
  recursive: boolean
  /** Undefined where all of the file is the caller's. */
  views?: ViewNames
}

/** Both in lower case. */
export interface ViewNames {
  /** As the caller knows them. */
  outer: ReadonlySet<string>
  /**
   * As they are really called; each of `outer` reads from one of these. A caller can give a WITH the name of a view, and
   * SQLite then says that the view is asking; the names here are random, and said to nobody.
   */
  inner: ReadonlySet<string>
  /** Tables and views of the file itself. */
  hidden: ReadonlySet<string>
}

export type Question = readonly [
  action: number,
  first: string | null,
  second: string | null,
  database: string | null,
  /** The innermost view or trigger that wants it; null for the statement itself. */
  asker: string | null,
]

const A = constants as typeof constants & { SQLITE_RECURSIVE: number }
const WRITES = [A.SQLITE_INSERT, A.SQLITE_UPDATE, A.SQLITE_DELETE]
const SCHEMA = [
  A.SQLITE_CREATE_TABLE,
  A.SQLITE_CREATE_INDEX,
  A.SQLITE_CREATE_VIEW,
  A.SQLITE_CREATE_TRIGGER,
  A.SQLITE_DROP_TABLE,
  A.SQLITE_DROP_INDEX,
  A.SQLITE_DROP_VIEW,
  A.SQLITE_DROP_TRIGGER,
  A.SQLITE_DROP_VTABLE,
]
const MODULES = ['fts5']
const TABLE_FUNCTIONS = ['json_each', 'json_tree']
const SYSTEM_MODULES = /^(pragma_.*|dbstat|sqlite_dbpage|sqlite_stmt|bytecode|tables_used|fts3tokenize)$/

/** Whether SQLite may do one thing that a statement asks for. Everything that is not named here is refused. */
export function isAllowed(rules: Rules, question: Question): boolean {
  const [action, first, second, database] = question
  const writing = rules.mode === 'exec' && !rules.views
  if (action === A.SQLITE_SELECT) return true
  if (action === A.SQLITE_READ) return mayRead(rules, question)
  if (action === A.SQLITE_RECURSIVE) return rules.recursive
  if (action === A.SQLITE_FUNCTION) {
    return isHarmlessFunction(second ?? '') || (writing && rules.schemaChange && isOfAlterTable(second ?? ''))
  }
  // Full-text search looks at this to notice other writers; nothing else of PRAGMA is open.
  if (action === A.SQLITE_PRAGMA) return !rules.views && first === 'data_version' && second === null
  if (!writing) return false
  if (WRITES.includes(action)) return mayWrite(rules, first ?? '', database)
  if (!rules.schemaChange) return false
  if (action === A.SQLITE_ALTER_TABLE) return first === 'main'
  if (action === A.SQLITE_CREATE_VTABLE) return database === 'main' && MODULES.includes(second?.toLowerCase() ?? '')
  // An index that is created is also filled.
  if (action === A.SQLITE_REINDEX) return database === 'main'
  return SCHEMA.includes(action) && database === 'main'
}

function mayRead({ views, schemaChange }: Rules, [, first, , database, asker]: Question): boolean {
  const table = (first ?? '').toLowerCase()
  if (SYSTEM_MODULES.test(table)) return false
  if (!views) return database !== 'temp' || schemaChange
  if (TABLE_FUNCTIONS.includes(table)) return true
  if (asker !== null && views.inner.has(asker.toLowerCase())) return !isSchemaTable(table)
  if (database === 'temp') return views.outer.has(table) || views.inner.has(table)
  // No column is read, and this is the bare name the caller wrote: it finds a view of ours first, then a WITH, then a table.
  return database === null && (views.outer.has(table) || !views.hidden.has(table))
}

function mayWrite({ schemaChange }: Rules, table: string, database: string | null): boolean {
  if (isSchemaTable(table.toLowerCase())) return schemaChange
  return database === 'main'
}

function isSchemaTable(table: string): boolean {
  return table.startsWith('sqlite_')
}

/** SQLite's own, which it calls while it rewrites the schema and lets nobody else call. */
function isOfAlterTable(name: string): boolean {
  return /^sqlite_(rename_(table|column|test|quotefix)|drop_column|drop_constraint|add_constraint|find_constraint|fail)$/.test(
    name.toLowerCase(),
  )
}
