import { describe, expect, it } from 'vitest'
import type { Embedder } from '../../../models/embedders/embedder.ts'
import { createStubEmbedder } from '../../../models/embedders/stub.ts'
import { someDocuments } from '../testing/some-documents.ts'
import { fuse } from './fuse.ts'
import { standingOut } from './stands-out.ts'

/** Documents whose embedder counts what it is asked to embed, and can be another or broken. */
async function withMeaning() {
  const stored: string[] = []
  const using: { current: Embedder } = { current: createStubEmbedder('m') }
  const docs = await someDocuments({
    embedder: {
      get provider() {
        return using.current.provider
      },
      get model() {
        return using.current.model
      },
      embed(texts, purpose, signal) {
        if (purpose === 'store') stored.push(...texts)
        return using.current.embed(texts, purpose, signal)
      },
    },
  })
  const found = async (query: string, more: object = {}) =>
    (await docs.ask('search', { query, ...more })).chunks.map(({ title }: { title: string }) => title)
  return { ...docs, stored, using, found, storedNow: () => stored.splice(0).sort() }
}

// The stub goes by parts of words as well, so it finds what FTS does not.
describe('search by meaning', () => {
  it('finds what has none of the words, and puts first what both ways find', async () => {
    const { found, plan, ask } = await withMeaning()
    await plan('Photography', 'Tax report')
    expect((await found('photographers'))[0]).toBe('Photography')
    expect((await found('report of taxes'))[0]).toBe('Tax report')
    const { chunks, note } = await ask('search', { query: 'photography', limit: 1 })
    expect(chunks).toMatchObject([{ title: 'Photography', score: 1 + 2 / 61 }])
    expect(note).toBeUndefined()
  })

  it('leaves out what is only the closest of what there is', async () => {
    const { found, plan } = await withMeaning()
    await plan('Photography', 'Tax report', 'Holidays', 'Budget', 'Recipes', 'Letters', 'Music', 'Repairs')
    expect(await found('photographers')).toEqual(['Photography'])
    expect(await found('quantum chromodynamics')).toEqual([])
  })

  it('puts what has all the words before what only means the same', async () => {
    const { found, plan, ask } = await withMeaning()
    const { ids } = await plan('Photographers', 'Photographer', 'Notes')
    const body = `A long text about many things. ${'word '.repeat(200)} photographic`
    await ask('update_chunk', { id: ids[2], revision: 1, body })
    expect(await found('photographic')).toEqual(['Notes', 'Photographer', 'Photographers'])
  })

  it('is by words where there is no embedder', async () => {
    const { ask, plan } = await someDocuments()
    await plan('Photography')
    expect(await ask('search', { query: 'photographers' })).toEqual({ chunks: [] })
    expect(Object.keys(await ask('search', { query: 'photography' }))).toEqual(['chunks'])
  })

  it('adds chunks that share some of the words to those that have them all', async () => {
    const { found, plan } = await withMeaning()
    await plan('Sofa with a warm cat', 'Warm cat', 'Budget')
    expect((await found('sofa warm cat')).slice(0, 2)).toEqual(['Sofa with a warm cat', 'Warm cat'])
  })

  it('embeds once, and again only what was edited, or is under another heading', async () => {
    const { ask, plan, found, storedNow } = await withMeaning()
    const { ids, root_chunk_id } = await plan('Holidays', 'Taxes')
    await found('x')
    expect(storedNow()).toEqual(['Plan', 'Plan\nHolidays', 'Plan\nTaxes'])
    await ask('update_chunk', { id: ids[0], revision: 1, title: 'Photography' })
    expect((await found('photographers'))[0]).toBe('Photography')
    expect(storedNow()).toEqual(['Plan\nPhotography'])
    await ask('move_chunk', { id: ids[1], new_parent_id: ids[0] })
    await found('x')
    expect(storedNow()).toEqual(['Plan\nPhotography\nTaxes'])
    await ask('update_chunk', { id: root_chunk_id, revision: 1, title: 'Aim' })
    await found('x')
    expect(storedNow()).toHaveLength(3)
    await found('y')
    expect(storedNow()).toEqual([])
  })

  it('forgets what is deleted', async () => {
    const { ask, plan, found, db } = await withMeaning()
    const { ids } = await plan('Photography')
    await found('photographers')
    await ask('delete_chunk', { id: ids[0], revision: 1 })
    expect(await found('photographers')).not.toContain('Photography')
    expect(await db.all('select n from chunk_embeddings', [])).toHaveLength(1)
  })

  it('keeps scopes, users, tenants and documents apart', async () => {
    const { plan, found, asAgent, ask, storedNow } = await withMeaning()
    const { document_id } = await plan('Photography')
    const other = await ask('create_document', { title: 'Photographs' })
    expect(await found('photographers', { document_id: other.document_id })).toEqual(['Photographs'])
    expect(storedNow()).toEqual(['Photographs'])
    expect(await found('photographers', { document_id })).toContain('Photography')
    expect(await found('photographers')).toEqual(expect.arrayContaining(['Photography', 'Photographs']))
    storedNow()
    expect(await found('photographers', { scope: 'tenant' })).toEqual([])
    expect(await found('photographers', { scope: 'agent' })).toEqual([])
    for (const scope of [{ userId: 'bob' }, { userId: 'ada', tenantId: 'other' }]) {
      const { ask: askAs } = asAgent('r_1', scope)
      const own = { scope: 'user', query: 'photographers' }
      expect((await askAs('search', own)).chunks).toEqual([])
      expect((await askAs('search', { ...own, document_id })).chunks).toEqual([])
    }
    expect(storedNow()).toEqual([])
  })

  it('goes by the words alone, and says so, where the embedder fails', async () => {
    const { ask, plan, using } = await withMeaning()
    await plan('Photography', 'Taxes')
    const stub = using.current
    using.current = { ...stub, embed: () => Promise.reject(new Error('the service is down')) }
    expect(await ask('search', { query: 'taxes' })).toMatchObject({
      chunks: [{ title: 'Taxes' }],
      note: 'searched for words only: the service is down',
    })
    using.current = {
      ...stub,
      embed: (texts, purpose, signal) =>
        purpose === 'find' ? stub.embed(texts, purpose, signal) : Promise.reject(new Error('too much')),
    }
    expect(await ask('search', { query: 'taxes' })).toMatchObject({
      chunks: [{ title: 'Taxes' }],
      note: 'not yet embedded, and found by their words only: 3 chunk(s): too much',
    })
    using.current = stub
    expect((await ask('search', { query: 'taxes' })).note).toBeUndefined()
  })

  it('embeds everything again for another model', async () => {
    const { plan, found, using, storedNow } = await withMeaning()
    await plan('Photography')
    await found('x')
    storedNow()
    using.current = createStubEmbedder('other')
    expect((await found('photographers'))[0]).toBe('Photography')
    expect(storedNow()).toHaveLength(2)
    using.current = { ...createStubEmbedder('other'), provider: 'elsewhere' }
    await found('x')
    expect(storedNow()).toHaveLength(2)
  })

  it('embeds a part at a time, and still finds the rest by its words', async () => {
    const { ask } = await withMeaning()
    const content = Array.from({ length: 300 }, (_, at) => `# Number${at}\n\nText`).join('\n\n')
    await ask('import_md', { markdown: content, title: 'Numbers' })
    const first = await ask('search', { query: 'number299' })
    expect(first.chunks.map(({ title }: { title: string }) => title)).toContain('Number299')
    expect(first.note).toMatch(/words only: 44 chunk/)
    expect((await ask('search', { query: 'number299' })).note).toBeUndefined()
  })
})

