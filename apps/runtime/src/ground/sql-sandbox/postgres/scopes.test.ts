import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { releaseDatabase, takeDatabase } from '../../../testing/postgres/databases.ts'
import { systemClock } from '../../clock.ts'
import { RoleConnection } from './role-connection.ts'
import { RoleSessions } from './role-sessions.ts'
import { Scopes } from './scopes.ts'

const file = `scopes-${process.pid}`
const times = { longestStatement: 60_000, longestPause: 60_000 }
const place = (scopeId: string) => ({ tenantId: 't', scope: 'user', scopeId })
let dsn = ''
let scopes: Scopes
/** The runtime, in the database of scopes. */
let owner: pg.Client
let mine: Awaited<ReturnType<Scopes['enter']>>
let theirs: Awaited<ReturnType<Scopes['enter']>>

beforeAll(async () => {
  dsn = await takeDatabase(file)
  scopes = new Scopes({ dsn, ...times })
  mine = await scopes.enter(place('ada'))
  theirs = await scopes.enter(place('bob'))
  owner = new pg.Client(inScopes(dsn))
  await owner.connect()
  const bob = await loggedIn(theirs)
  await bob.query("create table secret as select 'hidden' as word")
  await bob.query('analyze secret')
  await bob.end()
})

afterAll(async () => {
  await owner.end()
  await scopes.close()
  await releaseDatabase(file)
})

function inScopes(url: string): string {
  return url.startsWith('socket:') ? url.replace(/db=(\w+)/, 'db=$1_sqlmem') : `${url}_sqlmem`
}

async function loggedIn({ login }: typeof mine, more: pg.ClientConfig = {}): Promise<pg.Client> {
  const { server, role: user, password, schema } = login
  const client = new pg.Client({ ...server, user, password, options: `-c search_path=${schema}`, ...more })
  client.on('error', () => {})
  await client.connect()
  return client
}

const codeOf = (client: pg.Client, statement: string) =>
  client.query(statement).then(
    ({ rows }) => `answered ${JSON.stringify(rows)}`,
    (error: pg.DatabaseError) => error.code,
  )

/** Not permitted; or there are no prepared transactions, and none of the extensions. */
const denial = /^(42501|25P01|0A000|58P01)$/

