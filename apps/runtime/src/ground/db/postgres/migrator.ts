import pg from 'pg'
import { NewerDatabaseError } from '../migrator.ts'
import { clientConfig } from './client.ts'
import { functions } from './migrations/060-functions.ts'
import { baseline } from './migrations/070-baseline.ts'
import { fullText } from './migrations/070-full-text.ts'
import { replicas } from './migrations/080-replicas.ts'

/** In order; a released one is never edited. One that is named like SQLite's does there what that does. */
export const migrations: Readonly<Record<string, string>> = {
  '060-functions': functions,
  '070-baseline': baseline,
  '070-full-text': fullText,
  '080-replicas': replicas,
}

const names = Object.keys(migrations)
/** Of the lock that whoever migrates holds; "loo" and 0. */
const lock = 0x6c6f6f00
const oldest = 140_000

/** The database is as an earlier version left it, and is not to be changed without being asked. */
export class OlderDatabaseError extends Error {
  override name = 'OlderDatabaseError'
  readonly missing: readonly string[]

  constructor(missing: readonly string[]) {
    super(`the database lacks ${missing.length === 1 ? 'the migration' : 'the migrations'} ${missing.join(', ')}`)
    this.missing = missing
  }
}

/** It is no database that loomcycle can work with. */
export class UnfitDatabaseError extends Error {
  override name = 'UnfitDatabaseError'
}

export interface MigrationState {
  done: string[]
  missing: string[]
  /** Not all that is to come from a database of SQLite is there. */
  isMoving: boolean
}

/** What has been done to a database and what has not. Changes nothing. */
export async function migrationState(dsn: string): Promise<MigrationState> {
  return withClient(dsn, stateOf)
}

/** Does what is missing, in one transaction, whoever else is about to. Says what it was. */
export async function migrate(dsn: string): Promise<string[]> {
  return withClient(dsn, async (client) => {
    await client.query('begin')
    try {
      await client.query(`select pg_advisory_xact_lock(${lock})`)
      const { missing } = await stateOf(client)
      if (missing.length > 0) {
        await client.query('create table if not exists migrations (name text primary key, at timestamptz not null)')
      }
      for (const name of missing) {
        await client.query(migrations[name]!)
        await client.query('insert into migrations (name, at) values ($1, now())', [name])
      }
      await client.query('commit')
      return missing
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  })
}

/** Throws what keeps this version from working with it; what is missing is done where that was asked for. */
export async function prepare(dsn: string, isAutomatic: boolean): Promise<void> {
  const { missing, isMoving } = await migrationState(dsn)
  if (isMoving) {
    throw new UnfitDatabaseError(
      'a database of SQLite is being moved there; let loomcycle migrate sqlite-to-postgres come to its end first',
    )
  }
  if (missing.length === 0) return
  if (!isAutomatic) throw new OlderDatabaseError(missing)
  await migrate(dsn)
}

async function stateOf(client: pg.Client): Promise<MigrationState> {
  const [{ version, encoding }] = (
    await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    )
  ).rows as [{ version: string; encoding: string }]
  if (Number(version) < oldest)
    throw new UnfitDatabaseError(`Postgres ${Math.floor(Number(version) / 10_000)} is too old; it takes 14 or later`)
  if (encoding !== 'UTF8') throw new UnfitDatabaseError(`its encoding is ${encoding}; it takes UTF8`)
  const { rows: there } = await client.query<{ noted: number; moving: number }>(
    `select to_regclass('migrations') is not null as noted, to_regclass('moves') is not null as moving`,
  )
  const rows = there[0]!.noted
    ? (await client.query<{ name: string }>('select name from migrations order by name')).rows
    : []
  const done = rows.map(({ name }) => name)
  const unknown = done.find((name) => !names.includes(name))
  if (unknown) throw new NewerDatabaseError(unknown)
  return { done, missing: names.filter((name) => !done.includes(name)), isMoving: there[0]!.moving === 1 }
}

async function withClient<T>(dsn: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(dsn))
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
