import { memoryOps } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import { Connection } from '../../ground/db/node-sqlite.ts'
import type { CountingEmbedder } from '../../models/embedders/embedder.ts'
import { ofLengthOne } from '../../models/embedders/embedder.ts'
import { createStubEmbedder } from '../../models/embedders/stub.ts'
import { testStore } from '../../testing/open-test-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { serveOps } from '../../tools/op-set.ts'
import { opTool } from '../../tools/op-tool.ts'
import { aToolCaller, type SomeRun } from '../../tools/testing/a-caller.ts'
import { callTool } from '../../tools/testing/call-tool.ts'
import { createMemoryOps } from './ops/index.ts'
import { withoutDuplicates } from './vectors/dedup.ts'
import { cosine, nearestByHand, nearestBySql, rankOf } from './vectors/nearest.ts'
import { searchInPages } from './vectors/search-in-pages.ts'
import { searchInThread } from './vectors/search-thread.ts'

const user = { scope: 'user' }
const hour = 3_600_000

describe('search', () => {
  it('finds what means most the same, among what was embedded', async () => {
    const { ask, set, found } = await aMemory()
    await set('cat', 'A cat sleeps on the warm sofa')
    await set('tax', 'The tax report is due in April', { ttl: 60 })
    await set('secret', 'warm cat sofa', { embed: false })
    await set('coded', { id: 7 }, { embed_text: 'a dog in the garden' })
    const answer = await ask({ op: 'search', ...user, query: 'sofa with a cat', top_k: 2 })
    expect(answer).toMatchObject({
      query_embedding_dim: 256,
      truncated: true,
      entries: [
        { key: 'cat', value: 'A cat sleeps on the warm sofa', embedded_with: { provider: 'stub', model: 'm' } },
        {},
      ],
    })
    expect(answer.entries[0].score).toBeCloseTo(answer.entries[0].rank_score)
    expect(answer.entries[0].score).toBeGreaterThan(answer.entries[1].score)
    expect(await found('garden dog', { top_k: 1 })).toEqual(['coded'])
    expect(await found('cat', { prefix: 'ta' })).toEqual(['tax'])
    expect((await ask({ op: 'search', ...user, query: 'tax', top_k: 1 })).entries[0]).toMatchObject({
      expires_at: '1970-01-01T00:01:00.000Z',
    })
  })

  it('keeps scopes, users and tenants apart', async () => {
    const { set, as } = await aMemory()
    await set('k', 'a cat')
    const search = { op: 'search', query: 'a cat' }
    expect((await as({})({ ...search, scope: 'user' })).entries).toHaveLength(1)
    expect((await as({})({ ...search, scope: 'agent' })).entries).toEqual([])
    expect((await as({ userId: 'bob' })({ ...search, scope: 'user' })).entries).toEqual([])
    expect((await as({ tenantId: 'other' })({ ...search, scope: 'user' })).entries).toEqual([])
  })

  it('does not find what was changed without being embedded again, was deleted, or has expired', async () => {
    const { ask, set, found, clock } = await aMemory()
    for (const key of ['a', 'b', 'c', 'd']) await set(key, 'a cat', key === 'd' ? { ttl: 5 } : {})
    await ask({ op: 'set', ...user, key: 'a', value: 'other' })
    await ask({ op: 'delete', ...user, key: 'b' })
    expect(await found('cat')).toEqual(['c', 'd'])
    clock.time = 5000
    expect(await found('cat')).toEqual(['c'])
    await set('c', 'a dog')
    expect((await ask({ op: 'search', ...user, query: 'a dog' })).entries[0].score).toBeCloseTo(1)
  })

  it('compares only vectors of the same embedder', async () => {
    const { found, set, use } = await aMemory()
    await set('old', 'a cat')
    use(createStubEmbedder('other'))
    expect(await found('cat')).toEqual([])
    await set('new', 'a cat')
    expect(await found('cat')).toEqual(['new'])
  })

  it('keeps a value that cannot be embedded, and says so', async () => {
    const { ask, use } = await aMemory()
    expect(await ask({ op: 'set', ...user, key: 'e', value: '', embed: true })).toEqual({
      ok: true,
      embedded: false,
      embed_warning: 'there is no text to embed',
    })
    use({ ...createStubEmbedder('m'), embed: () => Promise.reject(new Error('the service is down')) })
    expect(await ask({ op: 'set', ...user, key: 'k', value: 'v', embed: true })).toMatchObject({
      embedded: false,
      embed_warning: 'the service is down',
    })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: 'v' })
    await expect(ask({ op: 'search', ...user, query: 'x' })).rejects.toThrow('the service is down')
  })

  it('ranks what is newer, and what was found more often, higher where that is asked for', async () => {
    const { ask, set, found, clock } = await aMemory()
    await set('near', 'the cat sat on the mat')
    clock.time = 1000 * hour
    await set('fresh', 'the cat sat on the sofa and looked out')
    const query = 'the cat sat on the mat'
    expect(await found(query)).toEqual(['near', 'fresh'])
    expect(await found(query, { rank: { recency_weight: 2, recency_half_life_hours: 10 } })).toEqual(['fresh', 'near'])
    for (let i = 0; i < 5; i++) await found('sofa', { prefix: 'fresh' })
    const often = { rank: { semantic_weight: 0.1, frequency_weight: 5 } }
    await expect.poll(() => found(query, often)).toEqual(['fresh', 'near'])
    expect(await ask({ op: 'search', ...user, query, rank: { source_weight: 1 } })).toMatchObject({
      rank_note: expect.stringContaining('source_weight'),
    })
  })

  it('leaves out, merges or marks what says the same', async () => {
    const { ask, set } = await aMemory()
    await set('a', 'the red house at the lake')
    await set('b', 'the red house at the lake')
    await set('c', 'the red house')
    const search = async (dedup: object, top_k = 10) =>
      ask({ op: 'search', ...user, query: 'the red house at the lake', dedup, top_k })
    expect(keysOf(await search({ mode: 'drop' }))).toEqual(['a', 'c'])
    expect(await search({ mode: 'drop' })).toMatchObject({ dedup_dropped: 1 })
    expect((await search({ mode: 'merge' })).entries[0]).toMatchObject({ key: 'a', merged_keys: ['b'] })
    expect((await search({ mode: 'keep' })).entries[1]).toMatchObject({ key: 'b', duplicate_of: 'a' })
    expect(keysOf(await search({ enabled: true }, 1))).toEqual(['a'])
    expect(keysOf(await search({ enabled: false }))).toEqual(['a', 'b', 'c'])
    expect(keysOf(await search({ threshold: 0.3 }))).toEqual(['a'])
  })
})

