import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { purgeDeleted } from '../src/areas/history/purge-deleted.ts'
import type { LogEvent } from '../src/engine/log/log-event.ts'
import { headSeq, insertEvent } from '../src/engine/log/store.ts'
import { findLatestRun } from '../src/engine/rows/runs.ts'
import { replaySession } from '../src/engine/sessions/replay.ts'
import { type Database, openDatabase } from '../src/ground/db/database.ts'
import type { Message, ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { aPicture } from '../src/testing/a-picture.ts'
import { ask, asked, listInterrupts, listUserInterrupts, resolve } from '../src/testing/asking.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { onSqlite } from '../src/testing/on-sqlite.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller } from '../src/tools/testing/a-caller.ts'

type Client = ReturnType<typeof clientOf>

/** Answers with what was said last. */
function echo(requests: ModelRequest[] = []): ScriptedModel {
  return (request) => {
    requests.push(structuredClone(request))
    return { text: `You said ${textsOf(request.messages.slice(-1)).at(-1)}.` }
  }
}

const textsOf = (messages: readonly Message[]) =>
  messages.flatMap(({ content }) => content.flatMap((block) => (block.type === 'text' ? [block.text] : [])))

async function talk(client: Client, words: readonly string[], agent = 'echo') {
  const [first = '', ...rest] = words
  const talking = converse(client, agent, first)
  await talking.until('awaiting_input')
  for (const word of rest) {
    await talking.session.send(word)
    await talking.until('steer', (event) => event.user_input?.text === word)
    await talking.until('awaiting_input')
  }
  return talking
}

/** Where a person said this. */
async function seqOf(client: Client, sessionId: string, text: string): Promise<number> {
  const { events } = await client.getTranscript(sessionId)
  return events.find(({ type, payload }) => type === 'user_input' && JSON.stringify(payload).includes(text))!.seq
}

const saidIn = async (client: Client, sessionId: string) => {
  const { events } = await client.getTranscript(sessionId)
  return events.flatMap(({ type, payload, event }) => {
    if (type === 'user_input') return [JSON.stringify(payload).replace(/.*"text":"(.*?)".*/, '$1')]
    return type === 'text' ? [(event as { text: string }).text] : []
  })
}

async function goOn(client: Client, sessionId: string, text: string): Promise<Reader> {
  const reader = new Reader(client.continueSession({ sessionId, segments: say(text), interactive: true }))
  await reader.until('awaiting_input')
  return reader
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ status, code, message }) => ({ status, code, message }),
  )

