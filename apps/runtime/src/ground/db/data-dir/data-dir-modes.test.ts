import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempDir } from '../../../testing/temp-dir.ts'
import { keepPrivate } from './data-dir-modes.ts'

const sqlFile = `t/user/me-${'0'.repeat(24)}.db`

/** A data directory as earlier versions left it, and the modes of everything in it afterwards. */
function kept(dirMode: number, others: readonly string[] = []): Record<string, string> {
  const dir = tempDir()
  const before = process.umask()
  onTestFinished(() => void process.umask(before))
  mkdirSync(join(dir, 'sqlmem/t/user'), { recursive: true, mode: 0o700 })
  for (const name of ['loomcycle.db', 'loomcycle.db-wal', 'loomcycle.lock', `sqlmem/${sqlFile}`, ...others]) {
    writeFileSync(join(dir, name), '')
    chmodSync(join(dir, name), 0o644)
  }
  chmodSync(dir, dirMode)
  keepPrivate(dir, join(dir, 'sqlmem'))
  writeFileSync(join(dir, 'new'), '')
  const modeOf = (name: string) => (statSync(join(dir, name)).mode & 0o777).toString(8)
  return Object.fromEntries(
    ['.', ...readdirSync(dir), `sqlmem/${sqlFile}`]
      .filter((name) => name !== 'sqlmem')
      .map((name) => [name, modeOf(name)]),
  )
}

describe.skipIf(process.platform === 'win32')('a data directory', () => {
  it('that all may read becomes its owner’s alone, with everything in it and everything to come', () => {
    expect(kept(0o755)).toEqual({
      '.': '700',
      'loomcycle.db': '600',
      'loomcycle.db-wal': '600',
      'loomcycle.lock': '600',
      [`sqlmem/${sqlFile}`]: '600',
      new: '600',
    })
  })

  it('that was given to its group stays the group’s to read', () => {
    expect(kept(0o750)).toMatchObject({ '.': '750', 'loomcycle.db': '640', [`sqlmem/${sqlFile}`]: '640', new: '640' })
  })

  it('that other things are in as well is left as it is, and they are', () => {
    expect(kept(0o755, ['notes.txt'])).toMatchObject({ '.': '755', 'notes.txt': '644', 'loomcycle.db': '600' })
  })
})