describe('ranking', () => {
  const weights = fc.record({
    semantic: fc.double({ min: 0, max: 10, noNaN: true }),
    recency: fc.double({ min: 0, max: 10, noNaN: true }),
    halfLifeMs: fc.double({ min: 1, max: 1e12, noNaN: true }),
    frequency: fc.double({ min: 0, max: 10, noNaN: true }),
  })
  const time = fc.integer({ min: 0, max: 1e13 })

  it('never puts something lower for being closer, newer or found more often', () => {
    fc.assert(
      fc.property(
        weights,
        fc.double({ min: -1, max: 1, noNaN: true }),
        time,
        time,
        fc.nat(1e6),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1e9), fc.nat(1e6)),
        (of, score, now, writtenAt, hits, [closer, newer, more]) => {
          const rank = rankOf({ weights: of, now }, score, writtenAt, hits)
          expect(rankOf({ weights: of, now }, score + closer, writtenAt, hits)).toBeGreaterThanOrEqual(rank)
          expect(rankOf({ weights: of, now }, score, writtenAt + newer, hits)).toBeGreaterThanOrEqual(rank)
          expect(rankOf({ weights: of, now }, score, writtenAt, hits + more)).toBeGreaterThanOrEqual(rank)
        },
      ),
    )
  })

  it('keeps no two that say the same, and nothing that is not asked for', () => {
    const vector = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }).map(ofLengthOne)
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (vectors, limit) => {
        const candidates = vectors.map((one, at) => ({ key: `k${at}`, score: 1, rankScore: 1, vector: one }))
        const { kept, dropped, more } = withoutDuplicates(candidates, { threshold: 0.92, mode: 'drop', limit })
        expect(kept.length).toBeLessThanOrEqual(limit)
        if (!more) expect(kept.length + dropped).toBe(candidates.length)
        for (const [at, a] of kept.entries()) {
          for (const b of kept.slice(at + 1)) expect(cosine(a.candidate.vector, b.candidate.vector)).toBeLessThan(0.92)
        }
      }),
    )
  })

  it('is the same however many are compared at once', async () => {
    const { db, asked } = await manyWords()
    const found = await searchInPages(db).nearest(asked)
    expect(found).toHaveLength(7)
    expect(await searchInPages(db, 3).nearest(asked)).toEqual(found)
    expect(await searchInPages(db, 11).nearest(asked)).toEqual(found)
  })

  it.skipIf(testStore === 'postgres')('is the same in the database, by hand, in pages, and in the thread', async () => {
    const { db, asked } = await manyWords()
    const { file } = db.home as { file: string }
    const thread = searchInThread(file)
    const inThread = await thread.nearest(asked)
    await thread.close()
    const byHand = nearestByHand(rowsIn(file), asked)
    expect(await searchInPages(db).nearest(asked)).toEqual(byHand)
    expect(inThread.map(({ key }) => key)).toEqual(byHand.map(({ key }) => key))
    for (const [at, { rankScore, score, vector }] of inThread.entries()) {
      expect(rankScore).toBeCloseTo(byHand[at]!.rankScore, 5)
      expect(score).toBeCloseTo(byHand[at]!.score, 5)
      expect(vector).toEqual(byHand[at]!.vector)
    }
    expect(() => nearestBySql(rowsIn(file), asked)).toThrow('vec_distance_cosine')
  })
})