describe('a branch', () => {
  it('has all that was said up to there, goes on by itself, and leaves its source as it is', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const { session } = await talk(client, ['one', 'two', 'three'])
    const source = session.sessionId
    const before = await client.getTranscript(source)

    const until = (await seqOf(client, source, 'two')) - 1
    const branch = await client.replaySession(source, { agent: 'echo', untilSeq: until })
    expect(branch).toEqual({
      new_session_id: expect.stringMatching(/^s_/),
      seed_run_id: expect.stringMatching(/^r_/),
      events_copied: until,
      compacted: false,
      until_seq: until,
    })
    expect(await saidIn(client, branch.new_session_id)).toEqual(['one', 'You said one.'])
    const reader = await goOn(client, branch.new_session_id, 'zwei')
    expect(reader.text()).toBe('You said zwei.')
    expect(textsOf(requests.at(-1)!.messages)).toEqual(['one', 'You said one.', 'zwei'])

    expect(await client.getTranscript(source)).toEqual(before)
    await session.send('four')
    expect(await saidIn(client, branch.new_session_id)).toEqual(['one', 'You said one.', 'zwei', 'You said zwei.'])
  })

  it('has the numbers of its source, one run for all of them, and no holes', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one', 'two'])).session.sessionId
    const branch = await client.replaySession(source, { agent: 'echo' })
    await goOn(client, branch.new_session_id, 'three')
    const rows = await runtime.ctx.db.all<{ seq: number; run_id: string; type: string }>(
      'select seq, run_id, type from events where session_id = ? order by seq',
      [branch.new_session_id],
    )
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1))
    const copied = rows.slice(0, branch.events_copied + 1)
    expect(new Set(copied.map((row) => row.run_id))).toEqual(new Set([branch.seed_run_id]))
    expect(copied.at(-1)).toMatchObject({ type: 'done' })
    const seed = new Reader(client.streamRunByID(branch.seed_run_id))
    await seed.toEnd()
    expect(seed.text()).toBe('You said one.You said two.')
    expect(await client.getTranscript(branch.new_session_id, { limit: 1 })).toMatchObject({
      latest_run: { agent: 'echo', status: 'running', phase: 'parked' },
    })
  })

  it('says where it comes from, and its source lists it', async () => {
    const runtime = await startRuntime({ models: { echo: echo() }, agents: { other: { model: 'echo' } } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['A trip to Rügen', 'two'])).session.sessionId
    const until = (await seqOf(client, source, 'two')) - 1
    const first = await client.replaySession(source, { agent: 'echo', untilSeq: until })
    const second = await client.replaySession(source, { agent: 'other' })
    const branched_from = { session_id: source, seq: until, title: 'A trip to Rügen' }
    expect((await client.getTranscript(first.new_session_id)).session).toMatchObject({
      agent: 'echo',
      title: 'A trip to Rügen',
      branched_from,
    })
    expect((await client.getTranscript(source)).session).not.toHaveProperty('branched_from')
    await client.history({ op: 'rename', session_id: source, title: 'Rügen' })
    const { branches } = await client.history({ op: 'branches', session_id: source })
    expect(branches).toMatchObject([
      { session_id: first.new_session_id, branched_from: { ...branched_from, title: 'Rügen' }, run_count: 1 },
      { session_id: second.new_session_id, agent: 'other', branched_from: { session_id: source } },
    ])
    const { chats } = await client.history({ op: 'list', query: 'said' })
    expect(chats.map((chat) => [chat.session_id, chat.branched_from?.session_id]).sort()).toEqual(
      [
        [first.new_session_id, source],
        [second.new_session_id, source],
        [source, undefined],
      ].sort(),
    )
  })

  it('before everything begins anew and is named after what is said in it first', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one'])).session.sessionId
    const branch = await client.replaySession(source, { agent: 'echo', untilSeq: 0 })
    expect(branch).toMatchObject({ events_copied: 0, until_seq: 0 })
    await goOn(client, branch.new_session_id, 'eins')
    expect(requests.at(-1)!.messages).toHaveLength(1)
    expect((await client.getTranscript(branch.new_session_id)).session).toMatchObject({
      title: 'eins',
      branched_from: { session_id: source, seq: 0, title: 'one' },
    })
  })

  it('stays when its source is deleted, and is not listed when it is deleted itself', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one'])).session.sessionId
    const { new_session_id } = await client.replaySession(source, { agent: 'echo' })
    await client.deleteSession(new_session_id)
    expect(await client.history({ op: 'branches', session_id: source })).toMatchObject({ branches: [] })
    await client.restoreSession(new_session_id)
    await client.deleteSession(source)
    expect(await saidIn(client, new_session_id)).toEqual(['one', 'You said one.'])
    expect((await client.getTranscript(new_session_id)).session).not.toHaveProperty('branched_from')
    const { chats } = await client.history({ op: 'list' })
    expect(chats).toMatchObject([{ session_id: new_session_id }])
    expect(chats[0]).not.toHaveProperty('branched_from')
    expect(await refused(client.replaySession(source, { agent: 'echo' }))).toMatchObject({ status: 404 })
  })

  it('of a branch has what both had', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one', 'two'])).session.sessionId
    const branch = await client.replaySession(source, { agent: 'echo' })
    await goOn(client, branch.new_session_id, 'three')
    const { new_session_id } = await client.replaySession(branch.new_session_id, { agent: 'echo' })
    await goOn(client, new_session_id, 'four')
    expect(textsOf(requests.at(-1)!.messages)).toEqual([
      ...['one', 'You said one.', 'two', 'You said two.', 'three', 'You said three.', 'four'],
    ])
  })

  it('costs nothing: what was used stays the source’s', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one'])).session.sessionId
    const { new_session_id } = await client.replaySession(source, { agent: 'echo' })
    const { chat } = await client.history({ op: 'get', session_id: new_session_id, limit: 1 })
    expect(chat).toMatchObject({ status: 'completed', input_tokens: 0, output_tokens: 0 })
  })

  it('keeps the pictures', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const picture = aPicture
    const segments = [{ role: 'user' as const, content: [...say('look')[0]!.content, picture] }]
    const reader = new Reader(client.runStreaming({ agent: 'echo', segments }))
    const { session_id } = await reader.until('agent')
    await reader.toEnd()
    const { new_session_id } = await client.replaySession(session_id!, { agent: 'echo' })
    await goOn(client, new_session_id, 'and?')
    expect(requests.at(-1)!.messages[0]!.content).toEqual([{ type: 'text', text: 'look' }, picture])
  })

  it('begins with a summary where that is asked for', async () => {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) =>
      /summaries/.test(request.system[0]?.text ?? '') ? { text: 'In short.' } : echo(requests)(request)
    const runtime = await startRuntime({
      models: { echo: model },
      agents: { echo: { compaction: { keep_last_n: 2 } } },
    })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one', 'two', 'three'])).session.sessionId
    const until = (await seqOf(client, source, 'three')) - 1
    const branch = await client.replaySession(source, { agent: 'echo', compress: true, untilSeq: until })
    expect(branch).toMatchObject({ compacted: true, until_seq: until })
    await goOn(client, branch.new_session_id, 'and?')
    const texts = textsOf(requests.at(-1)!.messages)
    expect(texts.slice(-3)).toEqual(['two', 'You said two.', 'and?'])
    expect(texts.join(' ')).toContain('In short.')
    expect(texts).not.toContain('You said one.')
    const { chat } = await client.history({ op: 'get', session_id: branch.new_session_id, limit: 1 })
    expect(chat.output_tokens).toBeGreaterThan(0)

    const short = (await talk(client, ['one'])).session.sessionId
    expect(await client.replaySession(short, { agent: 'echo', compress: true })).toMatchObject({ compacted: false })
  })

  it('does not come to be where its summary cannot be had', async () => {
    const model: ScriptedModel = (request) =>
      /summaries/.test(request.system[0]?.text ?? '') ? { error: { message: 'no summary today' } } : echo()(request)
    const runtime = await startRuntime({
      models: { echo: model },
      agents: { echo: { compaction: { keep_last_n: 2 } } },
    })
    const client = clientOf(runtime)
    const source = (await talk(client, ['one', 'two', 'three'])).session.sessionId
    expect(await refused(client.replaySession(source, { agent: 'echo', compress: true }))).toMatchObject({
      status: 502,
      code: 'compaction_failed',
      message: expect.stringContaining('no summary today'),
    })
    expect(await client.history({ op: 'branches', session_id: source })).toMatchObject({ branches: [] })
  })
})

