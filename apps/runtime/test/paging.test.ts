import { pages } from '@loomcycle/client'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { insertRow } from '../src/ground/db/insert-row.ts'
import { newEvaluationId, newInterruptId, newRunId, newSessionId } from '../src/ground/ids.ts'
import { clientOf } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller } from '../src/tools/testing/a-caller.ts'

interface Page {
  ids: string[]
  next_cursor?: string | undefined
}

/** A list of somebody who has nothing yet. */
interface List {
  /** At one of a few times, so that many have the same. */
  add(time: number): Promise<string>
  remove(id: string): Promise<unknown>
  page(asked: { limit: number; cursor?: string }): Promise<Page>
}

// biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
type Answer = any

function opsOf(runtime: TestRuntime, subject: string) {
  const caller = aCaller({ subject, scopes: ['substrate:tenant'] })
  return (tool: string, input: object): Promise<Answer> => runtime.ctx.ops.get(tool)!.dispatch(caller, input)
}

const long = { timeout: 60_000 }
const day = Date.UTC(2026, 5, 30)

async function addSession(runtime: TestRuntime, userId: string, time: number, more: object = {}) {
  const id = newSessionId()
  const at = day + time
  const common = { tenant_id: 'default', user_id: userId, agent: 'echo', created_at: at, last_activity: at }
  const none = { archived_at: null, deleted_at: null, branched_from: null, branched_seq: null, bytes: 0 }
  const row = { id, ...common, opening: 'tide', title: null, pinned: 0, ...none, ...more }
  await runtime.ctx.db.write([insertRow('sessions', row)])
  return id
}

function removeSession(runtime: TestRuntime, id: string) {
  return runtime.ctx.db.write([{ sql: 'update sessions set deleted_at = 1 where id = ?', parameters: [id] }])
}

async function addRun(runtime: TestRuntime, userId: string, time: number) {
  const id = newRunId()
  const session_id = await addSession(runtime, userId, time)
  await runtime.ctx.db.write([
    {
      sql: `insert into runs (id, session_id, tenant_id, user_id, agent, agent_id, root_run_id, status, interactive, options, history_after, first_seq, started_at, completed_at, stop_reason)
        values (?, ?, 'default', ?, 'echo', ?, ?, 'completed', 0, '{}', 0, 1, ?, ?, 'end_turn')`,
      parameters: [id, session_id, userId, `a_${id}`, id, day + time, day + time],
    },
  ])
  return id
}

function removeRun(runtime: TestRuntime, id: string) {
  const sql = 'update sessions set deleted_at = 1 where id = (select session_id from runs where id = ?)'
  return runtime.ctx.db.write([{ sql, parameters: [id] }])
}

const chats =
  (asked: object) =>
  (runtime: TestRuntime, user: string): List => {
    const ask = opsOf(runtime, user)
    return {
      add: (time) => addSession(runtime, user, time, { pinned: time % 2 }),
      remove: (id) => removeSession(runtime, id),
      async page(page) {
        const answer = await ask('History', { op: 'list', scope: 'user', ...asked, ...page })
        return { ...answer, ids: answer.chats.map((chat: Answer) => chat.session_id) }
      },
    }
  }

