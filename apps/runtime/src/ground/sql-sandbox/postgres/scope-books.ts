import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { clientConfig } from '../../db/postgres/client.ts'
import { ToolError } from '../../tool-error.ts'
import type { SqlPlace } from '../user-sql.ts'
import { openDoorOf, powersOf } from './roles.ts'

/** Where the databases of scopes are, and what is written down about them; nobody else may look at either. */
export interface ScopeBooks {
  pool: pg.Pool
  config: pg.ClientConfig
  database: string
  /** Passwords of roles are made with it. */
  secret: string
}

const tables = `
create schema if not exists loomcycle;
create table if not exists loomcycle.sql_scopes (
  schema text primary key,
  role text not null,
  tenant_id text not null,
  scope text not null,
  scope_id text not null,
  used_at timestamptz not null
);
create table if not exists loomcycle.sql_secret (id integer primary key check (id = 1), secret text not null);
`
const invalidCatalog = '3D000'
/** Connections that look after scopes. */
const mostConnections = 4

export interface BooksOptions {
  /** Of the runtime's own database. */
  dsn: string
  /** Of the one for scopes, where somebody has made it; otherwise it is made beside the runtime's own. */
  memoryDsn?: string | undefined
}

/** Undefined where there is no database yet and none is to be made. Throws a sentence where there can be none. */
export async function openBooks(options: BooksOptions, mayMake: boolean): Promise<ScopeBooks | undefined> {
  const config = options.memoryDsn ? clientConfig(options.memoryDsn) : besides(clientConfig(options.dsn))
  const database = new pg.Client(config).database ?? ''
  const pool = new pg.Pool({ ...config, max: mostConnections, query_timeout: 60_000 })
  pool.on('error', () => {})
  try {
    if (!(await isThere(pool))) {
      if (!mayMake) return void (await pool.end())
      if (options.memoryDsn) throw new ToolError(`SQL has no database: there is none named ${database}`)
      await make(options.dsn, database)
    }
    const secret = await prepare(pool, database)
    return { pool, config, database, secret }
  } catch (error) {
    await pool.end()
    throw error
  }
}

function besides(config: pg.ClientConfig): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client(config) as pg.Client & pg.ClientConfig
  const { connectionString: _, ...rest } = config
  return { ...rest, host, port, user, password, ssl, database: `${database}_sqlmem` } as pg.ClientConfig
}

async function isThere(pool: pg.Pool): Promise<boolean> {
  try {
    await pool.query('select')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === invalidCatalog) return false
    throw error
  }
}

async function make(dsn: string, database: string): Promise<void> {
  const client = new pg.Client(clientConfig(dsn))
  client.on('error', () => {})
  await client.connect()
  try {
    const { user, makesDatabases } = await powersOf(client)
    if (!makesDatabases) {
      throw new ToolError(
        `SQL of agents needs a database of its own, and there is none: CREATE DATABASE ${database} OWNER ${user}, or LOOMCYCLE_SQLMEM_PG_DSN with another`,
      )
    }
    await client.query(`create database ${pg.escapeIdentifier(database)} template template0 encoding 'UTF8'`)
  } catch (error) {
    // Another process has made it meanwhile.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** What nobody but the runtime may do there is closed. */
async function prepare(pool: pg.Pool, database: string): Promise<string> {
  const client = await pool.connect()
  try {
    const { user, makesRoles } = await powersOf(client)
    if (!makesRoles) {
      throw new ToolError(
        `SQL of agents needs a role that may make roles, one for each scope: ALTER ROLE ${user} CREATEROLE`,
      )
    }
    const { rows } = await client.query(`select to_regclass('public.document_places') as ours`)
    if ((rows[0] as { ours: unknown }).ours !== null) {
      throw new ToolError(`SQL of agents needs a database of its own; LOOMCYCLE_SQLMEM_PG_DSN names the runtime’s`)
    }
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`loomcycle ${database}`])
    await client.query(tables)
    await client.query(`insert into loomcycle.sql_secret values (1, $1) on conflict do nothing`, [
      randomBytes(32).toString('base64url'),
    ])
    await client.query('commit')
    await closeDoors(client, database)
    const open = await openDoorOf(client)
    if (open) throw new ToolError(`SQL of agents cannot be kept apart in the database ${database}: ${open}`)
    const { rows: secrets } = await client.query('select secret from loomcycle.sql_secret')
    return (secrets[0] as { secret: string }).secret
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

/** What it takes depends on who owns what; `openDoorOf` says what is left open. */
async function closeDoors(client: pg.ClientBase, database: string) {
  for (const close of [
    `revoke create, temporary on database ${pg.escapeIdentifier(database)} from public`,
    'revoke all on schema public from public',
  ]) {
    await client.query(close).catch(() => {})
  }
}

export async function runScopes({ pool }: ScopeBooks): Promise<SqlPlace[]> {
  const { rows } = await pool.query(
    `select tenant_id as "tenantId", scope, scope_id as "scopeId" from loomcycle.sql_scopes where scope = 'run'`,
  )
  return rows as SqlPlace[]
}