describe('while a turn is going on', () => {
  async function midTurn() {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      const last = textsOf(request.messages.slice(-1)).at(-1)
      if (last === 'look') return { text: 'I look.', tool_calls: [{ id: 'c1', name: 'Slow', input: {} }] }
      return echo(requests)(request)
    }
    const at = gate()
    const runtime = await startRuntime({ models: { echo: model }, tools: [gatedTool('Slow', at)] })
    const client = clientOf(runtime)
    const talking = await talk(client, ['one'])
    await talking.session.send('look')
    await talking.until('tool_call')
    await at.entered
    return { runtime, client, talking, at, requests, source: talking.session.sessionId }
  }

  it('everything before it can be branched, and the turn goes on undisturbed', async () => {
    const { client, talking, at, requests, source } = await midTurn()
    const look = await seqOf(client, source, 'look')
    for (const untilSeq of [undefined, look, look + 1, 10_000]) {
      const branch = await client.replaySession(source, { agent: 'echo', ...(untilSeq ? { untilSeq } : {}) })
      expect(branch.until_seq).toBe(look - 1)
      await goOn(client, branch.new_session_id, 'two')
      expect(textsOf(requests.at(-1)!.messages)).toEqual(['one', 'You said one.', 'two'])
    }
    at.open('seen')
    await talking.until('tool_result')
    await talking.until('awaiting_input')
  })

  it('of a first turn there is nothing to copy yet', async () => {
    const runtime = await startRuntime({ models: { slow: () => ({ text: 'half', hold: true }) } })
    const client = clientOf(runtime)
    const talking = converse(client, 'slow', 'one')
    await talking.until('text')
    const { sessionId } = talking.session
    const refusal = { status: 400, code: 'empty_source', message: expect.stringContaining('wait for its end') }
    expect(await refused(client.replaySession(sessionId, { agent: 'slow' }))).toMatchObject(refusal)
    expect(await refused(client.replaySession(sessionId, { agent: 'slow', untilSeq: 3 }))).toMatchObject(refusal)
    expect(await client.replaySession(sessionId, { agent: 'slow', untilSeq: 0 })).toMatchObject({ events_copied: 0 })
    talking.leave()
  })

  it('no cut parts a call from its result', async () => {
    const { client, talking, at, requests, source } = await midTurn()
    at.open('seen')
    await talking.until('awaiting_input')
    const { events } = await client.getTranscript(source)
    for (const { seq } of events) {
      const branch = await refused(client.replaySession(source, { agent: 'echo', untilSeq: seq }))
      if (branch) expect(branch).toMatchObject({ code: 'empty_source' })
    }
    const { branches } = await client.history({ op: 'branches', session_id: source })
    const places = new Map(branches.map((branch) => [branch.branched_from?.seq, branch.session_id]))
    expect(places.size).toBeGreaterThan(1)
    for (const session_id of places.values()) {
      await goOn(client, session_id, 'next')
      const blocks = requests.at(-1)!.messages.flatMap(({ content }) => content.map(({ type }) => type))
      expect(blocks.filter((type) => type === 'tool_use').length).toBe(
        blocks.filter((type) => type === 'tool_result').length,
      )
    }
  })

  it('a question that is open stays the source’s alone', async () => {
    const { runtime, runId, questions, talk: talking } = await asked([ask('Which?')], { lastly: 'thanks' })
    const client = clientOf(runtime)
    const { sessionId } = talking.session
    expect(await refused(client.replaySession(sessionId, { agent: 'model' }))).toMatchObject({ code: 'empty_source' })
    await resolve(runtime, questions[0]!, { answer: 'this' })
    await talking.until('awaiting_input')
    const branch = await client.replaySession(sessionId, { agent: 'model' })
    expect(await listInterrupts(runtime, branch.seed_run_id)).toEqual([])
    expect(await listInterrupts(runtime, runId)).toMatchObject([{ status: 'resolved' }])
    expect(await listUserInterrupts(runtime, 'pending')).toMatchObject({ interrupts: [] })
  })
})

