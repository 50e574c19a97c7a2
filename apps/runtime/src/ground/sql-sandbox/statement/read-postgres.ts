import { loadModule, parseSync, SqlError } from 'libpg-query'
import type { SqlMode } from '../messages.ts'
import { isHarmlessInPostgres } from './postgres-functions.ts'
import { changes, openAlterations, openNodes, openObjects, schemaChanges, verbOf } from './postgres-nodes.ts'
import { shortened, UnreadableStatement } from './statement.ts'

const longest = 256 * 1024

/** What is said to the thread that reads. */
export interface PostgresText {
  text: string
  mode: SqlMode
  /** Tables of the system that may be named, as `schema.table`. */
  described: readonly string[]
  /** Whether WITH RECURSIVE is open. */
  recursive: boolean
  /** Names that a field of a row must not have: `x.name` calls a function of that name. */
  functions: ReadonlySet<string>
}

export interface PostgresStatement {
  /** How many places for values it has. */
  places: number
}

await loadModule()

/** Reads a text by Postgres' own grammar. Throws why it may not run, as a sentence. */
export function readPostgres(asked: PostgresText): PostgresStatement {
  const { text, mode } = asked
  if (text.includes('\0')) throw new UnreadableStatement('the statement has a NUL character in it')
  if (text.length > longest) throw new UnreadableStatement(`the statement is longer than ${longest} characters`)
  const [name, root] = onlyStatement(text)
  const visit = new Visit(asked)
  requireKind(name, root, mode, changeInside(root))
  visit.node(name, root)
  return { places: visit.places }
}

type Fields = Record<string, unknown>

function onlyStatement(text: string): [name: string, root: Fields] {
  const statements = parsed(text)
  if (statements.length === 0) throw new UnreadableStatement('the statement is empty')
  if (statements.length > 1) throw new UnreadableStatement('this is more than one statement; send them one by one')
  return Object.entries(statements[0]!.stmt as Fields)[0] as [string, Fields]
}

function parsed(text: string): { stmt?: unknown }[] {
  // The parser's own word for a text of blanks is an error, and for one of comments it is no statement.
  if (text.trim() === '') return []
  try {
    return parseSync(text).stmts ?? []
  } catch (error) {
    throw error instanceof SqlError ? new UnreadableStatement(inWords(text, error)) : error
  }
}

function inWords(text: string, { message, sqlDetails }: SqlError): string {
  if (/memory exhausted/.test(message)) return 'the statement is nested too deeply'
  const before = [...text].slice(0, sqlDetails?.cursorPosition ?? 0).join('')
  const lines = before.split('\n')
  const where = `line ${lines.length}, column ${lines.at(-1)!.length + 1}`
  const hint = /(^|[^?])\?([^?|&]|$)/.test(text) ? '; places for values are $1, $2, … here' : ''
  return `the statement cannot be read at ${where}: ${shortened(message)}${hint}`
}

/** A WITH may change something, whatever the statement around it does. */
function changeInside(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = changes.has(name) ? name : changeInside(inner)
    if (found) return found
  }
  return undefined
}

const beginnings = {
  query: 'SELECT, WITH, VALUES',
  exec: 'INSERT, UPDATE, DELETE, MERGE, WITH, CREATE, DROP, ALTER',
}

function requireKind(name: string, root: Fields, mode: SqlMode, change: string | undefined) {
  const isQuery = name === 'SelectStmt' && !root.intoClause
  const verb = name === 'SelectStmt' && root.intoClause ? 'SELECT INTO' : verbOf((isQuery && change) || name)
  if (isQuery && !change) {
    if (mode === 'exec') throw new UnreadableStatement('SELECT only reads; ask for it as a query')
    return
  }
  if (isQuery || changes.has(name) || schemaChanges.has(name)) {
    if (mode === 'query') throw new UnreadableStatement(`${verb} changes data, and this only reads`)
    return
  }
  if (name === 'TransactionStmt') {
    const kind = String(root.kind).replace('TRANS_STMT_', '').replaceAll('_', ' ')
    throw new UnreadableStatement(`${kind} is not a statement here; transactions have ops of their own`)
  }
  throw new UnreadableStatement(`${verb} is not open here; a statement begins with ${beginnings[mode]}`)
}

/** Walks through all of it: what it has no word for may not run. */
class Visit {
  readonly #asked: PostgresText
  places = 0

  constructor(asked: PostgresText) {
    this.#asked = asked
  }

