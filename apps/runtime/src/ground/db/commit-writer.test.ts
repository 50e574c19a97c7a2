import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { tempDatabase } from '../../testing/temp-database.ts'
import { tempDir } from '../../testing/temp-dir.ts'
import { CommitWriter } from './commit-writer.ts'
import { openDatabase } from './database.ts'
import { NothingChangedError } from './errors.ts'
import { Connection } from './node-sqlite.ts'
import type { Statement } from './statement.ts'

const put = (key: string): Statement => ({
  sql: `insert into memory (tenant_id, scope, scope_id, key, value, bytes, created_at, updated_at) values ('t', 's', 'i', ?, '1', 1, 0, 0)`,
  parameters: [key],
})
const nothing: Statement = { sql: `delete from memory where key = 'nobody'`, parameters: [], mustChange: true }

async function aWriter() {
  const db = await tempDatabase()
  const keys = async () =>
    (await db.all<{ key: string }>('select key from memory order by key', [])).map(({ key }) => key)
  const insert = (key: string, fail = false) =>
    db.transaction(async (tx) => {
      const { n } = await tx
        .selectFrom('memory')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('memory')
        .values({ tenant_id: 't', scope: 's', scope_id: 'i', key, value: '1', bytes: 1, created_at: 0, updated_at: 0 })
        .execute()
      if (fail) throw new Error(`no ${key}`)
      return n
    })
  return { db, keys, insert }
}

it('transactions and units that come together are each whole or absent', async () => {
  const { db, keys, insert } = await aWriter()
  const results = await Promise.allSettled([
    insert('a'),
    db.write([put('b'), nothing]),
    insert('c', true),
    db.write([put('d')]),
    insert('a'),
    insert('e'),
  ])
  expect(results.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'rejected', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  ])
  expect(results[1]).toMatchObject({ reason: expect.any(NothingChangedError) })
  expect(results[2]).toMatchObject({ reason: { message: 'no c' } })
  expect(await keys()).toEqual(['a', 'd', 'e'])
})

it('nobody is answered before what was written can be read', async () => {
  const { db, keys, insert } = await aWriter()
  const seen = new Map<string, Promise<string[]>>()
  await Promise.all([
    insert('a').then(() => seen.set('a', keys())),
    db.write([put('b')], () => seen.set('b', keys())),
    insert('c').then(() => seen.set('c', keys())),
  ])
  for (const key of ['a', 'b', 'c']) expect(await seen.get(key)).toContain(key)
})

it('nobody is refused for what others have written before that can be read', async () => {
  const { keys, insert } = await aWriter()
  const seen = await Promise.all([insert('a'), insert('a').catch(keys), insert('b', true).catch(keys)])
  expect(seen.slice(1)).toEqual([['a'], ['a']])
})

it('what there was no time for in a long batch comes with the next one', async () => {
  const { db, keys, insert } = await aWriter()
  // So much that it is longer than a batch may take.
  const long: Statement = {
    sql: `delete from memory where (with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select max(i) from n) < 0`,
    parameters: [],
  }
  await Promise.all([db.write([long]), db.write([put('a')]), db.write([long]), db.write([put('b')])])
  expect(await keys()).toEqual(['a', 'b'])
  await Promise.all([db.write([long]), insert('c'), db.write([long]), insert('d'), db.write([put('e')])])
  expect(await keys()).toEqual(['a', 'b', 'c', 'd', 'e'])
})

it('what comes after the end is refused, and nobody else hears of it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  const db = await openDatabase(join(dir, 'loomcycle.db'))
  await db.close()
  rmSync(dir, { recursive: true })
  const late = await Promise.allSettled([db.transaction(async () => {}), db.write([put('b')])])
  expect(late).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
})

it('transactions follow each other, whatever fails around them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('unit', 'bad unit', 'work', 'bad work'), { maxLength: 60 }),
      async (jobs) => {
        const { db, keys, insert } = await aWriter()
        const key = (i: number) => `k${String(i).padStart(2, '0')}`
        const results = await Promise.allSettled(
          jobs.map((job, i) =>
            job.endsWith('unit')
              ? db.write(job === 'unit' ? [put(key(i))] : [put(key(i)), nothing])
              : insert(key(i), job === 'bad work'),
          ),
        )
        expect(results.map(({ status }) => status === 'rejected')).toEqual(jobs.map((job) => job.startsWith('bad')))
        const kept = jobs.flatMap((job, i) => (job.startsWith('bad') ? [] : [key(i)]))
        expect(await keys()).toEqual(kept)
        for (const [i, result] of results.entries()) {
          if (jobs[i] === 'work') expect(result).toMatchObject({ value: kept.indexOf(key(i)) })
        }
      },
    ),
    { numRuns: 15 },
  )
}, 30_000)

it('the disk has a large value before its commit, and others are served while it takes it', async () => {
  const connection = new Connection(join(tempDir(), 'test.db'), { readOnly: false })
  onTestFinished(() => connection.close())
  connection.exec('create table texts (text)')
  const said: string[] = []
  const taking = Promise.withResolvers<void>()
  const taken = Promise.withResolvers<void>()
  const writer = new CommitWriter(connection, {
    async syncAhead() {
      said.push('taking')
      taking.resolve()
      await taken.promise
    },
    afterCommit: () => said.push('committed'),
  })
  const write = async (text: string) => {
    await writer.write([{ sql: 'insert into texts values (?)', parameters: [text] }])
    said.push(text.slice(0, 5))
  }
  const large = write('large'.padEnd(2 * 1024 * 1024))
  await taking.promise
  expect(connection.raw.isTransaction).toBe(true)
  const small = write('small')
  await new Promise((resolve) => setImmediate(resolve))
  expect(said).toEqual(['taking'])
  taken.resolve()
  await Promise.all([large, small])
  expect(said).toEqual(['taking', 'committed', 'large', 'committed', 'small'])
})

it('who is patient waits for the disk to rest, and goes in turn with everybody else', async () => {
  const connection = new Connection(join(tempDir(), 'test.db'), { readOnly: false })
  onTestFinished(() => connection.close())
  connection.exec('create table texts (text)')
  let resting: PromiseWithResolvers<void> | undefined = Promise.withResolvers<void>()
  const writer = new CommitWriter(connection, { untilDiskRests: () => resting?.promise })
  const said: string[] = []
  const write = async (text: string, patient = false) => {
    await writer.write([{ sql: 'insert into texts values (?)', parameters: [text] }], undefined, { patient })
    said.push(text)
  }
  const patient = ['a', 'b'].map((text) => write(text, true))
  await write('c')
  expect(said).toEqual(['c'])
  resting.resolve()
  resting = undefined
  await Promise.all([...patient, write('d'), write('e')])
  expect(said).toEqual(['c', 'a', 'd', 'e', 'b'])
})

it('nothing is left of who is patient when everything is to be written', async () => {
  const connection = new Connection(join(tempDir(), 'test.db'), { readOnly: false })
  onTestFinished(() => connection.close())
  connection.exec('create table texts (text)')
  const resting = { promise: Promise.resolve().then(() => (isResting = true)) }
  let isResting = false
  const writer = new CommitWriter(connection, {
    untilDiskRests: () => (isResting ? undefined : resting.promise.then(() => {})),
  })
  void writer.write([{ sql: `insert into texts values ('a')`, parameters: [] }], undefined, { patient: true })
  await writer.drain()
  expect(connection.prepare('select text from texts').all()).toEqual([{ text: 'a' }])
})
