import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { lockDataDir } from './data-dir-lock.ts'

it('lets one process use a data directory, and the next one after it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const first = lockDataDir(dir)
  expect(first).toBeDefined()
  expect(lockDataDir(dir)).toBeUndefined()
  first?.release()
  const second = lockDataDir(dir)
  expect(second).toBeDefined()
  second?.release()
})
