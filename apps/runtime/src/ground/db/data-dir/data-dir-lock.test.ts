import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempDir } from '../../../testing/temp-dir.ts'
import { openDatabase } from '../database.ts'
import { lockDataDir } from './data-dir-lock.ts'

it('lets one process use a data directory, and the next one after it', () => {
  const dir = tempDir()
  const first = lockDataDir(dir)
  expect(first).toBeDefined()
  expect(lockDataDir(dir)).toBeUndefined()
  first?.release()
  const second = lockDataDir(dir)
  expect(second).toBeDefined()
  second?.release()
})

it('is not to be had by removing its file while the database is in use', async () => {
  const dir = tempDir()
  const first = lockDataDir(dir)!
  const db = await openDatabase(join(dir, 'loomcycle.db'))
  rmSync(join(dir, 'loomcycle.lock'))
  expect(lockDataDir(dir)).toBeUndefined()
  expect(lockDataDir(dir)).toBeUndefined()
  await db.close()
  first.release()
  const second = lockDataDir(dir)
  expect(second).toBeDefined()
  second?.release()
})

it('is taken again by its holder where the file was removed or replaced', () => {
  const dir = tempDir()
  const first = lockDataDir(dir)!
  rmSync(join(dir, 'loomcycle.lock'))
  writeFileSync(join(dir, 'loomcycle.lock'), '')
  expect(first.guard()).toBeUndefined()
  expect(lockDataDir(dir)).toBeUndefined()
  first.release()
})

it('stops its holder from writing where another process was faster, for good', async () => {
  const dir = tempDir()
  const first = lockDataDir(dir)!
  const db = await openDatabase(join(dir, 'loomcycle.db'), { guards: [first.guard] })
  rmSync(join(dir, 'loomcycle.lock'))
  writeFileSync(join(dir, 'loomcycle.lock'), '')
  const second = lockDataDir(dir)!
  expect(second).toBeDefined()
  const refusal = { code: 'store_unavailable', message: expect.stringMatching(/^Another loomcycle has taken/) }
  await expect(db.proveWritable()).rejects.toMatchObject(refusal)
  await expect(db.all('select 1', [])).rejects.toThrow(expect.objectContaining(refusal))
  second.release()
  await expect(db.proveWritable()).rejects.toMatchObject(refusal)
  await db.close()
  first.release()
})
