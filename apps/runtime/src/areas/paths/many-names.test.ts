import { describe, expect, it } from 'vitest'
import { counting } from '../../testing/counting-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
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
    const { names, path } = await aLargeTree()
    await path('mv', { path: '/big', to: '/other/large' })
    expect(await names({ path: '/other/large', recursive: true })).toHaveLength(many + 3)
    expect(await names({ path: '/big', recursive: true })).toEqual([])
  })
})