async function manyWords() {
  const { db, set, clock } = await aMemory()
  for (let at = 0; at < 40; at++) {
    clock.time = at * hour
    await set(`k${at}`, `word${at % 7} and word${at % 5}`)
  }
  const [query] = await createStubEmbedder('m').embed(['word3 and word1'], 'find', new AbortController().signal)
  const asked = {
    place: { tenantId: 'default', scope: 'user' as const, scopeId: 'ada' },
    provider: 'stub',
    model: 'm',
    query: query!,
    prefix: 'k1',
    end: 'k2',
    now: 40 * hour,
    limit: 7,
    weights: { semantic: 1, recency: 0.3, halfLifeMs: 10 * hour, frequency: 0.1 },
  }
  return { db, asked }
}

function rowsIn(file: string) {
  return (sql: string, parameters: readonly unknown[]) => {
    const connection = new Connection(file, { readOnly: true })
    try {
      return connection.prepare(sql).all(parameters)
    } finally {
      connection.close()
    }
  }
}

async function aMemory() {
  const db = await tempDatabase()
  const clock = { time: 0, now: () => clock.time, after: () => () => {} }
  const search = searchInPages(db)
  const embedding: { embedder: CountingEmbedder; search: typeof search } = { embedder: createStubEmbedder('m'), search }
  const limits = { memoryMaxValueBytes: 1000, memoryMaxScopeBytes: 100_000 }
  const tool = opTool(
    serveOps(memoryOps, createMemoryOps({ db, clock, feed: new ChangeFeed(), limits, embedding }), {
      sideEffects: 'state',
    }),
  )
  const as = (scope: SomeRun) => async (input: unknown) =>
    JSON.parse((await callTool(tool, input, aToolCaller(scope))).text)
  const ask = as({})
  return {
    db,
    clock,
    as,
    ask,
    set: (key: string, value: unknown, more: object = {}) =>
      ask({ op: 'set', ...user, key, value, embed: true, ...more }),
    found: async (query: string, more: object = {}): Promise<string[]> =>
      keysOf(await ask({ op: 'search', ...user, query, ...more })),
    use: (embedder: CountingEmbedder) => {
      embedding.embedder = embedder
    },
  }
}

function keysOf({ entries }: { entries: { key: string }[] }): string[] {
  return entries.map(({ key }) => key)
}
