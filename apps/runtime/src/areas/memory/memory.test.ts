import { memoryOps, pathOps, toolSchema } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import type { Database } from '../../ground/db/database.ts'
import { everyCrash } from '../../testing/every-crash.ts'
import { testStore } from '../../testing/open-test-database.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { serveOps } from '../../tools/op-set.ts'
import { opTool } from '../../tools/op-tool.ts'
import { aRunCaller, aToolCaller, type SomeRun } from '../../tools/testing/a-caller.ts'
import { callTool } from '../../tools/testing/call-tool.ts'
import { createPathOps } from '../paths/ops/index.ts'
import { createMemoryOps } from './ops/index.ts'
import { deleteExpired } from './store.ts'

const user = { scope: 'user' }

describe('Memory', () => {
  it('gives back any JSON value as it was set, and null where there is none', async () => {
    const { ask } = await aMemory()
    for (const value of [null, false, 0, '', 'ok', [1, [2]], { a: { b: null } }, '\u0000\ud800 🧵']) {
      expect(await ask({ op: 'set', ...user, key: 'k', value })).toEqual({ ok: true })
      expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value })
    }
    expect(await ask({ op: 'get', ...user, key: 'other' })).toEqual({ value: null })
  })

  it('says whether there was something to delete', async () => {
    const { ask } = await aMemory()
    await ask({ op: 'set', ...user, key: 'k', value: 1 })
    expect(await ask({ op: 'delete', ...user, key: 'k' })).toEqual({ deleted: true })
    expect(await ask({ op: 'delete', ...user, key: 'k' })).toEqual({ deleted: false })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: null })
  })

  it('lists keys in order, by prefix, as many as asked for', async () => {
    const { ask, keys } = await aMemory()
    for (const key of ['b', 'a%', 'a_1', 'a_2', 'aX', 'A']) await ask({ op: 'set', ...user, key, value: key })
    expect(await keys()).toEqual(['A', 'a%', 'aX', 'a_1', 'a_2', 'b'])
    expect(await keys('a_')).toEqual(['a_1', 'a_2'])
    expect(await keys('a%')).toEqual(['a%'])
    expect(await ask({ op: 'list', ...user, limit: 2 })).toEqual({
      entries: [
        { key: 'A', value: 'A' },
        { key: 'a%', value: 'a%' },
      ],
      truncated: true,
      next_cursor: expect.any(String),
    })
    const all = await ask({ op: 'list', ...user, limit: 6 })
    expect(all).toMatchObject({ truncated: false })
    expect(all).not.toHaveProperty('next_cursor')
  })

  it('lists exactly the keys that start with the prefix, whatever they are made of', async () => {
    const { ask, keys } = await aMemory()
    const piece = fc.constantFrom(
      'a',
      'b',
      '%',
      '_',
      // No text of Postgres has it.
      ...(testStore === 'postgres' ? [] : ['\u0000']),
      '\ud7ff',
      '\ue000',
      '\u{10ffff}',
      '\ud800',
      '🧵',
      '\uffff',
    )
    const text = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''))
    const given = fc.sample(text, 80)
    for (const key of given) await ask({ op: 'set', ...user, key, value: 1 })
    const all = [...new Set(given.map(wellFormed))].sort(byCodePoint)
    expect(await keys('')).toEqual(all)
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.constantFrom(...all)), async (prefix) => {
        expect(await keys(prefix)).toEqual(all.filter((key) => key.startsWith(wellFormed(prefix))))
      }),
      { numRuns: 300 },
    )
  })

  it('adds to a number in one step, from 0 where there is none', async () => {
    const { ask } = await aMemory()
    await Promise.all(Array.from({ length: 20 }, () => ask({ op: 'incr', ...user, key: 'n' })))
    expect(await ask({ op: 'incr', ...user, key: 'n', delta: -0.5 })).toEqual({ value: 19.5 })
  })

  it('refuses to add to what is no number, and past the largest', async () => {
    const { ask, refusal } = await aMemory()
    await ask({ op: 'set', ...user, key: 'k', value: [1] })
    expect(await refusal({ op: 'incr', ...user, key: 'k' })).toBe(
      'incr: the value under "k" is a list, not a number; use set to replace it',
    )
    await ask({ op: 'set', ...user, key: 'k', value: 1.7e308 })
    expect(await refusal({ op: 'incr', ...user, key: 'k', delta: 1.7e308 })).toMatch(/too large for a number/)
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: 1.7e308 })
  })

  it('lays an object over another, all the way down', async () => {
    const { ask, refusal, as } = await aMemory()
    const merge = (value: unknown) => ask({ op: 'merge', ...user, key: 'k', value })
    expect(await merge({ a: { b: 1, c: [1, 2] }, d: 'x' })).toEqual({ value: { a: { b: 1, c: [1, 2] }, d: 'x' } })
    const merged = { a: { b: 2, c: [3], e: null }, d: { f: 1 } }
    expect(await merge({ a: { b: 2, c: [3], e: null }, d: { f: 1 } })).toEqual({ value: merged })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: merged })
    const own = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"x": 1}}')
    expect(JSON.stringify((await merge(own)).value)).toContain('"__proto__":{"polluted":1}')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    await ask({ op: 'set', ...user, key: 'n', value: null })
    expect(await refusal({ op: 'merge', ...user, key: 'n', value: {} })).toBe(
      'merge: the value under "n" is null, not an object; use set to replace it',
    )
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => as({})({ op: 'merge', ...user, key: 'm', value: { [`k${i}`]: i } })),
    )
    expect(Object.keys((await ask({ op: 'get', ...user, key: 'm' })).value)).toHaveLength(20)
  })

  it('adds to a list what is not in it yet, in whatever order the members come', async () => {
    const { ask, refusal } = await aMemory()
    const append = (value: unknown) => ask({ op: 'append_dedupe', ...user, key: 'k', value })
    expect(await append({ a: 1, b: [2] })).toEqual({ appended: true, value: [{ a: 1, b: [2] }] })
    expect(await append({ b: [2], a: 1 })).toEqual({ appended: false, value: [{ a: 1, b: [2] }] })
    for (const value of [1, '1', null, [1], { a: 1 }]) expect(await append(value)).toMatchObject({ appended: true })
    for (const value of [1, '1', null, [1], { a: 1 }]) expect(await append(value)).toMatchObject({ appended: false })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask({ op: 'append_dedupe', ...user, key: 'c', value: i % 5 })),
    )
    expect(answers.filter(({ appended }) => appended)).toHaveLength(5)
    await ask({ op: 'set', ...user, key: 's', value: 'text' })
    expect(await refusal({ op: 'append_dedupe', ...user, key: 's', value: 1 })).toMatch(/is a string, not a list/)
  })

  it('keeps the last so many of a list', async () => {
    const { ask, refusal } = await aMemory()
    const add = (value: unknown, limit = 3) => ask({ op: 'bounded_list', ...user, key: 'k', value, limit })
    for (const value of [1, 2, 3]) expect(await add(value)).toMatchObject({ dropped: 0 })
    expect(await add(3)).toEqual({ dropped: 1, value: [2, 3, 3] })
    expect(await add(null, 1)).toEqual({ dropped: 3, value: [null] })
    await Promise.all(Array.from({ length: 20 }, (_, i) => add(i, 10)))
    expect((await ask({ op: 'get', ...user, key: 'k' })).value).toHaveLength(10)
    await ask({ op: 'set', ...user, key: 'o', value: {} })
    expect(await refusal({ op: 'bounded_list', ...user, key: 'o', value: 1, limit: 1 })).toMatch(
      /is an object, not a list/,
    )
  })

  it('keeps the time a changed value is forgotten at, and the limits', async () => {
    const { ask, refusal, clock } = await aMemory({ memoryMaxValueBytes: 30 })
    await ask({ op: 'set', ...user, key: 'k', value: [], ttl: 10 })
    await ask({ op: 'bounded_list', ...user, key: 'k', value: 'x', limit: 2 })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toMatchObject({ expires_at: '1970-01-01T00:00:10.000Z' })
    expect(await refusal({ op: 'append_dedupe', ...user, key: 'k', value: 'x'.repeat(30) })).toMatch(/and may be 30/)
    expect(await refusal({ op: 'merge', ...user, key: 'm', value: { a: 'x'.repeat(30) } })).toMatch(/and may be 30/)
    clock.time = 10_000
    expect(await ask({ op: 'append_dedupe', ...user, key: 'k', value: 1 })).toEqual({ appended: true, value: [1] })
  })

  it('gives everybody in a tenant one memory where the agent may have it', async () => {
    const { as } = await aMemory()
    const open = { agent: { memoryScopes: ['tenant' as const] } }
    await as({ ...open, userId: 'ada' })({ op: 'set', scope: 'tenant', key: 'k', value: 1 })
    expect(await as({ ...open, userId: 'bob' })({ op: 'get', scope: 'tenant', key: 'k' })).toEqual({ value: 1 })
    expect(await as({ ...open, tenantId: 'other' })({ op: 'get', scope: 'tenant', key: 'k' })).toEqual({ value: null })
  })

  it('forgets a value after its time, everywhere at once', async () => {
    const { ask, keys, clock, db } = await aMemory()
    await ask({ op: 'set', ...user, key: 'n', value: 5, ttl: 10 })
    expect(await ask({ op: 'get', ...user, key: 'n' })).toEqual({ value: 5, expires_at: '1970-01-01T00:00:10.000Z' })
    expect(await ask({ op: 'incr', ...user, key: 'n' })).toEqual({ value: 6 })
    clock.time = 10_000
    expect(await ask({ op: 'get', ...user, key: 'n' })).toEqual({ value: null })
    expect(await keys()).toEqual([])
    expect(await ask({ op: 'delete', ...user, key: 'n' })).toEqual({ deleted: false })
    await ask({ op: 'set', ...user, key: 'n', value: 5, ttl: 1 })
    clock.time = 12_000
    expect(await ask({ op: 'incr', ...user, key: 'n' })).toEqual({ value: 1 })
    await ask({ op: 'set', ...user, key: 'm', value: 5, ttl: 1 })
    await db.transaction((tx) => deleteExpired(tx, 14_000))
    expect(await db.read.selectFrom('memory').select('key').execute()).toEqual([{ key: 'n' }])
  })

  it('keeps a value for good when its time is past all dates', async () => {
    const { ask } = await aMemory()
    await ask({ op: 'set', ...user, key: 'k', value: 1, ttl: Number.MAX_SAFE_INTEGER })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: 1 })
  })

  it('keeps agents, users and tenants apart', async () => {
    const { ask, as } = await aMemory()
    await ask({ op: 'set', scope: 'user', key: 'k', value: 'ada’s' })
    await ask({ op: 'set', scope: 'agent', key: 'k', value: 'writer’s' })
    const reader = as({ agent: { name: 'reader' } })
    expect(await reader({ op: 'get', scope: 'user', key: 'k' })).toEqual({ value: 'ada’s' })
    expect(await reader({ op: 'get', scope: 'agent', key: 'k' })).toEqual({ value: null })
    expect(await as({ userId: 'bob' })({ op: 'get', scope: 'user', key: 'k' })).toEqual({ value: null })
    expect(await as({ userId: 'bob' })({ op: 'get', scope: 'agent', key: 'k' })).toEqual({ value: 'writer’s' })
    const abroad = as({ tenantId: 'other' })
    expect(await abroad({ op: 'get', scope: 'user', key: 'k' })).toEqual({ value: null })
    expect(await abroad({ op: 'list', scope: 'agent' })).toMatchObject({ entries: [] })
    expect(await abroad({ op: 'delete', scope: 'agent', key: 'k' })).toEqual({ deleted: false })
  })

  it('takes the place from who calls, not from what is said', async () => {
    const { ask } = await aMemory()
    await ask({ op: 'set', scope: 'user', scope_id: 'bob', user_id: 'bob', tenant_id: 'x', key: 'k', value: 1 })
    expect(await ask({ op: 'get', scope: 'user', key: 'k' })).toEqual({ value: 1 })
  })

  it('refuses a scope that the agent was not given, naming the setting', async () => {
    const { as } = await aMemory()
    const narrow = as({ agent: { memoryScopes: ['agent'] } })
    for (const op of ['get', 'set', 'delete', 'list', 'incr', 'merge', 'append_dedupe', 'bounded_list', 'search']) {
      const value = op === 'merge' ? {} : 1
      await expect(narrow({ op, scope: 'user', key: 'k', value, limit: 1, query: 'q' })).rejects.toThrow(
        `${op}: the scope "user" is not open to agent writer; its setting memory_scopes would allow it`,
      )
    }
    await expect(as({ userId: '' })({ op: 'list', scope: 'user' })).rejects.toThrow('needs a run that has a user')
  })

  it('refuses a value that is too long, and one too many for the scope', async () => {
    const { ask, as, refusal } = await aMemory({ memoryMaxValueBytes: 20, memoryMaxScopeBytes: 40 })
    expect(await refusal({ op: 'set', ...user, key: 'k', value: 'x'.repeat(19) })).toMatch(
      /^set: the value is 21 bytes long as JSON and may be 20/,
    )
    expect(await refusal({ op: 'set', ...user, key: 'k', value: '🧵🧵🧵🧵🧵' })).toMatch(/is 22 bytes long/)
    await ask({ op: 'set', ...user, key: 'aa', value: 'x'.repeat(16) })
    await ask({ op: 'set', ...user, key: 'aa', value: 'y'.repeat(16) })
    expect(await refusal({ op: 'set', ...user, key: 'bbb', value: 'x'.repeat(16) })).toMatch(
      /^set: the scope "user" would hold 41 bytes and may hold 40; .*memory_quota_bytes/,
    )
    await ask({ op: 'set', ...user, key: 'bb', value: 'x'.repeat(16) })
    expect(await refusal({ op: 'incr', ...user, key: 'n' })).toMatch(/would hold 42 bytes/)
    const roomy = as({ agent: { memoryQuotaBytes: 100 } })
    expect(await roomy({ op: 'incr', ...user, key: 'n' })).toEqual({ value: 1 })
  })

  it('counts nothing that has expired', async () => {
    const { ask, clock } = await aMemory({ memoryMaxScopeBytes: 20 })
    await ask({ op: 'set', ...user, key: 'a', value: 'x'.repeat(12), ttl: 1 })
    clock.time = 1000
    expect(await ask({ op: 'set', ...user, key: 'b', value: 'x'.repeat(12) })).toEqual({ ok: true })
  })

  it.each([
    [{ op: 'get', ...user }, 'get: key is missing; give a key, or the path of an entry that has one'],
    [{ op: 'get', ...user, key: '' }, 'get: key is missing; give a key, or the path of an entry that has one'],
    [{ op: 'get', ...user, key: 'x'.repeat(513) }, 'get: key must have at most 512 characters'],
    [{ op: 'get', scope: 'run', key: 'k' }, 'get: scope must be one of agent, user, tenant'],
    [{ op: 'merge', ...user, key: 'k', value: [1] }, 'merge: value must be a map of keys'],
    [{ op: 'merge', ...user, key: 'k' }, 'merge: value is missing'],
    [{ op: 'append_dedupe', ...user, key: 'k' }, 'append_dedupe: value is missing'],
    [{ op: 'bounded_list', ...user, key: 'k', value: 1 }, 'bounded_list: limit is missing'],
    [{ op: 'bounded_list', ...user, key: 'k', value: 1, limit: 0 }, 'bounded_list: limit must be at least 1'],
    [{ op: 'bounded_list', ...user, key: 'k', value: 1, limit: 10001 }, 'bounded_list: limit must be at most 10000'],
    [{ op: 'search', ...user, query: '' }, 'search: query must not be empty'],
    [{ op: 'search', ...user, query: 'x', top_k: -1 }, 'search: top_k must be at least 1'],
    [
      { op: 'search', ...user, query: 'x' },
      'search: there is no embedder; the setting memory.embedder, or LOOMCYCLE_EMBEDDER_STUB=1, gives one',
    ],
    [
      { op: 'sql_query', scope: 'run', statement: 'SELECT 1' },
      'sql_query: SQL is off in this runtime; LOOMCYCLE_SQLMEM_ENABLED=1 turns it on',
    ],
    [{ op: 'set', ...user, key: 'k' }, 'set: value is missing'],
    [{ op: 'set', ...user, key: 'k', value: 1, ttl: -1 }, 'set: ttl must be at least 1'],
    [{ op: 'incr', ...user, key: 'k', delta: '1' }, 'incr: delta must be a number'],
  ])('refuses %j', async (input, reason) => {
    const { refusal } = await aMemory()
    expect(await refusal(input)).toBe(reason)
  })
})

