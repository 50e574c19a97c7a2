import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { constants, DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isAllowed, type Question, type Rules, type ViewNames } from './authorizer.ts'
import type { OpenDatabase, RunStatement, SqlChanges, SqlRows } from './messages.ts'
import { readRows } from './rows.ts'
import { refusalOfValues } from './statement/parameters.ts'
import { readSqlite } from './statement/read-sqlite.ts'
import { type NameRules, onlyViews, ownDatabase, refusalOf } from './statement/refusal.ts'
import type { Statement } from './statement/statement.ts'
import { toNumber, toSql } from './values.ts'

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

/** Nobody’s id. */
const noRow = -(2n ** 63n)

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
    const refusal = refusalOf(read, mode, this.#names) ?? refusalOfValues(read.variables, args.length)
    if (refusal) throw new Error(refusal)
    this.#refused = undefined
    if (mode === 'exec' && read.mayUpdateInstead) this.#forgetLastInsertId()
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
      const bounds = { maxRows, maxBytes }
      if (mode === 'query') return readRows(prepared, values, bounds, false)
      const returned = prepared.columns().length > 0 ? readRows(prepared, values, bounds, true) : undefined
      if (!returned) prepared.run(...values)
      return { ...this.#changed(read), ...returned }
    } catch (error) {
      throw this.#refused ? new Error(inWords(this.#refused)) : error
    } finally {
      this.#rules = undefined
    }
  }

  /** SQLite keeps both numbers until a statement has others, so they are asked for only where this one made them. */
  #changed({ kind, inserts }: Statement): SqlChanges {
    if (kind !== 'change') return { rows_affected: 0, last_insert_id: 0 }
    this.#rules = undefined
    const counted = this.#db.prepare('SELECT changes() AS n, last_insert_rowid() AS id')
    counted.setReadBigInts(true)
    const { n, id } = counted.get() as { n: bigint; id: bigint }
    const isNew = inserts && n > 0n && id !== noRow
    return { rows_affected: Number(n), last_insert_id: isNew ? toNumber(id) : 0 }
  }

  /** So that it tells whether a row was added, where one that is there may be changed instead. */
  #forgetLastInsertId() {
    const name = `v_${randomBytes(16).toString('hex')}`
    this.control(`CREATE TEMP TABLE ${name} (n); INSERT INTO ${name} (rowid) VALUES (${noRow}); DROP TABLE ${name}`)
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
