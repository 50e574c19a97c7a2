import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tempDir } from '../../testing/temp-dir.ts'
import { Checkpoints } from './checkpoints.ts'
import { StoreHealth } from './health/store-health.ts'
import { Connection } from './node-sqlite.ts'

function aLog(file = join(tempDir(), 'loomcycle.db'), threadFile = file) {
  const connection = new Connection(file, { readOnly: false })
  const checkpoints = new Checkpoints(connection, threadFile, new StoreHealth())
  connection.exec('create table blobs (bytes)')
  onTestFinished(async () => {
    await checkpoints.close()
    connection.close()
  })
  const write = (count: number) => {
    insert(connection, count)
    checkpoints.afterCommit()
  }
  const state = () =>
    connection.prepare('PRAGMA wal_checkpoint(NOOP)').all()[0] as { log: number; checkpointed: number }
  return { file, connection, checkpoints, write, state }
}

function insert(connection: Connection, count: number) {
  connection.exec(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) insert into blobs select zeroblob(4000) from n`,
  )
}

it('takes a long log into the database, and leaves a short one alone', { timeout: 15_000 }, async () => {
  const { write, state } = aLog()
  write(500)
  expect(state().checkpointed).toBe(0)
  write(1500)
  // Taken in, or taken in as a whole, and then begun anew by the next write.
  await expect
    .poll(
      () => {
        write(1)
        const { log, checkpointed } = state()
        return checkpointed > 1500 || log < 500
      },
      { timeout: 10_000 },
    )
    .toBe(true)
})

it('takes in what little the thread left of a long log, which would go on for ever otherwise', async () => {
  const { file, connection, state, checkpoints } = aLog()
  insert(connection, 4200)
  const reader = new Connection(file, { readOnly: true })
  reader.exec('begin; select * from blobs limit 1')
  connection.exec('PRAGMA wal_checkpoint(PASSIVE)')
  insert(connection, 10)
  reader.close()
  expect(state().log).toBeGreaterThan(state().checkpointed)
  checkpoints.afterCommit()
  expect(state().checkpointed).toBe(state().log)
  insert(connection, 1)
  expect(state().log).toBeLessThan(100)
})

it('leaves it to SQLite where the thread cannot', { timeout: 15_000 }, async () => {
  const { write, state } = aLog(undefined, join(tempDir(), 'missing', 'loomcycle.db'))
  write(6000)
  await expect
    .poll(
      () => {
        write(1)
        return state().checkpointed
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(6000)
})
