import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempDatabase } from '../../testing/temp-database.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import { StoreError } from '../store-error.ts'
import { openDatabase } from './database.ts'
import { StoreHealth } from './health/store-health.ts'
import { ReadingThread, type ReadingThreadOptions, type ReadingWork } from './reading-thread.ts'

const ada = { tenantId: 'default', userId: 'ada' }
const bob = { tenantId: 'default', userId: 'bob' }
const one = { sql: 'select 1 as n', parameters: [] }
const endless = {
  sql: 'with recursive n(i) as (select 1 union all select i + 1 from n) select i from n',
  parameters: [],
}

async function aThread(options: Partial<ReadingThreadOptions> = {}) {
  const file = join(tempDir(), 'loomcycle.db')
  const db = await openDatabase(file)
  const health = new StoreHealth()
  const thread = new ReadingThread({ file, health, ...options })
  onTestFinished(async () => {
    await thread.close()
    await db.close()
  })
  return { db, thread, health }
}

const aWorker = (workerData: ReadingWork) => new Worker(new URL('./reading-worker.ts', import.meta.url), { workerData })

const insertRows = (values: readonly string[]) =>
  values.map((key) => ({
    sql: `insert into memory (tenant_id, scope, scope_id, key, value, bytes, created_at, updated_at)
      values ('default', 'user', 'ada', ?, '"é"', 5, 1, 9007199254740991)`,
    parameters: [key],
  }))

describe('reading aside', () => {
  it('sees whatever was committed before it was asked', async () => {
    const db = await tempDatabase()
    for (let n = 1; n <= 20; n++) {
      await db.write(insertRows([`key-${n}`]))
      const { count } = await db
        .aside(ada)
        .selectFrom('memory')
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      expect(count).toBe(n)
    }
  })

  it('answers as the connection beside it does', async () => {
    const db = await tempDatabase()
    await db.write(insertRows(['a', 'b', 'c']))
    const all = (of: typeof db.read) =>
      of.selectFrom('memory').selectAll().where('key', '>', 'a').orderBy('key').execute()
    expect(await all(db.aside(ada))).toEqual(await all(db.read))
    const values = sql`select ${1} as int, ${1.5} as real, ${null} as none, ${'\u{1f9f5}'} as text, x'00ff' as bytes`
    expect((await values.execute(db.aside(ada))).rows).toEqual((await values.execute(db.read)).rows)
    const wrong = sql`select nothing from nowhere`
    const message = await wrong.execute(db.read).catch((error: Error) => error.message)
    await expect(wrong.execute(db.aside(ada))).rejects.toThrow(message as string)
  })

  it('does not write', async () => {
    const db = await tempDatabase()
    await expect(sql`delete from memory`.execute(db.aside(ada))).rejects.toThrow('readonly')
    await expect(
      db
        .aside(ada)
        .transaction()
        .execute(async () => {}),
    ).rejects.toThrow('one statement is asked at a time')
  })

  it('ends with the database, with a word to whoever still waits', async () => {
    const db = await openDatabase(join(tempDir(), 'loomcycle.db'))
    const waiting = [ada, bob, ada].map((asker) => sql`select 1`.execute(db.aside(asker)).catch((error) => error))
    await db.close()
    for (const answer of await Promise.all(waiting)) expect(answer).toBeInstanceOf(StoreError)
    await expect(sql`select 1`.execute(db.aside(ada))).rejects.toThrow('being closed')
  })
})

describe('a reading thread', () => {
  it('is there when it is needed, and only then', async () => {
    const { thread } = await aThread({ idleMs: 0 })
    expect(thread.isRunning).toBe(false)
    const answer = thread.ask(one, ada)
    expect(thread.isRunning).toBe(true)
    expect(await answer).toEqual([{ n: 1 }])
    await expect.poll(() => thread.isRunning).toBe(false)
    expect(await thread.ask(one, ada)).toEqual([{ n: 1 }])
  })

  it('lets people take turns, however much one of them asks', async () => {
    const { thread } = await aThread()
    const answered: string[] = []
    const ask = async (asker: typeof ada) => {
      await thread.ask(one, asker)
      answered.push(asker.userId)
    }
    await Promise.all([...Array.from({ length: 6 }, () => ask(ada)), ask(bob), ask(bob)])
    expect(answered).toEqual(['ada', 'ada', 'bob', 'ada', 'bob', 'ada', 'ada', 'ada'])
  })

  it('tells apart people of the same name', async () => {
    const { thread } = await aThread({ most: { ofOne: 1, ofAll: 9 } })
    const ask = (tenantId: string) => thread.ask(one, { tenantId, userId: 'ada' })
    const answers = [ask('first'), ask('first'), ask('second'), ask('first')]
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ])
  })

  it('refuses more than may wait, of one and of all', async () => {
    const { thread } = await aThread({ most: { ofOne: 2, ofAll: 3 } })
    const asked = [ada, ada, ada, ada, bob, bob].map((asker) => thread.ask(one, asker))
    const settled = await Promise.allSettled(asked)
    // The first is being answered and does not wait any more.
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, true, false])
    expect(settled[3]).toMatchObject({ reason: { code: 'backpressure' } })
    expect(await thread.ask(one, ada)).toEqual([{ n: 1 }])
  })

  it('drops the questions of who is gone', async () => {
    const { thread } = await aThread()
    const gone = new AbortController()
    const asker = { ...ada, signal: gone.signal }
    const asked = [thread.ask(one, bob), thread.ask(endless, asker), thread.ask(one, bob)]
    gone.abort(new Error('gone'))
    const [first, dropped, last] = await Promise.allSettled(asked)
    expect(first).toMatchObject({ status: 'fulfilled' })
    expect(dropped).toMatchObject({ status: 'rejected', reason: { message: 'gone' } })
    expect(last).toMatchObject({ status: 'fulfilled' })
    await expect(thread.ask(endless, asker)).rejects.toThrow('gone')
  })

  it('that dies says so to whoever it was reading for, and another one goes on', async () => {
    const file = join(tempDir(), 'loomcycle.db')
    const db = await openDatabase(file)
    const dying = `require('node:worker_threads').parentPort.once('message', () => process.exit(1))`
    const health = new StoreHealth()
    let started = 0
    const thread: ReadingThread = new ReadingThread({
      file,
      health,
      startWorker: (work) => (started++ === 0 ? new Worker(dying, { eval: true }) : aWorker(work)),
    })
    const [killed, next] = await Promise.allSettled([thread.ask(one, ada), thread.ask(one, bob)])
    expect(killed).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } })
    expect((killed as PromiseRejectedResult).reason.message).toContain('ended before it had an answer')
    expect(next).toMatchObject({ status: 'fulfilled', value: [{ n: 1 }] })
    expect([started, health.error]).toEqual([2, undefined])
    await thread.close()
    await db.close()
  })

  it('refuses what would be too large an answer, and reads on', async () => {
    const { thread } = await aThread({ mostAnswerBytes: 100_000 })
    await expect(thread.ask(endless, ada)).rejects.toMatchObject({ code: 'payload_too_large' })
    expect(await thread.ask(one, ada)).toEqual([{ n: 1 }])
  })

  it('tells the health of the store what it finds', async () => {
    const health = new StoreHealth()
    const thread = new ReadingThread({ file: join(tempDir(), 'missing.db'), health })
    await expect(thread.ask(one, ada)).rejects.toThrow('cannot be read')
    expect(health.error).toBeInstanceOf(StoreError)
    health.lost(new StoreError('It is gone', 'Look for it.'))
    await expect(thread.ask(one, ada)).rejects.toThrow('It is gone')
    await thread.close()
  })
})