describe('standing out', () => {
  const scored = (...scores: number[]) => scores.map((score) => ({ score }))
  const kept = (...scores: number[]) => standingOut(scored(...scores)).map(({ score }) => score)
  const usual = (level: number) => Array.from({ length: 20 }, (_, i) => level - i / 1000)

  it('is measured from what is usual for the model', () => {
    expect(kept(0.5, 0.4, ...usual(0.1))).toEqual([0.5, 0.4])
    expect(kept(0.82, 0.76, ...usual(0.5))).toEqual([0.82, 0.76])
    expect(kept(...usual(0.1))).toEqual([])
    expect(kept(...usual(0.6))).toEqual([])
  })

  it('takes something better into account, and the little that there is to compare', () => {
    expect(kept(0.9, 0.3, ...usual(0.05))).toEqual([0.9])
    expect(kept(0.6, 0.5, 0.1)).toEqual([0.6, 0.5])
    expect(kept(0.19)).toEqual([])
    expect(kept()).toEqual([])
  })
})

it('fuses rankings the same way every time', () => {
  expect(fuse([['a', 'b'], ['b', 'c'], []]).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  expect(fuse([['a'], ['b']]).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(
    fuse(
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      new Set(['a']),
    ).map(({ id }) => id),
  ).toEqual(['a', 'b', 'c'])
})