const lists: Record<string, (runtime: TestRuntime, user: string) => List> = {
  conversations: chats({}),
  'conversations that are searched for': chats({ query: 'tide' }),
  branches: (runtime, user) => {
    const source = addSession(runtime, user, 0)
    return {
      add: async (time) => addSession(runtime, user, time, { branched_from: await source, branched_seq: 0 }),
      remove: (id) => removeSession(runtime, id),
      async page(page) {
        const input = { op: 'branches', session_id: await source, ...page }
        const answer = await opsOf(runtime, user)('History', input)
        return { ...answer, ids: answer.branches.map((chat: Answer) => chat.session_id) }
      },
    }
  },
  runs: (runtime, user) => ({
    add: (time) => addRun(runtime, user, time),
    remove: (id) => removeRun(runtime, id),
    async page(page) {
      const answer = await clientOf(runtime).listUserAgentsPage(user, { status: 'all', ...page })
      return { ...answer, ids: answer.agents.map(({ run_id }) => run_id) }
    },
  }),
  questions: (runtime, user) => ({
    async add(time) {
      const id = newInterruptId()
      const run_id = await addRun(runtime, user, time)
      const [{ session_id }] = await runtime.ctx.db.all<Answer>('select session_id from runs where id = ?', [run_id])
      const of = { tenant_id: 'default', run_id, session_id, tool_use_id: null, user_id: user }
      const who = {
        agent_id: 'a_1',
        agent_name: 'echo',
        kind: 'question',
        status: 'pending',
        priority: 'normal',
      } as const
      const none = { context_data: null, answer: null, expires_at: null, resolved_at: null, resolved_by: null }
      const row = { id, ...of, ...who, question: '?', options: '[]', ...none, created_at: day + time }
      await runtime.ctx.db.write([insertRow('interrupts', row)])
      return id
    },
    remove: (id) =>
      runtime.ctx.db.write([
        {
          sql: 'update sessions set deleted_at = 1 where id = (select session_id from interrupts where id = ?)',
          parameters: [id],
        },
      ]),
    async page(page) {
      const answer = await clientOf(runtime).listUserInterrupts(user, page)
      return { ...answer, ids: answer.interrupts.map(({ interrupt_id }) => interrupt_id) }
    },
  }),
  'evaluations of an agent': (runtime, user) => ({
    async add(time) {
      const id = newEvaluationId()
      const of = { tenant_id: 'default', run_id: 'r_1', def_id: null, agent: user, score: 1 }
      const none = { dimensions: null, judgement: null, rationale: null, emitter_agent_id: '', emitter_run_id: '' }
      const row = { id, ...of, ...none, emitter_role: 'external' as const, created_at: day + time }
      await runtime.ctx.db.write([insertRow('evaluations', row)])
      return id
    },
    remove: (id) => runtime.ctx.db.write([{ sql: 'delete from evaluations where id = ?', parameters: [id] }]),
    async page(page) {
      const answer = await opsOf(runtime, 'ada')('Evaluation', { op: 'list_for_def', def_id: user, ...page })
      return { ...answer, ids: answer.evaluations.map((evaluation: Answer) => evaluation.eval_id) }
    },
  }),
  'keys of memory': (runtime, user) => ({
    async add(time) {
      const key = `${time}/${newRunId()}`
      await clientOf(runtime).setMemoryEntry('user', user, key, { value: time })
      return key
    },
    remove: (key) => clientOf(runtime).deleteMemoryEntry('user', user, key),
    async page(page) {
      const answer = await clientOf(runtime).listMemoryEntries('user', user, page)
      return { ...answer, ids: answer.entries.map(({ key }) => key) }
    },
  }),
  'keys of memory, by the op': (runtime, user) => ({
    async add(time) {
      const key = `${time}/${newRunId()}`
      await opsOf(runtime, user)('Memory', { op: 'set', scope: 'user', key, value: time })
      return key
    },
    remove: (key) => opsOf(runtime, user)('Memory', { op: 'delete', scope: 'user', key }),
    async page(page) {
      const answer = await opsOf(runtime, user)('Memory', { op: 'list', scope: 'user', ...page })
      return { ...answer, ids: answer.entries.map(({ key }: Answer) => key) }
    },
  }),
  documents: (runtime, user) => {
    const ask = opsOf(runtime, user)
    return {
      async add(time) {
        const { document_id } = await ask('Document', { op: 'create_document', title: `Plan ${time}` })
        const sql = 'update documents set updated_at = ? where id = ?'
        await runtime.ctx.db.write([{ sql, parameters: [day + time, document_id] }])
        return document_id
      },
      remove: (id) => ask('Document', { op: 'delete_document', id }),
      async page(page) {
        const answer = await ask('Document', { op: 'query_documents', ...page })
        return { ...answer, ids: answer.documents.map((found: Answer) => found.document_id) }
      },
    }
  },
  ...Object.fromEntries(['position', 'title', 'status'].map((sort) => [`chunks by ${sort}`, chunksBy(sort)])),
}

