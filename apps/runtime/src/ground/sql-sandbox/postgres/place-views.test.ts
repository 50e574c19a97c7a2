import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { read } from '../../../areas/documents/search/query-sql.ts'
import { rowsOfPlace } from '../../../areas/documents/store/rows-of-place.ts'
import { releaseDatabase, takeDatabase } from '../../../testing/postgres/databases.ts'
import { systemClock } from '../../clock.ts'
import { Connection } from '../../db/postgres/connection.ts'
import { Transaction } from '../../db/postgres/transaction.ts'
import type { UserSql } from '../user-sql.ts'
import { PlaceViews } from './place-views.ts'
import { postgresSql } from './postgres-sql.ts'

const file = `place-views-${process.pid}`
const limits = { timeoutMs: 20_000, maxRows: 100, maxBytes: 100_000 }
const times = { longestStatement: 60_000, longestPause: 60_000 }
let dsn = ''
let sql: UserSql
let views: PlaceViews
/** The runtime, who owns the tables. */
let owner: pg.Client

/** Rows of two people, which are the same but for the words. */
const rows = `
  insert into document_places (id, tenant_id, scope, scope_id, head_seq, relinked) values
    (1, 't', 'user', 'ada', 1, 0), (2, 't', 'user', 'bob', 1, 0);
  insert into documents (id, place_id, title, root_chunk_id, created_at, updated_at) values
    ('d1', 1, 'Plan', 'c1', 1, 2), ('d2', 2, 'hidden', 'e1', 1, 2);
  insert into chunks (n, id, place_id, document_id, parent_id, shelf, slot, type, status, title, title_key, natural_key,
      revision, created_at, updated_at, actor) values
    (1, 'c1', 1, 'd1', '', 0, 0, '', '', 'Plan', 'plan', null, 1, 1, 2, '{}'),
    (2, 'c2', 1, 'd1', 'c1', 0, 0, 'task', 'todo', '7', 'write', 'k', 1, 1, 2, '{}'),
    (3, 'e1', 2, 'd2', '', 0, 0, '', '', 'hidden', 'hidden', null, 1, 1, 2, '{}');
  insert into chunk_shelves (document_id, parent_id, shelf, base) values
    ('d1', '', 0, 0), ('d1', 'c1', 0, 5), ('d2', '', 0, 0);
  insert into chunk_contents (n, body, fields, preamble) values
    (1, '', null, ''), (2, 'words', '{"day":3,"x\\"y":"q","it''s":"z"}', ''), (3, 'hidden', '{"day":"hidden"}', '');
  insert into chunk_edges (from_id, to_id, kind, auto, place_id, created_at) values
    ('c1', 'c2', 'next', 0, 1, 1), ('e1', 'e1', 'hidden', 0, 2, 1);
  insert into chunk_types (place_id, document_id, name, fields, created_at) values
    (1, '', 'task', '["day", "x\\"y", "it''s", "ID", "Ä", "own.main.chunks source.x ?"]', 1), (2, '', 'hidden', '["hidden"]', 1);
  insert into chunk_tags (place_id, chunk_id, tag) values (1, 'c2', 'mine'), (2, 'e1', 'hidden');
`

beforeAll(async () => {
  dsn = await takeDatabase(file)
  owner = new pg.Client(dsn)
  await owner.connect()
  await owner.query(rows)
  sql = postgresSql({ clock: systemClock, dsn, ...times })
  views = new PlaceViews({ dsn, ...times })
})

afterAll(async () => {
  await sql.close()
  await views.close()
  await owner.end()
  await releaseDatabase(file)
})

const ask = async (statement: string, args: unknown[] = [], place = 1) =>
  (
    await sql.ask(
      { key: `place ${place}`, version: 0, rows: rowsOfPlace(place), read, owner: 'me' },
      { statement, args, limits },
    )
  ).rows

