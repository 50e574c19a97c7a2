import { describe, expect, it } from 'vitest'
import { purgeDeleted } from '../../areas/history/purge-deleted.ts'
import type { ScriptedModel } from '../../models/providers/scripted/turn.ts'
import { clientOf, converse, Reader, say } from '../../testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../../testing/test-runtime.ts'
import { aCaller } from '../../tools/testing/a-caller.ts'
import { deleteSession } from './delete-session.ts'

const spawns: Record<string, ScriptedModel> = {
  boss: ({ messages }) =>
    messages.length === 1
      ? { tool_calls: [{ name: 'Agent', input: { op: 'spawn', name: 'hand', prompt: 'dig' } }] }
      : { text: 'dug' },
  hand: () => ({ text: 'a hole, with treasure' }),
  busy: () => ({ text: 'on it', hold: true }),
}

const tables = ['sessions', 'runs', 'events', 'run_inputs', 'tool_calls', 'interrupts', 'chat_notes', 'chat_texts']

async function rowsIn({ ctx }: TestRuntime): Promise<Record<string, number>> {
  const counts = tables.map(async (table) => {
    const [row] = await ctx.db.all<{ n: number }>(`select count(*) as n from ${table}`, [])
    return [table, row!.n] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

const none = Object.fromEntries(tables.map((table) => [table, 0]))

async function talkTo(runtime: TestRuntime, agent: string, text: string) {
  const talk = converse(clientOf(runtime), agent, text)
  await talk.until('awaiting_input')
  return talk.session
}

describe('deleting a session', () => {
  it('hides it and everything in it from everybody, and ends its run', async () => {
    const runtime = await startRuntime({ models: spawns })
    const client = clientOf(runtime)
    const talk = converse(client, 'busy', 'hello')
    await talk.until('text')
    const { sessionId, runId, agentId } = talk.session
    await client.deleteSession(sessionId)
    expect((await talk.toEnd()).at(-1)).toMatchObject({ type: 'done', stop_reason: 'cancelled' })

    await expect(client.getTranscript(sessionId)).rejects.toMatchObject({ name: 'SessionNotFoundError' })
    await expect(client.getAgent(agentId)).rejects.toMatchObject({ status: 404 })
    await expect(new Reader(client.streamRunByID(runId)).toEnd()).rejects.toMatchObject({ status: 404 })
    const on = client.continueSession({ sessionId, segments: say('and on') })
    await expect(new Reader(on).toEnd()).rejects.toMatchObject({ name: 'SessionNotFoundError' })
    await expect(client.history({ op: 'get', session_id: sessionId })).rejects.toMatchObject({ code: 'tool_refused' })
    expect(await client.history({ op: 'list', include_archived: true })).toMatchObject({ total: 0 })
    expect(await client.history({ op: 'search', query: 'hello' })).toMatchObject({ total: 0 })
    expect(await client.listUserAgents('default', { status: 'all' as never })).toEqual([])
    const [deleted] = (await client.history({ op: 'list', deleted_only: true })).chats
    expect(deleted).toMatchObject({ session_id: sessionId, title: 'hello', deleted_at: expect.any(String) })
  })

  it('can be undone, also by another process: all of it is there and goes on', async () => {
    const runtime = await startRuntime({ models: spawns })
    const { sessionId } = await talkTo(runtime, 'boss', 'dig for me')
    const client = clientOf(runtime)
    const before = await client.getTranscript(sessionId)
    await client.deleteSession(sessionId)
    await client.deleteSession(sessionId)
    expect(await client.history({ op: 'list', include_internal: true })).toMatchObject({ total: 0 })

    const next = clientOf(await runtime.restart())
    await next.restoreSession(sessionId)
    await next.restoreSession(sessionId)
    expect(await next.history({ op: 'list', include_internal: true })).toMatchObject({ total: 2 })
    expect((await next.getTranscript(sessionId)).events.slice(0, before.events.length)).toEqual(before.events)
    await new Reader(next.continueSession({ sessionId, segments: say('again') })).until('done')
  })

  it('leaves nothing behind once its time is over, and nothing else goes with it', async () => {
    const runtime = await startRuntime({ models: spawns })
    const client = clientOf(runtime)
    const { sessionId } = await talkTo(runtime, 'boss', 'dig for treasure')
    await client.history({ op: 'annotate', session_id: sessionId, tags: ['garden'] })
    await client.history({ op: 'search', query: 'treasure' })
    const mine = await rowsIn(runtime)
    const { sessionId: other } = await talkTo(runtime, 'boss', 'dig elsewhere')
    await client.history({ op: 'search', query: 'treasure', include_internal: true })
    await client.deleteSession(other)
    const { db } = runtime.ctx
    await purgeDeleted(db, Date.now() - 60_000)
    await client.restoreSession(other)
    await client.deleteSession(other)

    await purgeDeleted(db, Date.now() + 1)
    expect(await rowsIn(runtime)).toEqual(mine)
    expect(await client.history({ op: 'search', query: 'treasure' })).toMatchObject({ total: 1 })
    await expect(client.restoreSession(other)).rejects.toMatchObject({ name: 'SessionNotFoundError' })

    await client.deleteSession(sessionId)
    await purgeDeleted(db, Date.now() + 1)
    expect(await rowsIn(runtime)).toEqual(none)
  })

  it('is for whoever may change it: a session of another user is as good as missing', async () => {
    const runtime = await startRuntime({ models: spawns })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'hand', segments: say('x'), userId: 'bob' }))
    await reader.toEnd()
    const { session_id: id } = reader.events.find(({ type }) => type === 'agent') as { session_id: string }
    const eve = aCaller({ subject: 'eve', scopes: ['runs:create'] })
    await expect(deleteSession(runtime.ctx, eve, id)).rejects.toMatchObject({
      code: 'session_not_found',
    })
    await expect(clientOf(runtime).deleteSession('s_none')).rejects.toMatchObject({ name: 'SessionNotFoundError' })
    expect((await clientOf(runtime).getTranscript(id)).events.length).toBeGreaterThan(0)
  })
})