describe('a run that has failed', () => {
  it('can be branched with its failure, and goes on', async () => {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) =>
      requests.push(structuredClone(request)) === 1
        ? { text: 'half', error: { message: 'broken' } }
        : { text: 'better now' }
    const runtime = await startRuntime({ models: { model } })
    const client = clientOf(runtime)
    const reader = new Reader(client.runStreaming({ agent: 'model', segments: say('one') }))
    const { session_id } = await reader.until('agent')
    await reader.toEnd()
    const branch = await client.replaySession(session_id!, { agent: 'model' })
    expect((await goOn(client, branch.new_session_id, 'two')).text()).toBe('better now')
    expect(textsOf(requests.at(-1)!.messages)).toEqual(['one', 'half', 'two'])
  })
})

describe('replaying is refused', () => {
  it('where there is no such session, agent or body', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const { sessionId } = (await talk(client, ['one'])).session
    expect(await refused(client.replaySession('s_missing', { agent: 'echo' }))).toMatchObject({
      status: 404,
      code: 'session_not_found',
    })
    expect(await refused(client.replaySession(sessionId, { agent: 'gone' }))).toMatchObject({
      status: 409,
      code: 'agent_gone',
      message: expect.stringContaining('echo'),
    })
    expect(await refused(client.replaySession(sessionId, { agent: '__proto__' }))).toMatchObject({ status: 409 })
    for (const body of ['{}', '{"agent":7}', '{"agent":""}', '{"agent":"echo","until_seq":-1}', 'x', '']) {
      const headers = { 'content-type': 'application/json' }
      const url = `${runtime.url}/v1/sessions/${sessionId}/replay`
      const { status } = await fetch(url, { method: 'POST', body, headers })
      expect(status, body).toBe(400)
    }
  })

  it('for another user’s session in the words for a missing one', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const { sessionId } = (await talk(client, ['one'])).session
    const user = (tenantId: string, subject: string, ...scopes: string[]) =>
      aCaller({ tenantId, subject, scopes: ['runs:create', ...scopes] })
    const missing = await refused(client.replaySession('s_1', { agent: 'echo' }))
    for (const stranger of [user('default', 'eve'), user('other', 'default', 'substrate:tenant')]) {
      const answer = await refused(replaySession(runtime.ctx, stranger, sessionId, { agent: 'echo' }))
      expect(answer?.message.replace(sessionId, 's_1')).toBe(missing?.message.trim())
    }
    expect(await replaySession(runtime.ctx, user('default', 'default'), sessionId, { agent: 'echo' })).toBeDefined()
  })

  it('while the runtime is paused', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const { sessionId } = (await talk(client, ['one'])).session
    await client.pauseRuntime()
    expect(await refused(client.replaySession(sessionId, { agent: 'echo' }))).toMatchObject({
      status: 503,
      code: 'runtime_paused',
    })
  })
})