describe('a question about the rows of a place', () => {
  it('sees documents, chunks with their fields, edges, types and tags', async () => {
    const { columns, rows } = await sql.ask(
      { key: 'place 1', version: 0, rows: rowsOfPlace(1), read, owner: 'me' },
      { statement: "SELECT * FROM chunks WHERE type = 'task'", limits },
    )
    const row = Object.fromEntries(columns.map((name, i) => [name, rows[0]![i]]))
    expect(row).toMatchObject({ id: 'c2', position: 5, status: 'todo', body: 'words', day: '3', rank: null })
    expect(columns).toEqual(expect.arrayContaining(['Ä', 'own.main.chunks source.x ?']))
    expect(columns.filter((name) => name.toLowerCase() === 'id')).toEqual(['id'])
    expect(await ask('SELECT id, title FROM documents WHERE title = $1', ['Plan'])).toEqual([['d1', 'Plan']])
    expect(await ask('SELECT name, document_id FROM chunk_types')).toEqual([['task', '']])
    expect(await ask('SELECT tag FROM chunk_tags')).toEqual([['mine']])
    expect(await ask('SELECT from_id, to_id, kind FROM chunk_edges')).toEqual([['c1', 'c2', 'next']])
    expect(await ask('SELECT day::int + 1 FROM chunks WHERE day IS NOT NULL')).toEqual([[4]])
  })

  it('sees nothing of anybody else, and nothing where nothing is', async () => {
    for (const table of ['documents', 'chunks', 'chunk_edges', 'chunk_types', 'chunk_tags']) {
      expect(JSON.stringify(await ask(`SELECT * FROM ${table}`)), table).not.toContain('hidden')
      expect(await ask(`SELECT * FROM ${table}`, [], 2), table).toHaveLength(1)
      expect(await ask(`SELECT * FROM ${table}`, [], 0), table).toEqual([])
    }
  })

  it('does not learn of other rows by what fails over them', async () => {
    await owner.query('analyze')
    for (const place of [0, 1]) {
      const asked = ask("SELECT count(*) FROM chunks WHERE parent_id = 'c1' AND title::int > 0", [], place)
      expect(await asked).toEqual([[place]])
    }
    expect(await ask('SELECT count(*) FROM chunks WHERE day::int > 0')).toEqual([[1]])
    await expect(ask('SELECT count(*) FROM chunk_tags WHERE tag::int > 0')).rejects.toThrow('"mine"')
  })

  it('sees a field as soon as it is declared', async () => {
    await owner.query(`update chunk_types set fields = '["day", "hour"]' where place_id = 1`)
    expect(await ask('SELECT hour FROM chunks LIMIT 1')).toEqual([[null]])
    await owner.query(`update chunk_types set fields = '["day"]' where place_id = 1`)
    await expect(ask('SELECT hour FROM chunks')).rejects.toThrow('column "hour" does not exist')
  })

  it('does not see what is deleted and not removed yet', async () => {
    await owner.query("insert into chunk_batches (id, place_id, document_id, state) values (1, 1, 'd1', 'removing')")
    const counts = `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM chunks),
      (SELECT count(*) FROM chunk_edges), (SELECT count(*) FROM chunk_tags)`
    expect(await ask(counts)).toEqual([[0, 0, 0, 0]])
    await owner.query('delete from chunk_batches')
    expect(await ask(counts)).toEqual([[1, 2, 1, 1]])
  })

  it.each([
    'SELECT * FROM public.chunks',
    'SELECT * FROM pg_class',
    'SELECT * FROM pg_catalog.pg_stat_activity',
    'SELECT * FROM information_schema.tables',
    'SELECT pg_advisory_lock(1)',
    "SELECT pg_notify('loomcycle', '[]')",
    'SELECT pg_sleep(100)',
    "SELECT set_config('role', 'postgres', false)",
    'SELECT lo_create(1)',
    "SELECT query_to_xml('select 1', true, true, '')",
    'DELETE FROM chunks',
    'WITH x AS (DELETE FROM chunks RETURNING 1) SELECT * FROM x',
    'SELECT * INTO x FROM chunks',
    'SELECT * FROM chunks FOR UPDATE',
    'CREATE TABLE x (a INTEGER)',
    'SET default_transaction_read_only = off',
    'LOCK TABLE write_turns',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
    'SELECT 1; SELECT 2',
    'SELECT 1; COMMIT',
  ])('refuses %s', async (statement) => {
    await expect(ask(statement)).rejects.toThrow(/not open here|only reads|no table or view|more than one statement/)
  })

  it.each(['sessions', 'memory', 'sql_secret', 'sql_views', 'placed_chunks', 'chunk_contents'])(
    'has no table %s',
    async (table) => {
      await expect(ask(`SELECT * FROM ${table}`)).rejects.toThrow(`no table or view "${table}"`)
    },
  )
})

/** Not permitted; or no view of this kind can be written to, there are no prepared transactions, and none of the extensions. */
const denial = /^(42501|55000|25P01|0A000|58P01)$/

