import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'

/** Of one role, whichever processes they are of. */
const mostConnections = 64
const rounds = 4096
/** What a statement may put on disk while it works. */
const mostTempFiles = '256MB'

/** Nobody finds another name for the same; roles are of the whole server, so the database is part of it. */
export function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

export function passwordOf(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url')
}

/**
 * A role that may log in and use what it is given, and nothing else. What the server is told of the password cannot be
 * used to log in, should it be in its log.
 */
export async function makeRole(client: pg.ClientBase, role: string, password: string): Promise<void> {
  const { rows } = await client.query('select from pg_catalog.pg_roles where rolname = $1', [role])
  const how = `connection limit ${mostConnections} password '${scram(password)}'`
  if (rows.length > 0) await client.query(`alter role ${role} ${how}`)
  else
    await client.query(`create role ${role} login noinherit nocreatedb nocreaterole nosuperuser noreplication ${how}`)
  // So that its statements can be ended.
  await client.query(`grant ${role} to current_user`)
  await limitTempFiles(client, role)
}

/** Only who may set that can; otherwise a statement is stopped by its time alone. */
async function limitTempFiles(client: pg.ClientBase, role: string): Promise<void> {
  await client.query('savepoint limiting')
  try {
    await client.query(`alter role ${role} set temp_file_limit = '${mostTempFiles}'`)
  } catch {
    await client.query('rollback to limiting')
  }
}

/** With whatever it is doing. What it owned has to be gone before. */
export async function dropRole(client: pg.ClientBase, role: string): Promise<void> {
  await client.query(`drop role if exists ${role}`)
}

export async function endSessionsOf(client: pg.ClientBase, role: string): Promise<void> {
  await client.query(
    'select pg_catalog.pg_terminate_backend(pid, 2000) from pg_catalog.pg_stat_activity where usename = $1',
    [role],
  )
}

function scram(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (what: string) => createHmac('sha256', salted).update(what).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

export interface Powers {
  user: string
  /** Whether it may make roles. */
  makesRoles: boolean
  /** Whether it may make databases. */
  makesDatabases: boolean
}

export async function powersOf(client: pg.ClientBase | pg.Pool): Promise<Powers> {
  const { rows } = await client.query(
    'select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_catalog.pg_roles where rolname = current_user',
  )
  const { rolname, rolsuper, rolcreaterole, rolcreatedb } = rows[0] as Record<string, unknown>
  return {
    user: String(rolname),
    makesRoles: Boolean(rolsuper) || Boolean(rolcreaterole),
    makesDatabases: Boolean(rolsuper) || Boolean(rolcreatedb),
  }
}

/** Why roles of others must not be let into a database; undefined where they can. */
export async function openDoorOf(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client.query(
    `select format('everybody may make things in its schema %1$I; REVOKE CREATE ON SCHEMA %1$I FROM PUBLIC', nspname) as why
      from pg_catalog.pg_namespace
      where nspname !~ '^pg_(temp|toast)' and has_schema_privilege('public', oid, 'create')
    union all
    select format('everybody may read its table %1$s; REVOKE ALL ON %1$s FROM PUBLIC', oid::regclass)
      from pg_catalog.pg_class
      where relkind in ('r', 'p', 'v', 'm') and pg_get_userbyid(relowner) = current_user
        and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        and has_table_privilege('public', oid, 'select, insert, update, delete')
        and not exists (select from pg_catalog.pg_depend where objid = pg_class.oid and deptype = 'e')
    limit 1`,
  )
  return (rows as { why: string }[])[0]?.why
}

/** Of a database, and of whoever looks after it. */
export interface Server {
  host: string
  port: number
  database: string
  ssl: pg.ClientConfig['ssl']
}

export function serverOf(config: pg.ClientConfig): Server {
  const { host, port, database, ssl } = new pg.Client(config) as pg.Client & { ssl: pg.ClientConfig['ssl'] }
  return { host, port, database: database ?? '', ssl }
}
