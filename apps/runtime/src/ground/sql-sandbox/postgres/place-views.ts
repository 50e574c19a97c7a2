import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { clientConfig } from '../../db/postgres/client.ts'
import { ToolError } from '../../tool-error.ts'
import type { CopiedRows, SqlView, TrustedStatement } from '../messages.ts'
import type { RowsTarget, SharedRows } from '../user-sql.ts'
import { changeInTurn } from './in-turn.ts'
import type { Entry } from './role-sessions.ts'
import { dropRole, hashOf, makeRole, openDoorOf, passwordOf, powersOf, serverOf } from './roles.ts'

export interface PlaceViewsOptions {
  /** Of the database with the rows. */
  dsn: string
  /** In milliseconds; the server ends by itself what nobody is there to end. */
  longestStatement: number
  longestPause: number
}

interface Ready {
  database: string
  /** Where the tables are. */
  source: string
  secret: string
}

const day = 24 * 60 * 60_000
/** Views that nobody has asked for so long go, when others are made. */
const keptMs = 30 * day
/** Other views of the same rows: nobody is looking at them any more by then. */
const replacedMs = 10 * 60_000
const markEveryMs = 60 * 60_000
const mostKnown = 1000

/**
 * Views of some rows, each set in a schema of its own, with a role that may read those views and nothing besides. It owns
 * nothing, so there is nothing that it could change or open to others.
 */
export class PlaceViews {
  readonly #options: PlaceViewsOptions
  readonly #config: pg.ClientConfig
  readonly #pool: pg.Pool
  #ready: Promise<Ready> | undefined
  /** When each was last marked as used. */
  readonly #known = new Map<string, number>()

  constructor(options: PlaceViewsOptions) {
    this.#options = options
    this.#config = clientConfig(options.dsn)
    this.#pool = new pg.Pool({ ...this.#config, max: 4, query_timeout: 60_000 })
    this.#pool.on('error', () => {})
  }

  /** Where the rows can be asked. */
  async enter(key: string, rows: SharedRows, read: RowsTarget['read']): Promise<Entry> {
    const ready = await this.#open()
    const { source } = ready
    const { views } = read(await this.#report(rows, source))
    const shown = viewsOf(rows, views, source)
    const place = hashOf([ready.database, key])
    const version = createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 12)
    const role = `sqldoc_r_${place}`
    const schema = `sqldoc_s_${place.slice(0, 32)}_${version}`
    const password = passwordOf(ready.secret, role)
    if (!this.#isKnown(schema)) {
      await this.#make({ schema, role, password }, shown)
      await this.#count(source).catch(() => {})
      this.#know(schema)
    }
    return {
      login: {
        server: serverOf(this.#config),
        role,
        password,
        // What views compute with is found beside the tables; the tables themselves are not open.
        schema: `${schema},${source}`,
        readOnly: true,
        ...this.#options,
      },
      end: (pid) => void this.#pool.query('select pg_catalog.pg_terminate_backend($1)', [pid]).catch(() => {}),
      forget: () => void this.#known.delete(schema),
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #open(): Promise<Ready> {
    this.#ready ??= prepare(this.#pool)
    try {
      return await this.#ready
    } catch (error) {
      // Somebody may put it right meanwhile.
      this.#ready = undefined
      throw error instanceof ToolError ? error : new ToolError(`SQL is not open here: ${(error as Error).message}`)
    }
  }

  async #report(rows: SharedRows, source: string): Promise<CopiedRows['report']> {
    const { rows: found } = await this.#pool.query(inPlace(rows.report, source, tablesIn(rows, source)))
    return found[0] as CopiedRows['report']
  }

  #isKnown(schema: string): boolean {
    const at = this.#known.get(schema)
    return at !== undefined && at > Date.now() - markEveryMs
  }

