import { ToolError } from '../../tool-error.ts'
import type { SqlPlace } from '../user-sql.ts'
import { changeInTurn } from './in-turn.ts'
import type { Entry } from './role-sessions.ts'
import { dropRole, endSessionsOf, hashOf, makeRole, passwordOf, serverOf } from './roles.ts'
import { type BooksOptions, openBooks, runScopes, type ScopeBooks } from './scope-books.ts'

export interface ScopesOptions extends BooksOptions {
  /** In milliseconds; the server ends by itself what nobody is there to end. */
  longestStatement: number
  longestPause: number
}

interface Names {
  schema: string
  role: string
}

const scopeBooks = 'loomcycle.sql_scopes'
/** So many scopes are known to be there without asking. */
const mostKnown = 1000

/** The schemas of scopes, each with a role of its own that may do nothing but use it. */
export class Scopes {
  readonly #options: ScopesOptions
  #books: Promise<ScopeBooks> | undefined
  readonly #known = new Map<string, Promise<void>>()
  /** There was no database to look into, and this process has made none. */
  #isAbsent = false

  constructor(options: ScopesOptions) {
    this.#options = options
  }

  /** Where a scope's statements run. It is made where there is none. */
  async enter(place: SqlPlace): Promise<Entry & Names> {
    const books = await this.#open()
    const names = namesOf(books, place)
    await this.#knowing(names.schema, () => make(books, place, names))
    const { longestStatement, longestPause } = this.#options
    const password = passwordOf(books.secret, names.role)
    const settings = { schema: names.schema, readOnly: false, longestStatement, longestPause }
    return {
      ...names,
      login: { server: serverOf(books.config), role: names.role, password, ...settings },
      forget: () => void this.#known.delete(names.schema),
      end: (pid) => void books.pool.query('select pg_catalog.pg_terminate_backend($1)', [pid]).catch(() => {}),
    }
  }

  /** Of all scopes together, in bytes. */
  async size(): Promise<number> {
    const { pool } = await this.#open()
    const { rows } = await pool.query('select pg_catalog.pg_database_size(current_database()) as bytes')
    return Number((rows[0] as { bytes: unknown }).bytes)
  }

  /** Gives the room of what was deleted back to the scope. */
  async tidy(schema: string): Promise<void> {
    const { pool } = await this.#open()
    const { rows } = await pool.query(
      `select format('%I.%I', $1::text, relname) as name from pg_catalog.pg_class
        where relnamespace = $1::regnamespace and relkind in ('r', 'm')`,
      [schema],
    )
    for (const { name } of rows as { name: string }[]) await pool.query(`vacuum (skip_locked) ${name}`)
  }

  /** Its role may be logged in no more: `letGo` sees to that in this process. */
  async drop(place: SqlPlace, letGo: (role: string) => Promise<void>): Promise<void> {
    const books = await this.#find()
    if (!books) return
    const { schema, role } = namesOf(books, place)
    const { rows } = await books.pool.query('select from loomcycle.sql_scopes where schema = $1', [schema])
    if (rows.length === 0) return
    await letGo(role)
    await changeInTurn(books.pool, scopeBooks, async (client) => {
      await endSessionsOf(client, role)
      await client.query(`drop schema if exists ${schema} cascade`)
      await dropRole(client, role)
      await client.query('delete from loomcycle.sql_scopes where schema = $1', [schema])
    })
    this.#known.delete(schema)
  }

  async runs(): Promise<SqlPlace[]> {
    const books = await this.#find()
    return books ? runScopes(books) : []
  }

  async close(): Promise<void> {
    const books = await this.#books?.catch(() => undefined)
    await books?.pool.end()
  }

  async #open(): Promise<ScopeBooks> {
    this.#books ??= openBooks(this.#options, true).then((books) => books!)
    try {
      return await this.#books
    } catch (error) {
      // Somebody may put it right meanwhile.
      this.#books = undefined
      throw error instanceof ToolError ? error : new ToolError(`SQL is not open here: ${(error as Error).message}`)
    }
  }

  async #find(): Promise<ScopeBooks | undefined> {
    if (this.#books) return this.#open()
    if (this.#isAbsent) return undefined
    const books = await openBooks(this.#options, false).catch(() => undefined)
    this.#isAbsent = books === undefined
    if (books && this.#books) await books.pool.end()
    else if (books) this.#books = Promise.resolve(books)
    return this.#books
  }

  #knowing(schema: string, make: () => Promise<void>): Promise<void> {
    const known = this.#known.get(schema) ?? make()
    this.#known.delete(schema)
    this.#known.set(schema, known)
    known.catch(() => this.#known.delete(schema))
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostKnown) this.#known.delete(oldest!)
    return known
  }
}

function namesOf({ database }: ScopeBooks, { tenantId, scope, scopeId }: SqlPlace): Names {
  const hash = hashOf([database, tenantId, scope, scopeId])
  return { schema: `sqlmem_s_${hash}`, role: `sqlmem_r_${hash}` }
}

async function make(books: ScopeBooks, { tenantId, scope, scopeId }: SqlPlace, { schema, role }: Names): Promise<void> {
  await changeInTurn(books.pool, scopeBooks, async (client) => {
    await makeRole(client, role, passwordOf(books.secret, role))
    await client.query(`create schema if not exists ${schema}`)
    // It is the runtime's, so its user can neither open it to others nor take it away.
    await client.query(`grant usage, create on schema ${schema} to ${role}`)
    await client.query(
      `insert into loomcycle.sql_scopes (schema, role, tenant_id, scope, scope_id, used_at)
        values ($1, $2, $3, $4, $5, now()) on conflict (schema) do update set used_at = now()`,
      [schema, role, ...[tenantId, scope, scopeId].map((text) => text.replaceAll('\0', '\uFFFD'))],
    )
  })
}