  node(name: string, node: Fields) {
    if (!openNodes[this.#asked.mode].has(name)) throw closed(verbOf(name))
    switch (name) {
      case 'ColumnRef':
        this.#mayBeField(namesOf(node.fields).slice(1))
        break
      case 'A_Indirection':
        this.#mayBeField(namesOf(node.indirection))
        break
      case 'ParamRef':
        this.places = Math.max(this.places, (node.number as number | undefined) ?? 0)
        break
      case 'A_Expr':
      case 'SubLink':
      case 'SortBy':
        requireSystemSchema(namesOf(node.name ?? node.operName ?? node.useOp))
        break
      case 'CollateClause':
        requireSystemSchema(namesOf(node.collname))
        break
      case 'AlterTableStmt':
        requireObject(node.objtype)
        break
      case 'AlterTableCmd':
        if (!openAlterations.has(String(node.subtype))) throw closed(`ALTER TABLE … ${wordsOf(node.subtype, 'AT_')}`)
        break
      case 'RenameStmt':
        requireObject(node.renameType)
        break
      case 'DropStmt':
        requireObject(node.removeType)
        requireOwn(node.objects)
        break
      case 'CommentStmt':
        requireObject(node.objtype)
        break
      case 'CreateEnumStmt':
        requireSystemSchema(namesOf(node.typeName))
        return
      case 'CreateTableAsStmt':
        requireObject(node.objtype)
        break
    }
    this.#fields(node)
  }

  #fields(fields: Fields) {
    if ('relname' in fields) this.#mayName(fields)
    if ('names' in fields) requireType(namesOf(fields.names))
    if ('funcname' in fields) this.#mayCall(namesOf(fields.funcname))
    if (fields.intoClause) throw closed('SELECT INTO')
    if (fields.recursive && 'ctes' in fields && !this.#asked.recursive) {
      throw new UnreadableStatement('recursive queries are not open here')
    }
    if (fields.lockingClause) throw closed('SELECT … FOR UPDATE')
    for (const key of ['tablespacename', 'tableSpaceName', 'ofTypename', 'partbound', 'partspec', 'accessMethod']) {
      const value = fields[key]
      if (value !== undefined && !indexKinds.has(String(value))) throw closed(placesOf[key] ?? key)
    }
    for (const value of Object.values(fields)) this.#value(value)
  }

  #value(value: unknown) {
    if (Array.isArray(value)) for (const each of value) this.#value(each)
    else if (typeof value === 'object' && value !== null) {
      // The parser names a part by its kind, with a capital letter, unless its place says what kind it is.
      const [first, ...others] = Object.entries(value)
      const isNamed = first && others.length === 0 && /^[A-Z]/.test(first[0]) && isFields(first[1])
      if (isNamed) this.node(first[0], first[1] as Fields)
      else this.#fields(value as Fields)
    }
  }

  #mayName({ catalogname, schemaname, relname, relpersistence }: Fields) {
    if (relpersistence === 't') throw closed('a temporary table')
    const shown = [catalogname, schemaname, relname].filter((part) => part !== undefined).join('.')
    const isOwn = schemaname === undefined && catalogname === undefined && !isOfSystem(String(relname))
    if (!isOwn && !this.#asked.described.includes(shown)) throw noTable(shown)
  }

  #mayCall(names: string[]) {
    const [name = '', schema] = names.toReversed()
    const isOpen = names.length <= 2 && (schema === undefined || schema === 'pg_catalog') && isHarmlessInPostgres(name)
    if (!isOpen) throw new UnreadableStatement(`the function ${shortened(names.join('.'))} is not open here`)
  }

  #mayBeField(names: string[]) {
    const called = names.find((name) => this.#asked.functions.has(name) && !isHarmlessInPostgres(name))
    if (called) throw new UnreadableStatement(`the function ${called} is not open here`)
  }
}

const placesOf: Record<string, string> = {
  tablespacename: 'TABLESPACE',
  tableSpaceName: 'TABLESPACE',
  ofTypename: 'CREATE TABLE OF',
  partbound: 'PARTITION OF',
  partspec: 'PARTITION BY',
  accessMethod: 'USING',
}
const indexKinds: ReadonlySet<string> = new Set(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin'])

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function namesOf(list: unknown): string[] {
  return Array.isArray(list) ? list.flatMap((one) => (one as { String?: { sval?: string } }).String?.sval ?? []) : []
}

/** Operators, collations and the like: of the system, and named without saying so or with. */
function requireSystemSchema(names: string[]) {
  if (names.length > 2 || (names.length === 2 && names[0] !== 'pg_catalog')) throw noTable(names.join('.'))
}

function requireType(names: string[]) {
  requireSystemSchema(names)
  const name = (names.at(-1) ?? '').replace(/^_+/, '')
  // These look names up in the system's tables.
  if (/^(reg|pg_|aclitem$|xml$|refcursor$)/.test(name) || isOfSystem(name))
    throw new UnreadableStatement(`the type ${shortened(name)} is not open here`)
}

function requireOwn(objects: unknown) {
  for (const object of objects as Fields[]) {
    const { List, TypeName } = object as { List?: { items?: unknown }; TypeName?: { names?: unknown } }
    const names = namesOf(List?.items ?? TypeName?.names)
    if (names.length > 1 || names.some(isOfSystem)) throw noTable(names.join('.'))
  }
}

function requireObject(kind: unknown) {
  if (!openObjects.has(String(kind))) throw closed(`this for a ${wordsOf(kind, 'OBJECT_')}`)
}

function isOfSystem(name: string): boolean {
  return name.startsWith('pg_')
}

function wordsOf(name: unknown, prefix: string): string {
  return String(name)
    .replace(prefix, '')
    .replace(/(?<=[a-z])[A-Z]/g, ' $&')
    .toUpperCase()
}

function closed(what: string): UnreadableStatement {
  return new UnreadableStatement(`${what} is not open here`)
}

function noTable(name: string): UnreadableStatement {
  return new UnreadableStatement(`there is no table or view "${shortened(name)}" that this statement may read`)
}