describe('tags', () => {
  it('are added and removed one by one, counted, and listed with or without', async () => {
    const runtime = await startRuntime({ models: spawns })
    const client = clientOf(runtime)
    const [a, b] = [await talkTo(runtime, 'hand', 'one'), await talkTo(runtime, 'hand', 'two')].map((s) => s.sessionId)
    const annotate = (session_id: string, change: object) => client.history({ op: 'annotate', session_id, ...change })
    await Promise.all(['home', ' work '].map((tag) => annotate(a!, { add_tags: [tag] })))
    expect((await annotate(a!, { add_tags: ['home'] })).chat.tags).toEqual(['home', 'work'])
    expect((await client.history({ op: 'list', untagged: true })).chats.map((chat) => chat.session_id)).toEqual([b])
    await annotate(b!, { tags: ['work', 'later'] })
    const counted = [
      { tag: 'home', count: 1 },
      { tag: 'later', count: 1 },
      { tag: 'work', count: 2 },
    ]
    expect(await client.history({ op: 'tags' })).toEqual({ scope: 'self', tags: counted })
    expect((await annotate(a!, { remove_tags: ['work', 'home'] })).chat.tags).toBeUndefined()
    expect((await client.history({ op: 'tags' })).tags).toEqual(counted.slice(1).map((each) => ({ ...each, count: 1 })))
    const many = Array.from({ length: 31 }, (_, i) => `t${i}`)
    await expect(annotate(b!, { add_tags: many })).rejects.toMatchObject({ code: 'tool_refused' })
    await client.deleteSession(b!)
    expect((await client.history({ op: 'tags' })).tags).toEqual([])
  })
})
