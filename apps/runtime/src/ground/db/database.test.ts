import { RuntimeError } from '@loomcycle/proto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { tempDatabase } from '../../testing/temp-database.ts'
import type { Database } from './database.ts'
import { inList } from './dialect.ts'
import { NothingChangedError, UniqueError } from './errors.ts'
import { execute } from './execute.ts'
import type { Statement } from './statement.ts'

const set = (key: string, id = key): Statement => ({
  sql: `insert into idempotency_keys (tenant_id, operation, key, request_hash, result_id, created_at)
    values ('t', 'o', ?, '', ?, 0)`,
  parameters: [key, id],
})
const change = (key: string, id: string): Statement => ({
  sql: `update idempotency_keys set result_id = ? where key = ?`,
  parameters: [id, key],
  mustChange: true,
})
const rows = (db: Database) =>
  db.all<{ key: string; id: string }>('select key, result_id as id from idempotency_keys order by key', [])
const keys = async (db: Database) => (await rows(db)).map(({ key }) => key)

it('keeps a unit whole: what fails in it undoes it, and its neighbours stay', async () => {
  const db = await tempDatabase()
  const outcomes = await Promise.allSettled([
    db.write([set('a')]),
    db.write([set('b'), set('a')]),
    db.write([set('c'), change('nobody', 'x')]),
    db.write([set('d')]),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: expect.any(UniqueError) })
  expect(outcomes[1]).toMatchObject({
    reason: { table: 'idempotency_keys', columns: ['tenant_id', 'operation', 'key'] },
  })
  expect(outcomes[2]).toMatchObject({ reason: expect.any(NothingChangedError) })
  expect(await keys(db)).toEqual(['a', 'd'])
})

it('writes in the order it was asked in, and tells so', async () => {
  const db = await tempDatabase()
  const told: string[] = []
  const write = (id: string, ...statements: Statement[]) =>
    db
      .write(statements, () => told.push(`${id} is committed`))
      .then(
        () => told.push(`${id} has heard`),
        () => told.push(`${id} is refused`),
      )
  await Promise.all([
    write('1', set('a', '1')),
    write('2', change('a', '2')),
    write('3', set('a')),
    write('4', change('a', '4')),
    db.transaction(async (tx) => execute(tx, change('a', '5'))).then(() => told.push('5 has heard')),
    write('6', change('a', '6')),
  ])
  expect(await rows(db)).toEqual([{ key: 'a', id: '6' }])
  expect(told.filter((one) => one.endsWith('committed'))).toEqual(['1', '2', '4', '6'].map((n) => `${n} is committed`))
  expect(told.indexOf('1 is committed')).toBeLessThan(told.indexOf('1 has heard'))
  expect(told).toContain('3 is refused')
  expect(told).toContain('5 has heard')
})

it('gives a transaction what was written before it, and undoes it where it fails', async () => {
  const db = await tempDatabase()
  const before = db.write([set('a')])
  const read = db.transaction(async (tx) => {
    await execute(tx, set('b'))
    const { rows } = await sql<{ n: number }>`select count(*) as n from idempotency_keys`.execute(tx)
    return rows[0]!.n
  })
  const failed = db.transaction(async (tx) => {
    await execute(tx, set('c'))
    throw new Error('no')
  })
  await before
  expect(await read).toBe(2)
  await expect(failed).rejects.toThrow('no')
  expect(await keys(db)).toEqual(['a', 'b'])
})

it('asks for parameters that follow the order of commits when they are due', async () => {
  const db = await tempDatabase()
  let n = 0
  const numbered = (key: string): Statement => {
    const { sql, parameters } = set(key)
    return { sql, parameters: () => [(parameters as string[])[0], String(++n)] }
  }
  await Promise.all([db.write([numbered('a')]), db.transaction(async () => {}), db.write([numbered('b')])])
  expect(await rows(db)).toEqual([
    { key: 'a', id: '1' },
    { key: 'b', id: '2' },
  ])
})

it('writes hundreds together, of which some are refused', async () => {
  const db = await tempDatabase()
  const asked = Array.from({ length: 900 }, (_, n) => db.write([set(`k${n % 600}`)]))
  const outcomes = await Promise.allSettled(asked)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(300)
  expect(await keys(db)).toHaveLength(600)
})

it('says what went wrong in a transaction as it is, whatever words it has', async () => {
  const db = await tempDatabase()
  const asked = new RuntimeError('invalid_request', 'the connection has no timeout')
  const failed = db.transaction(async () => {
    throw asked
  })
  await expect(failed).rejects.toBe(asked)
  expect(db.health.error).toBeUndefined()
})

it('finds what is in a list as it is stored, half characters and NULs as well', async () => {
  const db = await tempDatabase()
  const odd = ['a\0b', '\\u0000', '\\\0', 'x\ud800', '"', 'ü']
  await db.write(odd.map((key) => set(key)))
  const found = await db.read.selectFrom('idempotency_keys').select('key').where('key', 'in', inList(odd)).execute()
  expect(found).toHaveLength(odd.length)
})

it('looks at one moment, whatever is written meanwhile', async () => {
  const db = await tempDatabase()
  await db.write([set('a')])
  const count = await db.atOneMoment(async (then) => {
    const look = async () => (await then.selectFrom('idempotency_keys').select('key').execute()).length
    const first = await look()
    await db.write([set('b')])
    return [first, await look()]
  })
  expect(count).toEqual([1, 1])
  expect(await keys(db)).toEqual(['a', 'b'])
})

it('takes and gives whole numbers, fractions, bytes and texts as they are', async () => {
  const db = await tempDatabase()
  const [row] = await db.all<Record<string, unknown>>(
    `select cast(? as bigint) as n, cast(? as double precision) as f, cast(? as text) as s, 1 = 1 as yes, 1 = 2 as no`,
    [Number.MAX_SAFE_INTEGER, 0.1, 'ü👍'],
  )
  expect(row).toEqual({ n: Number.MAX_SAFE_INTEGER, f: 0.1, s: 'ü👍', yes: 1, no: 0 })
})