describe('an entry with a path', () => {
  const named = { scope: 'user', path: '/notes/plan' }
  const entry = { name: 'plan', kind: 'memory_entry', full_path: '/notes/plan' }

  it('is read and forgotten by it, and stands in the tree', async () => {
    const { ask, path } = await aMemory()
    expect(await ask({ op: 'set', ...named, key: 'k', value: 1 })).toEqual({ ok: true, path: '/notes/plan' })
    expect(await ask({ op: 'get', ...named })).toEqual({ value: 1 })
    const reference = { resource_ref: { scope: 'user', key: 'k' } }
    expect(await path('ls', { path: '/notes' })).toEqual({ path: '/notes', entries: [{ ...entry, ...reference }] })
    expect(await path('stat', { path: '/notes/plan' })).toMatchObject({ kind: 'memory_entry', ...reference })
    expect(await ask({ op: 'delete', ...named })).toEqual({ deleted: true })
    expect(await path('ls', { path: '/notes' })).toMatchObject({ entries: [] })
  })

  it('keeps its value when the name is moved or removed', async () => {
    const { ask, path, refusal } = await aMemory()
    await ask({ op: 'set', ...named, key: 'k', value: 1 })
    await path('mv', { path: '/notes', to: '/old' })
    expect(await ask({ op: 'get', ...user, path: '/old/plan' })).toEqual({ value: 1 })
    await path('rm', { path: '/old/plan' })
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: 1 })
    expect(await refusal({ op: 'get', ...user, path: '/old/plan' })).toBe('get: no such path: /old/plan')
  })

  it('loses the path when its time is over', async () => {
    const { ask, path, clock, db } = await aMemory()
    await ask({ op: 'set', ...named, key: 'k', value: 1, ttl: 1 })
    await ask({ op: 'set', ...user, key: 'other', value: 1, path: '/other' })
    clock.time = 1000
    expect(await ask({ op: 'get', ...named })).toEqual({ value: null })
    await db.transaction((tx) => deleteExpired(tx, clock.time))
    expect(await path('ls', { path: '/', recursive: true })).toMatchObject({ entries: [{ full_path: '/other' }] })
  })

  it('is gone after its time with so many others at once, each in its turn and each told of', async () => {
    const { ask, path, clock, db } = await aMemory()
    for (const key of ['c', 'a', 'b']) await ask({ op: 'set', ...user, key, value: 1, ttl: 1, path: `/${key}` })
    await ask({ op: 'set', ...user, key: 'stays', value: 1, path: '/stays' })
    clock.time = 1000
    const some = () => db.transaction((tx) => deleteExpired(tx, clock.time, 2))
    expect([await some(), await some(), await some()]).toEqual([2, 1, 0])
    expect(await path('ls', { path: '/' })).toMatchObject({ entries: [{ full_path: '/stays' }] })
    const told = await db.read.selectFrom('memory_changes').select(['key', 'type']).orderBy('seq').execute()
    expect(told.filter(({ type }) => type === 'memory.delete').map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })

  it('is refused whole where the path is not one, or stands for something else', async () => {
    const { ask, path, refusal } = await aMemory()
    await path('mkdir', { path: '/notes/plan' })
    const set = { op: 'set', ...user, key: 'k', value: 1 }
    expect(await refusal({ ...set, path: '/notes/plan' })).toBe('set: /notes/plan exists as a directory')
    expect(await refusal({ ...set, path: '../up' })).toContain('must start with /')
    expect(await ask({ op: 'get', ...user, key: 'k' })).toEqual({ value: null })
    expect(await refusal({ op: 'get', ...user, path: '/notes/plan' })).toBe(
      'get: /notes/plan is a directory, not a memory_entry',
    )
    expect(await refusal({ op: 'get', ...user })).toContain('get: key is missing')
    expect(await refusal({ op: 'delete', ...user })).toContain('delete: key is missing')
  })

  it('is all there or not at all when the process dies', async () => {
    const { db, ask } = await aMemory()
    await ask({ op: 'set', ...user, key: 'old', value: 1, path: '/old' })
    const attempt = (input: object) => (dying: Database) => aMemory({}, dying).then(({ ask }) => ask(input))
    const tables = ['memory', 'memory_changes', 'dirents']
    await everyCrash(db, tables, attempt({ op: 'set', ...named, key: 'k', value: 1 }))
    await everyCrash(db, tables, attempt({ op: 'delete', ...user, path: '/old' }))
    await everyCrash(db, tables, attempt({ op: 'merge', ...user, key: 'm', value: { a: 1 } }))
    await everyCrash(db, tables, attempt({ op: 'incr', ...user, key: 'n' }))
  })
})

