import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { constants, DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isAllowed, type Question, type Rules, type ViewNames } from './authorizer.ts'
import type { OpenDatabase, RunStatement, SqlChanges, SqlRows } from './messages.ts'
import { readSqlite } from './statement/read-sqlite.ts'
import { type NameRules, onlyViews, ownDatabase, refusalOf } from './statement/refusal.ts'
import { fromSql, sizeOf, toNumber, toSql } from './values.ts'

const MiB = 1024 * 1024
const PAGE_BYTES = 4096

const limits = {
  length: 16 * MiB,
  sqlLength: 256 * 1024,
  exprDepth: 200,
  vdbeOp: 250_000,
  compoundSelect: 100,
  functionArg: 100,
  attach: 0,
  likePatternLength: 1000,
  variableNumber: 1000,
  triggerDepth: 16,
}

/** One database file, open for the statements of somebody who is not trusted. */
export class SandboxConnection {
  readonly #db: DatabaseSync
  readonly #views: ViewNames | undefined
  readonly #names: NameRules
  readonly #recursive: boolean
  /** Undefined while a statement of our own runs. */
  #rules: Rules | undefined
  #refused: Question | undefined

  constructor({ file, readOnly, immutable = false, views, recursive, maxFileBytes }: OpenDatabase) {
    const exists = !readOnly || existsSync(file)
    this.#db = new DatabaseSync(exists ? located(file, immutable) : ':memory:', {
      readOnly: readOnly && exists,
      timeout: 5000,
      defensive: true,
      enableDoubleQuotedStringLiterals: false,
      limits,
    } as DatabaseSyncOptions)
    this.#names = views ? onlyViews(views.map(({ name }) => name)) : ownDatabase
    this.#recursive = recursive
    if (!readOnly) this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
    if (maxFileBytes !== undefined) {
      this.#db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / PAGE_BYTES))}`)
    }
    // First of all: changing it drops what is in the temporary schema.
    this.#db.exec('PRAGMA temp_store = MEMORY')
    this.#views = views && createViews(this.#db, views)
    this.#db.exec(`PRAGMA trusted_schema = OFF; PRAGMA query_only = ${readOnly ? 1 : 0}`)
    this.#db.setAuthorizer((...question) => {
      if (this.#rules === undefined || isAllowed(this.#rules, question)) return constants.SQLITE_OK
      this.#refused ??= question
      return constants.SQLITE_DENY
    })
  }

  run({ mode, statement, args, maxRows, maxBytes }: RunStatement): SqlRows | SqlChanges {
    const read = readSqlite(statement)
    const refusal = refusalOf(read, mode, this.#names)
    if (refusal) throw new Error(refusal)
    this.#refused = undefined
    this.#rules = {
      mode,
      schemaChange: mode === 'exec' && read.kind === 'schema',
      recursive: this.#recursive,
      ...(this.#views && { views: this.#views }),
    }
    try {
      const prepared = this.#db.prepare(statement)
      prepared.setReadBigInts(true)
      const values = args.map(toSql)
      if (mode === 'query') return readRows(prepared, values, maxRows, maxBytes)
      const { changes, lastInsertRowid } = prepared.run(...values)
      return { rows_affected: Number(changes), last_insert_id: toNumber(lastInsertRowid) }
    } catch (error) {
      throw this.#refused ? new Error(inWords(this.#refused)) : error
    } finally {
      this.#rules = undefined
    }
  }

  /** A statement of our own. */
  control(sql: string) {
    this.#db.exec(sql)
  }

  close() {
    this.#db.close()
  }
}

function located(file: string, immutable: boolean): string | URL {
  return immutable ? new URL('?immutable=1', pathToFileURL(file)) : file
}

function createViews(db: DatabaseSync, views: NonNullable<OpenDatabase['views']>): ViewNames {
  const inner = new Set<string>()
  for (const { name, select } of views) {
    const secret = `v_${randomBytes(16).toString('hex')}`
    inner.add(secret)
    db.exec(`CREATE TEMP VIEW ${secret} AS ${select}`)
    db.exec(`CREATE TEMP VIEW "${name.replaceAll('"', '""')}" AS SELECT * FROM ${secret}`)
  }
  const hidden = db.prepare('SELECT lower(name) AS name FROM main.sqlite_master').all() as { name: string }[]
  return {
    inner,
    outer: new Set(views.map(({ name }) => name.toLowerCase())),
    hidden: new Set(hidden.map(({ name }) => name)),
  }
}

function readRows(
  prepared: ReturnType<DatabaseSync['prepare']>,
  values: ReturnType<typeof toSql>[],
  maxRows: number,
  maxBytes: number,
): SqlRows {
  prepared.setReturnArrays(true)
  const columns = prepared.columns().map(({ name }) => name)
  const rows: unknown[][] = []
  let bytes = 0
  for (const row of prepared.iterate(...values) as Iterable<unknown> as Iterable<ReturnType<typeof toSql>[]>) {
    const read = row.map((value) => fromSql(value as Parameters<typeof fromSql>[0]))
    bytes += read.reduce((sum: number, value) => sum + sizeOf(value), 0)
    if (rows.length === maxRows || bytes > maxBytes) return { columns, rows, truncated: true }
    rows.push(read)
  }
  return { columns, rows, truncated: false }
}

const actions = new Map(
  Object.entries(constants)
    .filter(([name]) => !/^SQLITE_(CHANGESET_.*|OK|DENY|IGNORE)$/.test(name))
    .map(([name, code]) => [code as number, name.replace('SQLITE_', '').replaceAll('_', ' ')]),
)

/** Never says the secret names: there, the asker is the view. */
function inWords([action, first, second]: Question): string {
  const name = actions.get(action) ?? `action ${action}`
  if (name === 'READ') return `there is no table or view "${first}" that this statement may read`
  if (name === 'FUNCTION') return `the function ${second} is not open here`
  if (name === 'RECURSIVE') return 'recursive queries are not open here'
  if (name === 'CREATE VTABLE') return `virtual tables of the kind ${second} are not open here`
  const what = [first, second].filter((part) => part !== null && !/^v_[0-9a-f]{32}$/.test(part)).join(' ')
  return `${name}${what ? ` ${what}` : ''} is not open here`
}
