import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { clientConfig } from '../client.ts'
import { migrate } from '../migrator.ts'
import { type Digest, digestOf } from './digest.ts'
import { indexChats, indexChunks, isMoved } from './full-text.ts'
import { insertRows, type Row, sourceRows, targetRows } from './rows.ts'
import { commonTables, quoted, type Table } from './tables.ts'

/** A move cannot begin, or what has come of it is not what was there. */
export class MoveError extends Error {
  override name = 'MoveError'
}

export interface Moved {
  table: string
  rows: number
}

export interface MoveOptions {
  /** Up to date, and used by nobody. */
  file: string
  dsn: string
  /** Rows of a table are there, and how far it goes is known: a move that ends here goes on behind them. */
  onPage?(table: string): void
  /** All of a table is there, and compared. */
  onTable?(moved: Moved): void
}

/**
 * Everything that is in a database of SQLite, into an empty one of Postgres. One that was cut off goes on where it was;
 * until it has come to its end, nothing starts on the target. At the end every row is compared. What is found by its words
 * is each store's own, and made anew.
 */
export async function moveFromSqlite({
  file,
  dsn,
  onPage = () => {},
  onTable = () => {},
}: MoveOptions): Promise<Moved[]> {
  await migrate(dsn)
  const source = new DatabaseSync(file, { readOnly: true })
  const target = new pg.Client(clientConfig(dsn))
  target.on('error', () => {})
  await target.connect()
  try {
    const tables = (await commonTables(target, (name) => isTable(source, name))).filter(isMoved)
    await begin(target, tables, markOf(source))
    for (const table of tables) await copy(source, target, table, onPage)
    await index(target, onPage)
    const moved: Moved[] = []
    for (const table of tables) {
      const { rows } = await compare(source, target, table)
      moved.push({ table: table.name, rows })
      onTable(moved.at(-1)!)
    }
    await finish(target)
    return moved
  } finally {
    source.close()
    await target.end().catch(() => {})
  }
}

function isTable(source: DatabaseSync, name: string): boolean {
  const found = source.prepare(`select sql from sqlite_master where type = 'table' and name = ?`).get(name)
  return found !== undefined && !/^create virtual/i.test(String(found.sql))
}

/** By which a source is known again. */
function markOf(source: DatabaseSync): string {
  const row = source.prepare('select id, created_at from sessions order by created_at, id limit 1').get()
  return row ? `${row.id} ${row.created_at}` : 'empty'
}

/** Rows come in whatever order, so nothing refers to anything until all are there. */
async function begin(target: pg.Client, tables: readonly Table[], mark: string) {
  const { rows: begun } = await target.query<{ yes: number }>(`select to_regclass('moves') is not null as yes`)
  if (begun[0]!.yes) {
    const { rows } = await target.query<{ mark: string }>('select mark from moves')
    if (rows[0]?.mark === mark) return
    throw new MoveError('another database has been moved there in part; take an empty database')
  }
  for (const { name } of tables) {
    const { rows } = await target.query(`select 1 from ${quoted(name)} limit 1`)
    if (rows.length > 0) throw new MoveError(`there is something in it already (in ${name}); take an empty database`)
  }
  await target.query('begin')
  await target.query('create table moves (mark text not null)')
  await target.query('create table moved_tables (name text primary key, after text, is_done boolean not null)')
  await target.query(`create table moving_references as
    select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as words
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`)
  const { rows } = await target.query<{ of: string; name: string }>('select of, name from moving_references')
  for (const { of, name } of rows) await target.query(`alter table ${of} drop constraint ${quoted(name)}`)
  await target.query('alter table sessions disable trigger sessions_touched')
  await target.query('insert into moves values ($1)', [mark])
  await target.query('commit')
}

async function copy(source: DatabaseSync, target: pg.Client, table: Table, onPage: (table: string) => void) {
  await inPages<Row>(target, table.name, onPage, async (after) => {
    const { rows, last } = sourceRows(source, table, after)
    if (last) await insertRows(target, table, rows)
    return last
  })
}

async function index(target: pg.Client, onPage: (table: string) => void) {
  await inPages<number>(target, 'chunk_fts', onPage, (after = 0) => indexChunks(target, after))
}

/** A page and how far it goes are there together. */
async function inPages<T>(
  target: pg.Client,
  name: string,
  onPage: (name: string) => void,
  write: (after: T | undefined) => Promise<T | undefined>,
) {
  const { rows } = await target.query<{ after: string | null; is_done: number }>(
    'select after, is_done from moved_tables where name = $1',
    [name],
  )
  if (rows[0]?.is_done) return
  for (let after = rows[0]?.after ? (JSON.parse(rows[0].after) as T) : undefined; ; ) {
    await target.query('begin')
    const last = await write(after)
    after = last ?? after
    await target.query(
      `insert into moved_tables values ($1, $2, $3)
        on conflict (name) do update set after = excluded.after, is_done = excluded.is_done`,
      [name, after === undefined ? null : JSON.stringify(after), last === undefined],
    )
    await target.query('commit')
    if (last === undefined) return
    onPage(name)
  }
}

async function compare(source: DatabaseSync, target: pg.Client, table: Table): Promise<Digest> {
  const was = await digestOf((after) => sourceRows(source, table, after))
  const is = await digestOf((after) => targetRows(target, table, after))
  if (was.rows !== is.rows || was.sha256 !== is.sha256) {
    throw new MoveError(`${table.name} has ${is.rows} rows there that are not the ${was.rows} that were here`)
  }
  return is
}

async function finish(target: pg.Client) {
  await target.query('begin')
  const { rows } = await target.query<{ of: string; name: string; words: string }>('select * from moving_references')
  for (const { of, name, words } of rows)
    await target.query(`alter table ${of} add constraint ${quoted(name)} ${words}`)
  await target.query('alter table sessions enable trigger sessions_touched')
  await target.query(indexChats)
  // Numbers go on behind those that were given out.
  const { rows: numbered } = await target.query<{ of: string; column: string; sequence: string }>(`
    select c.oid::regclass::text as of, a.attname as column, pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
    where c.relnamespace = current_schema()::regnamespace`)
  for (const { of, column, sequence } of numbered) {
    await target.query(
      `select setval($1, greatest((select max(${quoted(column)}) from ${of}), 1), exists (select from ${of}))`,
      [sequence],
    )
  }
  await target.query('drop table moving_references, moved_tables, moves')
  await target.query('commit')
}
