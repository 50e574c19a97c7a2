import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testStore } from '../../../testing/open-test-database.ts'
import { releaseDatabase, takeDatabase } from '../../../testing/postgres/databases.ts'
import { tempDir } from '../../../testing/temp-dir.ts'
import { StoreError } from '../../store-error.ts'
import { StoreHealth } from '../health/store-health.ts'
import { Aside, type AsideOptions } from './aside.ts'
import { openPostgres } from './postgres-database.ts'

const ada = { tenantId: 'default', userId: 'ada' }
const bob = { tenantId: 'default', userId: 'bob' }
const numbers = 'with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n)'
const endless = `${numbers} select max(i) from n`

async function aServer() {
  const file = join(tempDir(), 'loomcycle.db')
  const dsn = await takeDatabase(file)
  onTestFinished(() => releaseDatabase(file))
  return dsn
}

async function anAside(options: Partial<AsideOptions> = {}) {
  const pool = new pg.Pool({ connectionString: await aServer(), max: 2 })
  pool.on('connect', (client) => client.on('error', () => {}))
  onTestFinished(() => pool.end())
  const other = new pg.Client(pool.options.connectionString!)
  await other.connect()
  onTestFinished(() => other.end())
  const aside = new Aside({
    pool,
    health: new StoreHealth(),
    failed: (error) => error,
    cancel: (serverPid) => other.query('select pg_cancel_backend($1)', [serverPid]),
    atOnce: 1,
    ...options,
  })
  /** What the server does for the questions. */
  const underWay = async () => {
    const { rows } = await other.query(
      `select query from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
    )
    return rows.map(({ query }) => query as string)
  }
  const ask = (text: string, asker: Parameters<Aside['ask']>[2] = ada) => aside.ask(text, [], asker)
  return { aside, ask, underWay }
}

describe.skipIf(testStore !== 'postgres')('what is asked aside', () => {
  it('is answered as it is beside it', async () => {
    const db = await openPostgres({ dsn: await aServer(), connections: { most: 8, idle: 0 } })
    onTestFinished(() => db.close())
    const values = sql`select cast(${1} as bigint) as int, ${'\u{1f9f5}'} as text, null as none, 2 > 1 as yes`
    expect((await values.execute(db.aside(ada))).rows).toEqual([{ int: 1, text: '\u{1f9f5}', none: null, yes: 1 }])
    await expect(sql`select nothing from nowhere`.execute(db.aside(ada))).rejects.toThrow('nowhere')
    expect((await values.execute(db.aside(ada))).rows).toEqual((await values.execute(db.read)).rows)
  })

  it('lets people take turns, however much one of them asks', async () => {
    const { ask } = await anAside()
    const answered: string[] = []
    const one = async (asker: typeof ada) => {
      await ask('select 1', asker)
      answered.push(asker.userId)
    }
    await Promise.all([...Array.from({ length: 6 }, () => one(ada)), one(bob), one(bob)])
    expect(answered).toEqual(['ada', 'ada', 'bob', 'ada', 'bob', 'ada', 'ada', 'ada'])
  })

  it('is refused where more would wait than may, of one and of all', async () => {
    const { ask } = await anAside({ most: { ofOne: 2, ofAll: 3 } })
    const asked = [ada, ada, ada, ada, bob, bob].map((asker) => ask('select 1', asker))
    const settled = await Promise.allSettled(asked)
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, true, false])
    expect(settled[3]).toMatchObject({ reason: { code: 'backpressure' } })
  })

  it('is ended on the server where nobody waits for it any more', async () => {
    const { ask, underWay } = await anAside()
    const gone = new AbortController()
    const asked = [ask(endless, { ...ada, signal: gone.signal }), ask('select 1', { ...ada, signal: gone.signal })]
    const settled = Promise.allSettled(asked)
    await expect.poll(underWay).toEqual([endless])
    gone.abort(new Error('gone'))
    expect(await settled).toMatchObject([{ reason: { message: 'gone' } }, { reason: { message: 'gone' } }])
    await expect.poll(underWay).toEqual([])
    expect(await ask('select 2 as n')).toMatchObject({ rows: [{ n: 2 }] })
    await expect(ask('select 1', { ...bob, signal: gone.signal })).rejects.toThrow('gone')
  })

  it('is refused where the answer would be too large, and ended', async () => {
    const { ask, underWay } = await anAside({ mostAnswerBytes: 100_000 })
    await expect(ask(`${numbers} select i from n`)).rejects.toMatchObject({
      code: 'payload_too_large',
    })
    await expect.poll(underWay).toEqual([])
    expect(await ask('select 2 as n')).toMatchObject({ rows: [{ n: 2 }] })
  })

  it('ends with the database, with a word to whoever still waits', async () => {
    const db = await openPostgres({ dsn: await aServer(), connections: { most: 8, idle: 0 } })
    const waiting = [ada, bob, ada].map((asker) => sql`select 1`.execute(db.aside(asker)).catch((error) => error))
    await db.close()
    const [, ...others] = await Promise.all(waiting)
    for (const answer of others) expect(answer).toBeInstanceOf(StoreError)
    await expect(sql`select 1`.execute(db.aside(ada))).rejects.toThrow('being closed')
  })
})
