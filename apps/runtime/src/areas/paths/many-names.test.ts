import { describe, expect, it } from 'vitest'
import type { Database } from '../../ground/db/database.ts'
import { counting } from '../../testing/counting-database.ts'
import { failingAfter } from '../../testing/failing-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { Leftovers } from '../documents/leftovers.ts'
import { someDocuments } from '../documents/testing/some-documents.ts'

/** More than are read or removed in one step. */
const many = 1500

async function aLargeTree() {
  const db = await tempDatabase()
  const docs = await someDocuments({}, db)
  const places = ['/big', '/big-2', '/big.txt', '/big0']
  for (const path of places.slice(1)) await docs.path('mkdir', { path })
  await db.write(
    Array.from({ length: many }, (_, n) => ({
      sql: `insert into dirents (tenant_id, scope, scope_id, path, kind, created_at, updated_at)
        values ('default', 'user', 'ada', ?, 'directory', ?, ?)`,
      parameters: [`/big/d${n % 3}/${String(n).padStart(5, '0')}`, n + 5, n + 7],
    })),
  )
  const names = async (input: object): Promise<string[]> =>
    (await docs.path('ls', { ...input })).entries.map(({ full_path }: { full_path: string }) => full_path)
  return { ...docs, db, places, names }
}

describe('very many names', () => {
  it('are listed in order, and what is above them without them', async () => {
    const { names, places, path } = await aLargeTree()
    expect(await names({ path: '/' })).toEqual(places)
    expect(await names({ path: '/big' })).toEqual(['/big/d0', '/big/d1', '/big/d2'])
    const below = await names({ path: '/big/d1' })
    expect(below).toHaveLength(many / 3)
    expect(below).toEqual(below.toSorted())
    expect(await names({ path: '/big', recursive: true })).toHaveLength(many + 3)
    expect(await path('stat', { path: '/big' })).toMatchObject({
      created_at: '1970-01-01T00:00:00.005Z',
      updated_at: new Date(many + 6).toISOString(),
    })
  })

  it('are removed in short steps, and others come in between', async () => {
    const { db, names, path } = await aLargeTree()
    const between: string[][] = []
    const { database, transactions } = counting(db, async () => void between.push(await names({ path: '/big' })))
    const later = await someDocuments({}, database)
    expect(await later.path('rm', { path: '/big', recursive: true })).toEqual({
      ok: true,
      removed: '/big',
      n_removed: many,
    })
    expect(transactions.length).toBeGreaterThan(1)
    expect(between[0]!.length).toBeGreaterThan(0)
    expect(await names({ path: '/' })).toEqual(['/big-2', '/big.txt', '/big0'])
    await expect(path('rm', { path: '/big', recursive: true })).rejects.toThrow('no such path')
  })

  it('are moved whole', async () => {
    const { names, path, db, deps } = await aLargeTree()
    await path('mv', { path: '/big', to: '/other/large' })
    expect(await names({ path: '/other/large', recursive: true })).toHaveLength(many + 3)
    expect(await names({ path: '/big', recursive: true })).toEqual([])
    expect(await path('stat', { path: '/other/large/d0/00000' })).toMatchObject({
      created_at: '1970-01-01T00:00:00.005Z',
      updated_at: '1970-01-01T00:00:01.004Z',
    })
    await path('mv', { path: '/other/large', to: '/big' })
    await deps.leftovers.run()
    expect(await db.all('select * from name_batches', [])).toEqual([])
  })

  it('are moved in short steps, and nobody sees a part of it', async () => {
    const { db, names } = await aLargeTree()
    const seen = async () => JSON.stringify(await names({ path: '/', recursive: true }))
    const before = await seen()
    const states: string[] = []
    const { database, transactions } = counting(db, async () => void states.push(await seen()))
    const later = await someDocuments({}, database)
    await later.path('mv', { path: '/big', to: '/large' })
    await later.deps.leftovers.run()
    expect(transactions.length).toBeGreaterThan(5)
    expect([...new Set(states)]).toEqual([before, await seen()])
    expect(await rows(db)).toBe(many + 3)
  })

  it('are moved as they are at the end, whatever becomes of them meanwhile', async () => {
    const { db, names, ask, path } = await aLargeTree()
    await ask('create_document', { title: 'Gone', path: '/big/gone' })
    await ask('create_document', { title: 'Other', path: '/big/other' })
    const changes = [
      () => path('mkdir', { path: '/big/d0/new' }),
      () => path('rm', { path: '/big/d1/00001' }),
      () => ask('delete_document', { path: '/big/gone' }),
      () => ask('create_document', { title: 'Again', path: '/big/other' }),
    ]
    // Once the last of them have been copied.
    let steps = 0
    const { database } = counting(db, async () => {
      if (++steps === 4) for (const change of changes) await change()
    })
    await (await someDocuments({}, database)).path('mv', { path: '/big', to: '/large' })
    const moved = await names({ path: '/large', recursive: true })
    expect(moved).toHaveLength(many + 3 + 1)
    expect(moved).toContain('/large/d0/new')
    expect(moved).not.toContain('/large/d1/00001')
    expect(moved).not.toContain('/large/gone')
    expect(await ask('get_document', { path: '/large/other' })).toMatchObject({ title: 'Again' })
    expect(await names({ path: '/big', recursive: true })).toEqual([])
  })

  it('stay where somebody takes the name they were to have', async () => {
    const { db, names, path, deps } = await aLargeTree()
    let steps = 0
    const { database } = counting(db, async () => {
      if (++steps === 3) await path('mkdir', { path: '/large/d0/00000' })
    })
    const later = await someDocuments({ leftovers: deps.leftovers }, database)
    await expect(later.path('mv', { path: '/big', to: '/large' })).rejects.toThrow('exists already')
    await deps.leftovers.run()
    expect(await names({ path: '/big', recursive: true })).toHaveLength(many + 3)
    expect(await names({ path: '/large', recursive: true })).toEqual(['/large/d0', '/large/d0/00000'])
    expect((await path('stat', { path: '/large/d0/00000' })).created_at).not.toBe('1970-01-01T00:00:00.005Z')
    expect(await rows(db)).toBe(many + 4)
  })

  it('that were moved leave room for others at once', async () => {
    const { db, names, path, clock } = await aLargeTree()
    const idle = new Leftovers({ db, clock })
    await idle.stop()
    const later = await someDocuments({ leftovers: idle }, db)
    await later.path('mv', { path: '/big', to: '/large' })
    await path('mkdir', { path: '/big/d0/00000' })
    expect(await names({ path: '/big', recursive: true })).toEqual(['/big/d0', '/big/d0/00000'])
    await later.path('mv', { path: '/big', to: '/small' })
    await later.path('mv', { path: '/large', to: '/big' })
    expect(await names({ path: '/big', recursive: true })).toHaveLength(many + 3)
    expect(await names({ path: '/small', recursive: true })).toEqual(['/small/d0', '/small/d0/00000'])
  })

  it('are all at one place or at the other when the process dies', async () => {
    const { db, names, clock } = await aLargeTree()
    const at = async () => {
      const [big, large] = await Promise.all(['/big', '/large'].map((path) => names({ path, recursive: true })))
      return [big!.length, large!.length, await rows(db)]
    }
    const all = many + 3
    for (let statements = 0; ; statements++) {
      const failing = failingAfter(db, statements)
      const leftovers = new Leftovers({ db: failing.database, clock })
      const dying = await someDocuments({ leftovers }, failing.database)
      await dying.path('mv', { path: '/big', to: '/large' }).catch(() => {})
      await leftovers.run().catch(() => {})
      await new Leftovers({ db, clock }).recover()
      const where = await at()
      if (where[0] === 0) {
        expect(where).toEqual([0, all, all])
        expect(statements).toBeGreaterThan(10)
        break
      }
      expect(where).toEqual([all, 0, all])
    }
    expect(await db.all('select * from name_batches', [])).toEqual([])
  }, 60_000)
})

async function rows(db: Database): Promise<number> {
  const [row] = await db.all<{ n: number }>('select count(*) as n from dirents', [])
  return row!.n
}