/** Without the reading of statements before, as if that had let everything through. */
describe('the role of a scope alone', () => {
  it('does in its schema what it wants', async () => {
    const me = await loggedIn(mine)
    await me.query('create table t (a integer primary key)')
    await me.query('insert into t values (1)')
    await me.query("create function twice(a integer) returns integer language sql as 'select a * 2'")
    expect((await me.query('select twice(a) as two from t')).rows).toEqual([{ two: 2 }])
    await me.query('drop function twice; drop table t')
    await me.end()
  })

  it('may do nothing beside, however it says so', async () => {
    const me = await loggedIn(mine)
    const denied = [
      `select * from ${theirs.schema}.secret`,
      `insert into ${theirs.schema}.secret values ('x')`,
      `drop table ${theirs.schema}.secret`,
      `drop schema ${theirs.schema} cascade`,
      `create table ${theirs.schema}.x (a integer)`,
      `set role ${theirs.role}`,
      `set session authorization ${theirs.role}`,
      'set role postgres',
      'set session authorization postgres',
      `alter role ${theirs.role} password 'x'`,
      `grant ${theirs.role} to current_user`,
      `grant ${mine.role} to ${theirs.role}`,
      'select * from loomcycle.sql_secret',
      'select * from loomcycle.sql_scopes',
      'lock table loomcycle.sql_scopes',
      'create table loomcycle.x (a integer)',
      'create table public.x (a integer)',
      'create temp table x (a integer)',
      'create schema x',
      `drop schema ${mine.schema} cascade`,
      `alter schema ${mine.schema} rename to x`,
      `alter schema ${mine.schema} owner to current_user`,
      'create role x',
      'create database x',
      'create extension dblink',
      'create extension postgres_fdw',
      'create extension file_fdw',
      'create language plpython3u',
      'create publication x for all tables',
      "create subscription x connection 'dbname=postgres' publication x",
      'create event trigger x on ddl_command_end execute function f()',
      "create function f() returns integer language c as 'x', 'y'",
      "create function f() returns text language internal as 'pg_read_file'",
      'alter role current_user superuser',
      'alter role current_user createrole',
      'alter role current_user connection limit 100',
      'grant pg_read_server_files to current_user',
      'grant pg_read_all_data to current_user',
      "alter system set log_statement = 'all'",
      "alter database postgres set search_path = 'x'",
      'set session_replication_role = replica',
      'set temp_file_limit = -1',
      'alter role current_user set temp_file_limit = -1',
      'select * from pg_authid',
      'select * from pg_shadow',
      'select * from pg_statistic',
      'select * from pg_hba_file_rules',
      "select pg_read_file('postgresql.conf')",
      "select pg_read_binary_file('postgresql.conf')",
      "select pg_stat_file('postgresql.conf')",
      "select pg_ls_dir('.')",
      'select pg_reload_conf()',
      'select pg_rotate_logfile()',
      'select pg_switch_wal()',
      "select pg_create_physical_replication_slot('x')",
      "select lo_import('/etc/passwd')",
      "copy (select 1) to program 'true'",
      "copy (select 1) to '/tmp/x'",
      'checkpoint',
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
      `select pg_cancel_backend(pid) from pg_stat_activity where usename = 'postgres'`,
      "do $$ begin execute 'select * from loomcycle.sql_secret'; end $$",
      `select query_to_xml('select * from ${theirs.schema}.secret', true, true, '')`,
    ]
    for (const statement of denied) expect(await codeOf(me, statement), statement).toMatch(denial)
    expect(await codeOf(me, "begin; prepare transaction 'x'")).toBe('55000')
    await me.end()
  })

  it('opens its schema to nobody', async () => {
    const me = await loggedIn(mine)
    await me.query('create table open_to_all (a integer)')
    await me.query('grant all on open_to_all to public')
    await me.query(`grant usage, create on schema ${mine.schema} to public`)
    const bob = await loggedIn(theirs)
    expect(await codeOf(bob, `select * from ${mine.schema}.open_to_all`)).toBe('42501')
    const trap = `create function trap() returns text security definer language sql as 'select current_user::text'`
    await me.query(trap)
    expect(await codeOf(bob, `select ${mine.schema}.trap()`)).toBe('42501')
    await Promise.all([me.end(), bob.end()])
  })

  it('sees no rows, statements or statistics of others in what everybody may look at', async () => {
    const me = await loggedIn(mine)
    const bob = await loggedIn(theirs)
    await bob.query("select 'a secret word' as mine")
    const { rows } = await me.query('select query from pg_stat_activity where usename <> current_user')
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toContain('secret')
    expect((await me.query("select from pg_stats where schemaname like 'sqlmem%'")).rows).toEqual([])
    expect((await me.query("select from information_schema.tables where table_name = 'secret'")).rows).toEqual([])
    await Promise.all([me.end(), bob.end()])
  })

  it('finds nothing that it may read in the database of the runtime', async () => {
    const me = await loggedIn(mine, { database: new pg.Client(dsn).database as string })
    for (const table of ['sessions', 'memory', 'chunks', 'sql_secret', 'sql_audit', 'migrations']) {
      expect(await codeOf(me, `select * from public.${table}`), table).toBe('42501')
    }
    expect(await codeOf(me, 'create table public.x (a integer)')).toBe('42501')
    await me.end()
  })

  it('has only so many connections', async () => {
    const all = await Promise.allSettled(Array.from({ length: 70 }, () => loggedIn(mine)))
    const refused = all.filter((one) => one.status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(6)
    for (const one of all) if (one.status === 'fulfilled') await one.value.end()
    const again = () =>
      loggedIn(mine).then(
        (client) => client.end().then(() => true),
        () => false,
      )
    await expect.poll(again).toBe(true)
  })

  it('is ended even where it will not be', async () => {
    const ended: number[] = []
    const connection = await RoleConnection.open(mine.login, (pid) => {
      ended.push(pid)
      mine.end(pid)
    })
    const stubborn = `do $$ begin loop begin perform pg_sleep(10); exception when query_canceled or others then null; end; end loop; end $$`
    const going = expect(connection.say(stubborn)).rejects.toThrow('enough')
    const isThere = async () =>
      (
        await owner.query('select from pg_stat_activity where pid = any($1) or query like $2', [
          ended,
          'do $$ begin loop%',
        ])
      ).rows.length
    await expect.poll(isThere).toBe(1)
    connection.stop('enough')
    await going
    await expect.poll(isThere).toBe(0)
  })
})

describe('scopes', () => {
  it('are dropped with their role and whoever is logged in as it', async () => {
    const { schema, role } = await scopes.enter(place('gone'))
    const left = await loggedIn(await scopes.enter(place('gone')))
    const sessions = new RoleSessions({
      ...{ clock: systemClock, size: 1, perOwner: 1, shareMs: 1, maxReserved: 1, maxReservedPerOwner: 1 },
      ...{ mostKept: 1, keptMs: 1000 },
    })
    await scopes.drop(place('gone'), (name) => sessions.letGoOf(name))
    const { rows } = await owner.query(
      `select (select count(*) from pg_namespace where nspname = $1) as schemas,
        (select count(*) from pg_roles where rolname = $2) as roles,
        (select count(*) from loomcycle.sql_scopes where schema = $1) as entries`,
      [schema, role],
    )
    expect(rows).toEqual([{ schemas: '0', roles: '0', entries: '0' }])
    await expect(left.query('select 1')).rejects.toThrow()
    await sessions.close()
  })

  it('are not in the runtime’s own database', async () => {
    const inOwn = new Scopes({ dsn, memoryDsn: dsn, ...times })
    await expect(inOwn.enter(place('ada'))).rejects.toThrow('names the runtime’s')
    await inOwn.close()
  })

  it('are refused where the runtime may not make what they need, in words that say what that is', async () => {
    await owner.query('do $$ begin create role plain login; exception when duplicate_object then null; end $$')
    const url = new URL(dsn)
    url.username = 'plain'
    const none = new Scopes({ dsn: url.href.replace(/\/\w+$/, '/template1'), ...times })
    await expect(none.enter(place('ada'))).rejects.toThrow(
      'SQL of agents needs a database of its own, and there is none: CREATE DATABASE template1_sqlmem OWNER plain',
    )
    expect(await none.runs()).toEqual([])
    await none.close()
    const other = new Scopes({ dsn: url.href, ...times })
    await expect(other.enter(place('ada'))).rejects.toThrow(
      'may make roles, one for each scope: ALTER ROLE plain CREATEROLE',
    )
    await other.close()
    const away = new Scopes({ dsn, memoryDsn: 'postgres://127.0.0.1:1/x', ...times })
    await expect(away.enter(place('ada'))).rejects.toThrow('SQL is not open here: ')
    await away.close()
  })
})