describe('a process that dies while it copies', () => {
  onSqlite('leaves nothing of the branch once it is purged, and nobody has seen any of it', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const { sessionId } = (await talk(client, ['one'])).session
    await lengthen(runtime, sessionId, 5000)
    const { db, config } = runtime.ctx
    const sessions = (of: Database) =>
      of.all('select distinct session_id from events union select id from sessions', [])
    const listed = async () => {
      const lists = await Promise.all([
        client.history({ op: 'list' }),
        client.history({ op: 'list', deleted_only: true }),
      ])
      return lists.flatMap((list) => (list as { chats: unknown[] }).chats)
    }
    const asKilled = `${config.dataDir}-killed`
    onTestFinished(() => rmSync(asKilled, { recursive: true, force: true }))
    const transaction: Database['transaction'] = (work) =>
      db.transaction(async (tx) => {
        const result = await work(tx)
        cpSync(config.dataDir, asKilled, { recursive: true })
        expect(await listed()).toHaveLength(1)
        const [half] = await db.all<{ id: string }>('select id from sessions where id <> ?', [sessionId])
        await expect(client.restoreSession(half!.id)).rejects.toMatchObject({ code: 'session_not_found' })
        return result
      })
    const context = { ...runtime.ctx, db: { ...db, transaction } }
    expect(await replaySession(context, aCaller({ subject: 'default' }), sessionId, { agent: 'echo' })).toMatchObject({
      events_copied: expect.toSatisfy((n: number) => n > 5000),
    })
    expect(await sessions(db)).toHaveLength(2)

    const found = await openDatabase(join(asKilled, 'loomcycle.db'))
    await purgeDeleted(found, Date.now() - 60_000)
    expect(await sessions(found)).toHaveLength(2)
    await purgeDeleted(found, Date.now() + 60_000)
    expect(await sessions(found)).toHaveLength(1)
    await found.close()
  })
})

/** As if the conversation had gone on for this many events more. */
async function lengthen({ ctx }: TestRuntime, sessionId: string, events: number) {
  const head = await headSeq(ctx.db, sessionId)
  const run = (await findLatestRun(ctx.db, sessionId))!
  const row = (event: LogEvent, i: number) => {
    return { seq: head + 1 + i, run_id: run.id, at: 0, type: event.type, payload: JSON.stringify(event) }
  }
  const rest: LogEvent = { type: 'awaiting_input', awaiting_input: { since_turn: 1 } }
  const long: LogEvent = { type: 'thinking', text: 'x'.repeat(500) }
  const rows = Array.from({ length: events }, (_, i) => row(i === events - 1 ? rest : long, i))
  await ctx.db.write(rows.map((one) => insertEvent(run.tenantId, sessionId, one)))
}