  #know(schema: string) {
    this.#known.delete(schema)
    this.#known.set(schema, Date.now())
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostKnown) this.#known.delete(oldest!)
  }

  async #make(names: { schema: string; role: string; password: string }, views: readonly SqlView[]) {
    const { schema, role, password } = names
    const now = Date.now()
    await changeInTurn(this.#pool, 'sql_views', async (client) => {
      await makeRole(client, role, password)
      await client.query(`create schema if not exists ${schema}`)
      for (const { name, select } of views) {
        const view = `${schema}.${pg.escapeIdentifier(name)}`
        await client.query(`create or replace view ${view} with (security_barrier) as ${select}`)
      }
      await client.query(`grant usage on schema ${schema} to ${role}`)
      await client.query(`grant select on all tables in schema ${schema} to ${role}`)
      await client.query(
        `insert into sql_views (schema, role, used_at) values ($1, $2, $3)
          on conflict (schema) do update set used_at = excluded.used_at`,
        [schema, role, now],
      )
    })
    await this.#removeOthers(role, now).catch(() => {})
  }

  /** The planner takes tables that nobody has counted yet for nearly empty, and goes through them again and again. */
  async #count(source: string) {
    const { rows } = await this.#pool.query(
      `select oid::regclass as name from pg_catalog.pg_class where relnamespace = $1::regnamespace
        and relkind = 'r' and reltuples < 0 and pg_relation_size(oid) > 0`,
      [source],
    )
    for (const { name } of rows as { name: string }[]) await this.#pool.query(`analyze ${name}`)
  }

  /** Some of those that nobody needs any more; what somebody is looking at right now stays until the next time. */
  async #removeOthers(role: string, now: number) {
    const { rows } = await this.#pool.query(
      `select schema, role from sql_views where used_at < $1 and role = $2 or used_at < $3 order by used_at limit 10`,
      [now - replacedMs, role, now - keptMs],
    )
    for (const old of rows as { schema: string; role: string }[]) {
      await changeInTurn(this.#pool, 'sql_views', async (client) => {
        await client.query(`set local lock_timeout = '1s'`)
        await client.query(`drop schema if exists ${old.schema} cascade`)
        await client.query('delete from sql_views where schema = $1', [old.schema])
        const { rows: left } = await client.query('select from sql_views where role = $1', [old.role])
        if (left.length === 0) await dropRole(client, old.role)
      })
    }
  }
}

async function prepare(pool: pg.Pool): Promise<Ready> {
  const client = await pool.connect()
  try {
    const { user, makesRoles } = await powersOf(client)
    const { rows } = await client.query(
      `select current_database() as database, current_schema() as source,
        has_database_privilege(current_database(), 'create') as "makesSchemas"`,
    )
    const { database, source, makesSchemas } = rows[0] as { database: string; source: string; makesSchemas: unknown }
    if (!makesRoles)
      throw new ToolError(`SQL over documents needs a role that may make roles: ALTER ROLE ${user} CREATEROLE`)
    // Functions that somebody makes for a moment could look into views.
    for (const close of [
      `revoke create on schema ${pg.escapeIdentifier(source)}`,
      `revoke temporary on database ${pg.escapeIdentifier(database)}`,
    ]) {
      await client.query(`${close} from public`).catch(() => {})
    }
    if (!makesSchemas) {
      throw new ToolError(
        `SQL over documents needs a role that may make schemas: GRANT CREATE ON DATABASE ${database} TO ${user}`,
      )
    }
    const open = await openDoorOf(client)
    if (open) throw new ToolError(`SQL over documents cannot be kept apart in the database ${database}: ${open}`)
    await client.query('insert into sql_secret (id, secret) values (1, $1) on conflict do nothing', [
      randomBytes(32).toString('base64url'),
    ])
    const { rows: secrets } = await client.query('select secret from sql_secret')
    return { database, source: pg.escapeIdentifier(source), secret: (secrets[0] as { secret: string }).secret }
  } finally {
    client.release()
  }
}

/** A trusted statement with its values in it, since a view has no places for them. */
function inPlace({ sql, args = [] }: TrustedStatement, source: string, inside: ReadonlyMap<string, string>): string {
  let at = 0
  const there = sql
    .replace(/\bsource\./g, `${source}.`)
    // A hint for SQLite's planner.
    .replace(/ \+(\w+\.\w+)/g, ' $1')
    .replace(/\?/g, () => literal(args[at++]))
  return ofTables(there, inside)
}

/** Fields may be called anything; their names stand between quotes. */
function ofTables(sql: string, inside: ReadonlyMap<string, string>): string {
  const parts = sql.split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
  const toTable = (_: string, table: string) => inside.get(table)!
  return parts.map((part, at) => (at % 2 === 1 ? part : part.replace(/\bmain\.(\w+)/g, toTable))).join('')
}

/** What is in each table, as it stands after FROM. */
function tablesIn({ tables }: SharedRows, source: string): ReadonlyMap<string, string> {
  const inside = new Map<string, string>()
  for (const { name, columns, select } of tables) {
    inside.set(name, `(${inPlace(select, source, inside)}) as ${name} (${columns.join(', ')})`)
  }
  return inside
}

function literal(value: unknown): string {
  return typeof value === 'number' ? String(value) : pg.escapeLiteral(String(value).replaceAll('\0', '\uFFFD'))
}

/** Each over the rows that it may show. */
function viewsOf(rows: SharedRows, views: readonly SqlView[], source: string): SqlView[] {
  const inside = tablesIn(rows, source)
  return views.map(({ name, select }) => ({ name, select: ofTables(select, inside) }))
}
