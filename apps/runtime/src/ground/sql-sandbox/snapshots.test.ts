import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { copyRows } from './copy-rows.ts'
import { type SnapshotOptions, Snapshots } from './snapshots.ts'

const root = mkdtempSync(join(tmpdir(), 'loomcycle-snapshots-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const source = join(root, 'source.db')
const main = new DatabaseSync(source)
main.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (who, a); INSERT INTO t VALUES ('me', 1), ('you', 2)")
afterAll(() => main.close())

let dirs = 0
function someSnapshots(options: Partial<SnapshotOptions> = {}) {
  const dir = join(root, `snapshots-${dirs++}`)
  mkdirSync(dir)
  writeFileSync(join(dir, 'left.db.new'), 'of another process')
  const timers: (() => void)[] = []
  const clock: Clock = {
    now: () => 0,
    after: (_ms, callback) => {
      timers.push(callback)
      return () => void timers.splice(timers.indexOf(callback), 1)
    },
  }
  const snapshots = new Snapshots({ clock, dir, maxCount: 3, maxBytes: 1_000_000, keptMs: 1000, ...options })
  let made = 0
  const make = (version: number) => async (into: string) => {
    made++
    const steps = [
      { sql: 'CREATE TABLE main.t (a)' },
      { sql: 'INSERT INTO main.t SELECT a FROM source.t WHERE who = ?', args: ['me'] },
    ]
    const report = { sql: 'SELECT count(*) AS n FROM main.t' }
    return { ...copyRows({ source, into, steps, report, maxBytes: snapshots.maxBytes }), version }
  }
  const use = (key: string, version: number, read = async (file: string) => file) =>
    snapshots.use({ key, version }, make(version), ({ file }) => read(file))
  return { dir, snapshots, use, timers, made: () => made, files: () => readdirSync(dir) }
}

describe('snapshots', () => {
  it('hold the rows that were copied, and nobody else may read the file', async () => {
    const { use, dir, files } = someSnapshots()
    const file = await use('me', 1, async (path) => {
      const db = new DatabaseSync(path, { readOnly: true })
      expect(db.prepare('SELECT a FROM t').all()).toEqual([{ a: 1 }])
      db.close()
      return path
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(files()).toHaveLength(1)
  })

  it('are made once, until something has changed', async () => {
    const { use, made, files } = someSnapshots()
    const first = await use('me', 1)
    expect(await use('me', 1)).toBe(first)
    expect(made()).toBe(1)
    expect(await use('me', 2)).not.toBe(first)
    expect(made()).toBe(2)
    expect(existsSync(first)).toBe(false)
    expect(files()).toHaveLength(1)
  })

  it('are one for each of those who ask', async () => {
    const { use } = someSnapshots()
    expect(await use('me', 1)).not.toBe(await use('you', 1))
  })

  it('stay while somebody reads them, and go then', async () => {
    const { use } = someSnapshots()
    const gate = Promise.withResolvers<void>()
    const reading = use('me', 1, async (file) => {
      await gate.promise
      expect(existsSync(file)).toBe(true)
      return file
    })
    await use('me', 2)
    gate.resolve()
    expect(existsSync(await reading)).toBe(false)
  })

  it('of an earlier moment do not come in place of a later one that was made meanwhile', async () => {
    const { use, made } = someSnapshots()
    const gate = Promise.withResolvers<void>()
    const late = use('me', 1, () => gate.promise.then(() => ''))
    const newest = await use('me', 2)
    gate.resolve()
    await late
    expect(await use('me', 2)).toBe(newest)
    expect(made()).toBe(2)
  })

  it('are bounded in number and bytes, and those that nobody asked for longest go', async () => {
    const few = someSnapshots()
    for (const key of ['a', 'b', 'c', 'a', 'd']) await few.use(key, 1)
    expect(few.files()).toHaveLength(3)
    expect(few.made()).toBe(4)
    await few.use('a', 1)
    expect(few.made()).toBe(4)
    await few.use('b', 1)
    expect(few.made()).toBe(5)

    const small = someSnapshots({ maxBytes: 40_000 })
    for (const key of ['a', 'b', 'c']) await small.use(key, 1)
    const bytes = small.files().map((name) => statSync(join(small.dir, name)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000)
  })

  it('that would be too large are not made', async () => {
    const { use, files } = someSnapshots({ maxBytes: 10_000 })
    await expect(use('me', 1)).rejects.toThrow('full')
    expect(files()).toEqual([])
  })

  it('go some time after the last question, at the start and at the end', async () => {
    const { use, timers, files, snapshots, dir } = someSnapshots()
    expect(existsSync(join(dir, 'left.db.new'))).toBe(false)
    await use('me', 1)
    expect(timers).toHaveLength(1)
    timers[0]!()
    expect(files()).toEqual([])
    await use('me', 1)
    snapshots.close()
    expect(existsSync(dir)).toBe(false)
  })

  it('leave nothing behind when they could not be made', async () => {
    const { snapshots, files } = someSnapshots()
    const fails = async (into: string) => {
      writeFileSync(`${into}.new`, '')
      throw new Error('killed')
    }
    await expect(snapshots.use({ key: 'me', version: 1 }, fails, async () => 1)).rejects.toThrow('killed')
    expect(files()).toEqual([])
  })

  it('cannot write to what they are copied from', () => {
    const into = join(root, 'forbidden.db')
    const steps = [{ sql: "INSERT INTO source.t VALUES ('me', 9)" }]
    const attempt = () => copyRows({ source, into, steps, report: { sql: 'SELECT 1' }, maxBytes: 100_000 })
    expect(attempt).toThrow('readonly')
    expect(existsSync(into)).toBe(false)
  })
})