/** New ones come among those that are there, which make room. */
function chunksBy(sort: string) {
  return (runtime: TestRuntime, user: string): List => {
    const ask = opsOf(runtime, user)
    const document = ask('Document', { op: 'create_document', title: 'Plan' })
    return {
      async add(time) {
        const { document_id, root_chunk_id } = await document
        const where = { document_id, parent_id: root_chunk_id, position: time + 1 }
        const chunk = { title: `t${time}`, status: time === 0 ? 'done' : 'todo' }
        return (await ask('Document', { op: 'create_chunk', ...where, ...chunk })).id
      },
      remove: (id) => ask('Document', { op: 'delete_chunk', id }),
      async page(page) {
        const { root_chunk_id } = await document
        const answer = await ask('Document', { op: 'query_chunks', parent_id: root_chunk_id, sort, ...page })
        return { ...answer, ids: answer.chunks.map(({ id }: Answer) => id) }
      },
    }
  }
}

const time = fc.integer({ min: 0, max: 2 })
const story = fc.record({
  start: fc.array(time, { maxLength: 8 }),
  limit: fc.integer({ min: 1, max: 3 }),
  /** Between one page and the next. */
  meanwhile: fc.array(
    fc.record({ added: fc.array(time, { maxLength: 2 }), removed: fc.array(fc.nat(), { maxLength: 1 }) }),
    { maxLength: 8 },
  ),
})