/** Without the reading of statements before, as if that had let everything through. */
describe('the role alone', () => {
  let role: pg.Client

  beforeAll(async () => {
    role = await loggedIn(1)
  })
  afterAll(async () => role.end())

  async function loggedIn(place: number): Promise<pg.Client> {
    const { login } = await views.enter(`place ${place}`, rowsOfPlace(place), read)
    const { server, role: user, password, schema } = login
    const client = new pg.Client({ ...server, user, password, options: `-c search_path=${schema}` })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  const refused = async (statement: string) => {
    try {
      const { rows } = await role.query(statement)
      return `answered ${JSON.stringify(rows)}`
    } catch (error) {
      return (error as pg.DatabaseError).code
    }
  }

  it('reads its views', async () => {
    const { rows } = await role.query('select id from chunks order by id')
    expect(rows).toEqual([{ id: 'c1' }, { id: 'c2' }])
  })

  it('may neither read nor write nor lock what is not its own, however it says so', async () => {
    const { rows: others } = await owner.query(`select schema from sql_views`)
    const schemas = (others as { schema: string }[]).map(({ schema }) => schema)
    const { login } = await views.enter('place 2', rowsOfPlace(2), read)
    const theirs = login.schema.split(',')[0]!
    expect(schemas).toContain(theirs)
    await role.query('set default_transaction_read_only = off')
    const denied = [
      ...[
        'sessions',
        'memory',
        'chunks',
        'documents',
        'chunk_contents',
        'events',
        'sql_secret',
        'sql_views',
        'sql_audit',
      ].map((table) => `select * from public.${table}`),
      `select * from ${theirs}.chunks`,
      `set role ${login.role}`,
      `set session authorization ${login.role}`,
      'set role postgres',
      'set session authorization postgres',
      'insert into chunks (id) values (1)',
      "update chunks set title = 'x'",
      'delete from chunks',
      'delete from documents',
      'select * from documents for update',
      'lock table documents in exclusive mode',
      'lock table public.write_turns in row exclusive mode',
      'lock table public.write_turns in access share mode',
      'drop view chunks',
      'create or replace view chunks as select 1',
      'alter view chunks reset (security_barrier)',
      'create table x (a integer)',
      'create table public.x (a integer)',
      'create temp table x (a integer)',
      "create function public.ifnull(text, unknown) returns text language sql as 'select 1'",
      "create function pg_temp.f(text) returns text language sql as 'select 1'",
      'create schema x',
      'create role x',
      'create database x',
      'create extension dblink',
      `create publication x`,
      'create event trigger x on ddl_command_end execute function f()',
      `alter role ${login.role} password 'x'`,
      'alter role current_user superuser',
      'alter role current_user createrole',
      `grant ${login.role} to current_user`,
      'grant pg_read_all_data to current_user',
      "alter system set log_statement = 'all'",
      'set session_replication_role = replica',
      'select * from pg_authid',
      'select * from pg_shadow',
      'select * from pg_largeobject',
      'select * from pg_statistic',
      "select pg_read_file('postgresql.conf')",
      "select pg_ls_dir('.')",
      "select lo_import('/etc/passwd')",
      "copy (select 1) to program 'true'",
      "copy (select 1) to '/tmp/x'",
      'select public.wipe()',
      "do $$ begin execute 'select * from public.memory'; end $$",
      "select query_to_xml('select * from public.memory', true, true, '')",
      "select table_to_xml('public.memory', true, true, '')",
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
      "select pg_cancel_backend(pid) from pg_stat_activity where usename = 'postgres'",
    ]
    for (const statement of denied) {
      expect(await refused(statement), statement).toMatch(denial)
    }
    expect(await refused("begin; prepare transaction 'x'")).toBe('55000')
    expect(schemas.length).toBeGreaterThan(1)
  })

  it('sees no rows, statements or statistics of others in what everybody may look at', async () => {
    const other = await loggedIn(2)
    await other.query("select 'a secret word' as mine")
    const { rows } = await role.query('select query from pg_stat_activity where usename <> current_user')
    expect(JSON.stringify(rows)).not.toContain('secret')
    expect((await role.query("select from pg_stats where schemaname = 'public'")).rows).toEqual([])
    const { rows: shown } = await role.query("select definition from pg_views where schemaname like 'sqldoc%'")
    expect(shown.length).toBeGreaterThan(5)
    // Fields by name, and nobody.
    expect(JSON.stringify(shown)).not.toContain('bob')
    await other.end()
  })

  it('keeps nobody from writing', async () => {
    await role.query('begin')
    await role.query('select count(*) from chunks')
    await role.query('select pg_advisory_lock(1819242349)')
    const connection = await Connection.open(dsn)
    for (const sharing of ['alone', 'together'] as const) {
      const transaction = new Transaction(connection, sharing)
      await transaction.begin()
      await transaction.commit()
    }
    await connection.close()
    await role.query('rollback')
  })

  it('is let into a database where everybody may make or read things by no means', async () => {
    await owner.query('create schema open_to_all')
    await owner.query('grant create on schema open_to_all to public')
    const anew = new PlaceViews({ dsn, ...times })
    await expect(anew.enter('place 1', rowsOfPlace(1), read)).rejects.toThrow(
      'everybody may make things in its schema open_to_all; REVOKE CREATE ON SCHEMA open_to_all FROM PUBLIC',
    )
    await owner.query('drop schema open_to_all')
    await owner.query('grant select on sessions to public')
    await expect(anew.enter('place 1', rowsOfPlace(1), read)).rejects.toThrow(
      'everybody may read its table sessions; REVOKE ALL ON sessions FROM PUBLIC',
    )
    await owner.query('revoke select on sessions from public')
    await expect(anew.enter('place 1', rowsOfPlace(1), read)).resolves.toHaveProperty('login')
    await anew.close()
  })

  it('is not made by a runtime that may not make roles, which says so', async () => {
    const url = new URL(inject('postgresUrl').startsWith('socket:') ? 'postgres://localhost/x' : dsn)
    await owner.query('do $$ begin create role plain login; exception when duplicate_object then null; end $$')
    await owner.query('grant all on schema public to plain')
    url.username = 'plain'
    const plain = new PlaceViews({ dsn: url.href, ...times })
    await expect(plain.enter('place 1', rowsOfPlace(1), read)).rejects.toThrow(
      'SQL over documents needs a role that may make roles: ALTER ROLE plain CREATEROLE',
    )
    await plain.close()
    await owner.query('revoke all on schema public from plain')
  })
})
