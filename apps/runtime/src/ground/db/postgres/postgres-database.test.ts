import { sql } from 'kysely'
import { expect, onTestFinished } from 'vitest'
import { onPostgres } from '../../../testing/on-sqlite.ts'
import { CuttingProxy } from '../../../testing/postgres/cutting-proxy.ts'
import { tempDsn } from '../../../testing/postgres/databases.ts'
import type { Database } from '../database.ts'
import { execute } from '../execute.ts'
import type { Statement } from '../statement.ts'
import { openPostgres } from './postgres-database.ts'

const set = (key: string): Statement => ({
  sql: `insert into idempotency_keys (tenant_id, operation, key, request_hash, result_id, created_at)
    values ('t', 'o', ?, '', '', 0)`,
  parameters: [key],
})
const add = (key: string): Statement => ({
  sql: 'update idempotency_keys set created_at = created_at + 1 where key = ?',
  parameters: [key],
  mustChange: true,
})
const counts = async (db: Database) => {
  const rows = await db.all<{ key: string; n: number }>('select key, created_at as n from idempotency_keys', [])
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}

async function open(dsn: string): Promise<Database> {
  const db = await openPostgres({ dsn, connections: { most: 6, idle: 0 } })
  onTestFinished(() => db.close())
  return db
}

async function behindProxy() {
  const dsn = await tempDsn()
  const { proxy, url } = await CuttingProxy.before(dsn)
  const direct = await open(dsn)
  const db = await open(url)
  onTestFinished(() => proxy.close())
  await db.write([set('a')])
  return { proxy, db, direct }
}

onPostgres('a commit whose end nobody heard has happened, and is not repeated', async () => {
  const { proxy, db } = await behindProxy()
  proxy.cut = 'commit-unheard'
  let told = 0
  await db.write([add('a')], () => told++)
  proxy.cut = 'commit-unheard'
  const result = await db.transaction(async (tx) => {
    await execute(tx, add('a'))
    return 'done'
  })
  expect(result).toBe('done')
  expect(told).toBe(1)
  expect(await counts(db)).toEqual({ a: 2 })
})

onPostgres('a commit that did not get there has not happened, and its writers hear so', async () => {
  const { proxy, db } = await behindProxy()
  proxy.cut = 'commit-lost'
  const lost = [db.write([add('a')]), db.write([set('b')])]
  for (const { status, reason } of (await Promise.allSettled(lost)) as PromiseRejectedResult[]) {
    expect(status).toBe('rejected')
    expect(reason).toMatchObject({ code: 'store_unavailable' })
  }
  await db.write([add('a')])
  expect(await counts(db)).toEqual({ a: 1 })
})

onPostgres('connections that end are made again, by whoever asks next', async () => {
  const { proxy, db } = await behindProxy()
  for (let n = 0; n < 3; n++) {
    await db.all('select 1', [])
    proxy.cutAll()
    await expect
      .poll(() =>
        db.write([add('a')]).then(
          () => 'written',
          () => 'refused',
        ),
      )
      .toBe('written')
    await expect
      .poll(() =>
        db.all('select 1', []).then(
          () => 'read',
          () => 'refused',
        ),
      )
      .toBe('read')
  }
})

onPostgres('whoever reads before it writes has the database to itself, among processes', async () => {
  const dsn = await tempDsn()
  const processes = [await open(dsn), await open(dsn)]
  await processes[0]!.write([set('a')])
  const raise = (db: Database) =>
    db.transaction(async (tx) => {
      const { rows } = await sql<{ n: number }>`select created_at as n from idempotency_keys`.execute(tx)
      await sql`update idempotency_keys set created_at = ${rows[0]!.n + 1}`.execute(tx)
    })
  const rounds = Array.from({ length: 40 }, (_, n) => [
    raise(processes[n % 2]!),
    processes[(n + 1) % 2]!.write([add('a')]),
  ])
  await Promise.all(rounds.flat())
  expect(await counts(processes[0]!)).toEqual({ a: 80 })
})

onPostgres('what follows the order of commits is asked for when no other process can commit', async () => {
  const dsn = await tempDsn()
  const [first, second, beside] = [await open(dsn), await open(dsn), await open(dsn)]
  const waiting = () =>
    beside.all(
      `select 1 from pg_locks where database = (select oid from pg_database where datname = current_database()) and not granted`,
      [],
    )
  const said: string[] = []
  let written: Promise<void> | undefined
  await first.transaction(async () => {
    const statement = set('a')
    const parameters = () => {
      said.push('asked')
      return ['a']
    }
    written = second.write([{ ...statement, parameters }])
    await expect.poll(waiting).toHaveLength(1)
    said.push('first is done')
  })
  await written
  expect(said).toEqual(['first is done', 'asked'])
})

onPostgres('units that cross each other are all written', async () => {
  const dsn = await tempDsn()
  const processes = [await open(dsn), await open(dsn)]
  await processes[0]!.write([set('a'), set('b')])
  for (let round = 0; round < 10; round++) {
    await Promise.all([processes[0]!.write([add('a'), add('b')]), processes[1]!.write([add('b'), add('a')])])
  }
  expect(await counts(processes[0]!)).toEqual({ a: 20, b: 20 })
})

onPostgres('topics are announced from process to process, and looked for where that may have been lost', async () => {
  const { proxy, db, direct } = await behindProxy()
  const heard: string[] = []
  let missed = 0
  await db.hints!.start({ onHint: (topic) => heard.push(topic), onMissed: () => missed++ })
  await direct.hints!.start({ onHint: (topic) => heard.push(`back: ${topic}`), onMissed: () => {} })
  const long = 'x'.repeat(9000)
  for (const topic of ['a', 'b', 'a', long, ...Array.from({ length: 2000 }, (_, n) => `topic ${n}`), 'ü']) {
    direct.hints!.send(topic)
  }
  await expect.poll(() => heard.at(-1)).toBe('ü')
  expect(heard).toHaveLength(2003)
  expect(heard.slice(0, 3)).toEqual(['a', 'b', 'topic 0'])
  const before = missed
  proxy.cutAll()
  await expect.poll(() => missed).toBeGreaterThan(before)
  const isHeardAgain = () => {
    direct.hints!.send('again')
    return heard.includes('again')
  }
  await expect.poll(isHeardAgain).toBe(true)
})