describe('a service that remembers by itself', () => {
  it.each(['add', 'recall'])('is not there: %s says what to use, and is not shown to models', async (op) => {
    const { refusal } = await aMemory()
    const input = { op, ...user, messages: [{ role: 'user', content: 'x' }], query: 'x' }
    expect(await refusal(input)).toMatch(new RegExp(`^${op}: capability_unsupported: .* embed: true`))
    expect(toolSchema(memoryOps)).toMatchObject({ properties: { op: { enum: expect.not.arrayContaining([op]) } } })
  })
})

async function aMemory(limits: { memoryMaxValueBytes?: number; memoryMaxScopeBytes?: number } = {}, given?: Database) {
  const db = given ?? (await tempDatabase())
  const clock = { time: 0, now: () => clock.time, after: () => () => {} }
  const feed = new ChangeFeed()
  const deps = { db, clock, feed, limits: { memoryMaxValueBytes: 1000, memoryMaxScopeBytes: 10_000, ...limits } }
  const tool = opTool(serveOps(memoryOps, createMemoryOps(deps), { sideEffects: 'state' }))
  const as = (scope: SomeRun) => async (input: unknown) => {
    const { text } = await callTool(tool, input, aToolCaller(scope))
    return JSON.parse(text)
  }
  const ask = as({})
  return {
    db,
    deps,
    clock,
    as,
    ask,
    path: async (op: string, input: object) =>
      serveOps(pathOps, createPathOps({ ...deps, leftovers: { begin() {} } }), { sideEffects: 'state' }).dispatch(
        aRunCaller(),
        {
          op,
          ...user,
          ...input,
        },
      ),
    keys: async (prefix?: string): Promise<string[]> => {
      const { entries } = await ask({ op: 'list', ...user, prefix })
      return entries.map(({ key }: { key: string }) => key)
    },
    refusal: (input: unknown): Promise<string> =>
      ask(input).then(
        () => 'not refused',
        (error: Error) => error.message,
      ),
  }
}

function wellFormed(text: string): string {
  return text.toWellFormed()
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