describe.each(Object.entries(lists))('%s, page by page', (_, listOf) => {
  it('have what stayed in them once, whatever comes and goes between the pages', long, async () => {
    const runtime = await startRuntime()
    let users = 0
    await fc.assert(
      fc.asyncProperty(story, async ({ start, limit, meanwhile }) => {
        const list = listOf(runtime, `user-${users++}`)
        const there = new Set<string>()
        for (const at of start) there.add(await list.add(at))
        const stayed = new Set(there)
        const shown: string[] = []
        let round = 0
        for await (const { ids } of pages((page) => list.page({ limit, ...page }) as Promise<Answer>)) {
          expect(ids.length).toBeLessThanOrEqual(limit)
          shown.push(...ids)
          const { added, removed } = meanwhile[round++] ?? { added: [], removed: [] }
          for (const n of removed) {
            const [id] = [...there].slice(n % Math.max(there.size, 1))
            if (id === undefined) continue
            await list.remove(id)
            there.delete(id)
            stayed.delete(id)
          }
          for (const at of added) there.add(await list.add(at))
        }
        expect(new Set(shown).size).toBe(shown.length)
        expect([...stayed].filter((id) => !shown.includes(id))).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describe('a cursor', () => {
  let runtime: TestRuntime
  beforeEach(async () => {
    runtime = await startRuntime()
  })

  async function post(path: string, input: object) {
    const response = await fetch(runtime.url + path, { method: 'POST', body: JSON.stringify(input) })
    return { status: response.status, ...((await response.json()) as Answer) }
  }

  it('of another list, of other filters or of nobody is refused, with what to do', async () => {
    for (const time of [0, 1, 2]) await addSession(runtime, 'default', time)
    const { next_cursor } = await post('/v1/_history', { op: 'list', limit: 1 })
    const { next_cursor: ofSearch } = await post('/v1/_history', { op: 'search', query: 'tide', limit: 1 })
    const forged = Buffer.from('[1,"x",[1,2,3]]').toString('base64url')
    for (const [cursor, more] of [
      [next_cursor, { pinned_only: true }],
      [next_cursor, { query: 'tide' }],
      [ofSearch, {}],
      [forged, {}],
      ['%', {}],
      ['WzFd', {}],
    ]) {
      expect(await post('/v1/_history', { op: 'list', cursor, ...more })).toMatchObject({
        status: 400,
        code: 'invalid_cursor',
        error: expect.stringContaining('next_cursor'),
      })
    }
    await expect(clientOf(runtime).listUserAgentsPage('ada', { cursor: next_cursor })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_cursor',
    })
    expect(await post('/v1/_history', { op: 'list', limit: 2, cursor: next_cursor })).not.toHaveProperty('next_cursor')
  })

  it('leads on in its own tenant, for its own user, and in no other', async () => {
    for (const time of [0, 1, 2]) await addSession(runtime, 'ada', time)
    await addSession(runtime, 'bob', 0)
    const list = { op: 'list', scope: 'user', limit: 1 }
    const { next_cursor: cursor } = await opsOf(runtime, 'ada')('History', list)
    expect(await opsOf(runtime, 'ada')('History', { ...list, cursor })).toMatchObject({ chats: [{ user_id: 'ada' }] })
    await expect(opsOf(runtime, 'bob')('History', { ...list, cursor })).rejects.toMatchObject({
      code: 'invalid_cursor',
    })
    const elsewhere = aCaller({ tenantId: 'other', subject: 'ada', scopes: ['substrate:tenant'] })
    await expect(runtime.ctx.ops.get('History')!.dispatch(elsewhere, { ...list, cursor })).rejects.toMatchObject({
      code: 'invalid_cursor',
    })
  })

  it('holds what its reader has seen, and of branches nothing that is somebody else’s', async () => {
    const source = await addSession(runtime, 'ada', 0)
    const branch = (user: string, time: number) => addSession(runtime, user, time, { branched_from: source })
    const [first, foreign, last] = [await branch('ada', 1), await branch('bob', 2), await branch('ada', 3)]
    const ada = aCaller({ subject: 'ada', scopes: ['runs:read'] })
    const ask = (more: object): Promise<Answer> =>
      runtime.ctx.ops.get('History')!.dispatch(ada, { op: 'branches', session_id: source, limit: 1, ...more })
    const { branches, next_cursor } = await ask({})
    expect(branches).toMatchObject([{ session_id: first }])
    expect(Buffer.from(next_cursor, 'base64url').toString()).not.toContain(foreign)
    const rest = await ask({ cursor: next_cursor })
    expect(rest.branches).toMatchObject([{ session_id: last }])
    expect(rest).not.toHaveProperty('next_cursor')
  })

  it('leads to each of 1 500 keys and of 150 runs, and numbers count on as before', long, async () => {
    const client = clientOf(runtime)
    const keys = Array.from({ length: 1500 }, (_, n) => `key/${String(n).padStart(4, '0')}`)
    const place = { tenant_id: 'default', scope: 'user', scope_id: 'ada' }
    const kept = { value: '1', bytes: 1, created_at: day, updated_at: day, expires_at: null }
    await runtime.ctx.db.write(keys.map((key) => insertRow('memory', { ...place, key, ...kept })))
    const read: string[] = []
    for await (const { entries } of pages((page) =>
      client.listMemoryEntries('user', 'ada', { limit: 1000, ...page }),
    )) {
      read.push(...entries.map(({ key }) => key))
    }
    expect(read).toEqual(keys)

    const ids = new Set<string>()
    for (let n = 0; n < 150; n++) ids.add(await addRun(runtime, 'ada', n % 3))
    expect(await client.listUserAgents('ada', { status: 'all' })).toHaveLength(100)
    const runs: string[] = []
    for await (const { agents } of pages((page) => client.listUserAgentsPage('ada', { status: 'all', ...page }))) {
      runs.push(...agents.map(({ run_id }) => run_id))
    }
    expect(runs).toHaveLength(150)
    expect(new Set(runs)).toEqual(ids)

    const list = (more: object) => opsOf(runtime, 'ada')('History', { op: 'list', scope: 'user', limit: 10, ...more })
    const second = await list({ offset: 10 })
    expect(second).toMatchObject({ total: 150, limit: 10, offset: 10 })
    const { next_cursor: cursor } = await list({})
    expect((await list({ cursor })).chats).toEqual(second.chats)
  })

  it('leads from one owner of memory to the next', async () => {
    const client = clientOf(runtime)
    for (const user of ['ada', 'bob', 'cyd']) await client.setMemoryEntry('user', user, 'k', { value: 1 })
    const owners: string[] = []
    for await (const { scope_ids } of pages((page) => client.listMemoryScopeIDs('user', { limit: 1, ...page }))) {
      owners.push(...scope_ids.map(({ scope_id }) => scope_id))
    }
    expect(owners).toEqual(['ada', 'bob', 'cyd'])
  })
})
