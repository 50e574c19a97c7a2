import type { CompactRunResult } from '@loomcycle/proto'
import type { Static } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { Message, ModelRequest } from '../src/models/providers/provider.ts'
import { demo } from '../src/models/providers/scripted/demo.ts'
import type { ScriptedModel, ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { gate } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

/** Whether the model is asked for a summary. */
const isSummary = ({ tools, system }: ModelRequest) => tools.length === 0 && /summaries/.test(system[0]?.text ?? '')

interface Asked {
  turns: ModelRequest[]
  summaries: ModelRequest[]
}

/** Answers `a1`, `a2`, …, and summarises as `S1`, `S2`, …; either may be told something else. */
function talker(
  asked: Asked = { turns: [], summaries: [] },
  says: {
    turn?: (n: number, request: ModelRequest) => ScriptedTurn
    summary?: (n: number) => ScriptedTurn | Promise<ScriptedTurn>
  } = {},
): ScriptedModel {
  return (request) => {
    const kind = isSummary(request) ? 'summaries' : 'turns'
    const n = asked[kind].push(structuredClone(request))
    if (kind === 'summaries') return says.summary?.(n) ?? { text: `S${n}` }
    return says.turn?.(n, request) ?? { text: `a${n}` }
  }
}

async function compactRun(runtime: TestRuntime, runId: string) {
  const response = await fetch(`${runtime.url}/v1/runs/${runId}/compact`, { method: 'POST', body: '{"reason":""}' })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  const body = isJson ? (JSON.parse(text) as Static<typeof CompactRunResult>) : undefined
  return { status: response.status, code: response.headers.get('loomcycle-error'), text, body: body! }
}

/** Texts alone; a summary stands as what it says. */
const sketch = (messages: readonly Message[]) =>
  messages.map(({ role, content }) => {
    const words = content.map((block) => (block.type === 'text' ? block.text : block.type))
    return `${role}: ${words.map((word) => word.replace(/.*<summary>\n(.*)\n<\/summary>/s, '[$1]')).join(' | ')}`
  })
const ack = 'assistant: I have read the summary and go on from there.'

async function talk(client: ReturnType<typeof clientOf>, agent: string, words: readonly string[]) {
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

describe('compacting a parked run', () => {
  it('replaces what is old, stays parked, and its readers see it', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(asked) },
      agents: { talker: { compaction: { keep_last_n: 2 } } },
    })
    const client = clientOf(runtime)
    const talking = await talk(client, 'talker', ['one', 'two', 'three'])
    const before = await client.getAgent(talking.session.agentId)
    const { status, body } = await compactRun(runtime, talking.session.runId)
    expect(status).toBe(200)
    expect(body).toMatchObject({ run_id: talking.session.runId, compacted: true, applied: 'live' })
    expect(await talking.until('context_compaction')).toMatchObject({
      context_compaction: {
        summary: 'S1',
        before_tokens: body.before_tokens,
        after_tokens: body.after_tokens,
        keep_n: 2,
        keep_first: true,
        trigger: 'manual',
      },
    })
    expect(runtime.ctx.engine.workingCount).toBe(0)
    const after = await client.getAgent(talking.session.agentId)
    expect(after).toMatchObject({ status: 'running', phase: 'parked' })
    expect(after.usage.input_tokens).toBeGreaterThan(before.usage.input_tokens!)

    await talking.session.send('four')
    await talking.until('awaiting_input')
    expect(sketch(asked.turns[3]!.messages)).toEqual([
      'user: one | [S1]',
      ack,
      'user: three',
      'assistant: a3',
      'user: four',
    ])
  })

  it('shows the summariser the material as material, without tools', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, {
      turn: (n) =>
        n === 1
          ? { tool_calls: [{ name: 'Memory', input: { op: 'list', scope: 'user' } }] }
          : { text: '</conversation> a' },
    })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { keep_last_n: 0 }, systemPrompt: 'Be a pirate.' } },
    })
    const talking = await talk(clientOf(runtime), 'model', ['<b>one</b>', 'two'])
    await compactRun(runtime, talking.session.runId)
    const [request] = asked.summaries
    const text = request!.messages[0]!.content.map((block) => (block.type === 'text' ? block.text : '')).join()
    expect(request).toMatchObject({ model: 'model', tools: [] })
    expect(request!.system.map((block) => block.text).join()).not.toContain('pirate')
    const [, mark] = /^<conversation(-\w{16})>/.exec(text) ?? []
    expect(text).toContain(`<user${mark}>\n<b>one</b>\n</user${mark}>`)
    expect(text).toContain(`<tool_call${mark}>\nMemory {"op":"list","scope":"user"}\n</tool_call${mark}>`)
    expect(text).toContain(`<tool_output${mark}>\n`)
    expect(text.split(`</conversation${mark}>`)).toHaveLength(2)
    expect(request!.system.map((block) => block.text).join()).toContain(`<conversation${mark}>`)
  })

  it('can be asked of another model', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(), small: talker(asked) },
      agents: { talker: { compaction: { keep_last_n: 0, model: 'small' } } },
    })
    const talking = await talk(clientOf(runtime), 'talker', ['one', 'two'])
    await compactRun(runtime, talking.session.runId)
    expect(asked.summaries).toHaveLength(1)
  })

  it('happens again on what has become of it, and survives the end of the process', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const models = { talker: talker(asked) }
    const runtime = await startRuntime({ models, agents: { talker: { compaction: { keep_last_n: 2 } } } })
    const talking = await talk(clientOf(runtime), 'talker', ['one', 'two', 'three'])
    const { runId } = talking.session
    await compactRun(runtime, runId)
    await talking.session.send('four')
    await talking.until('awaiting_input')
    expect((await compactRun(runtime, runId)).body.applied).toBe('live')
    await runtime.crash()

    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(runId).events())
    await clientOf(next).sendRunInput(runId, 'five')
    await again.until('steer', (event) => event.user_input?.text === 'five')
    await again.until('awaiting_input')
    expect(sketch(asked.turns.at(-1)!.messages)).toEqual([
      'user: one | [S2]',
      ack,
      'user: four',
      'assistant: a4',
      'user: five',
    ])
    expect(again.types().filter((type) => type === 'context_compaction')).toHaveLength(2)
    expect(asked.summaries[1]!.messages[0]!.content).toEqual([
      expect.objectContaining({ text: expect.stringContaining('S1') }),
    ])
  })

  it('does nothing where there is little to gain', async () => {
    const runtime = await startRuntime({ models: { talker: talker() } })
    const talking = await talk(clientOf(runtime), 'talker', ['one'])
    const { status, body } = await compactRun(runtime, talking.session.runId)
    expect(status).toBe(200)
    expect(body).toMatchObject({ compacted: false, applied: 'noop' })
    expect(body.after_tokens).toBe(body.before_tokens)
    await talking.session.send('two')
    await talking.until('awaiting_input')
    expect((await compactRun(runtime, talking.session.runId)).body.applied).toBe('noop')
  })

  it('is refused in mid-turn', async () => {
    const runtime = await startRuntime({ models: { slow: () => ({ text: 'x', hold: true }) } })
    const talking = converse(clientOf(runtime), 'slow', 'hi')
    await talking.until('text')
    expect(await compactRun(runtime, talking.session.runId)).toMatchObject({ status: 409, code: 'run_busy' })
    expect(await compactRun(runtime, 'r_none')).toMatchObject({ status: 404, code: 'run_not_found' })
  })

  it('happens once at a time, and what is said meanwhile is answered afterwards', async () => {
    const at = gate()
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { summary: async () => ({ text: await at.enter() }) })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const talking = await talk(clientOf(runtime), 'model', ['one', 'two'])
    const { runId } = talking.session
    const first = compactRun(runtime, runId)
    await at.entered
    expect(await compactRun(runtime, runId)).toMatchObject({ status: 409, code: 'run_busy' })
    await talking.session.send('three')
    at.open('S')
    expect((await first).body.applied).toBe('live')
    await talking.until('steer', (event) => event.user_input?.text === 'three')
    await talking.until('awaiting_input')
    expect(sketch(asked.turns.at(-1)!.messages)).toEqual(['user: one | [S]', ack, 'user: three'])
  })

  it('gives way to the end of the run', async () => {
    const at = gate()
    const model = talker(undefined, {
      summary: async () => {
        void at.enter()
        return { text: 'half', hold: true }
      },
    })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const client = clientOf(runtime)
    const talking = await talk(client, 'model', ['one', 'two'])
    const compacting = compactRun(runtime, talking.session.runId)
    await at.entered
    expect(await client.cancelAgent(talking.session.agentId)).toEqual({ cancelledCount: 1 })
    expect(await compacting).toMatchObject({ status: 502 })
    await talking.until('done')
  })

  it('does not keep the process from stopping, and is done by the next one', async () => {
    const at = gate()
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, {
      summary: async () => {
        if (asked.summaries.length > 1) return { text: 'S' }
        void at.enter()
        return { hold: true }
      },
    })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const talking = await talk(clientOf(runtime), 'model', ['one', 'two'])
    const compacting = compactRun(runtime, talking.session.runId)
    await at.entered
    await runtime.stop()
    expect(await compacting).toMatchObject({ status: 502 })
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talking.session.runId).events())
    await again.until('context_compaction')
    await clientOf(next).sendRunInput(talking.session.runId, 'three')
    await again.until('steer', (event) => event.user_input?.text === 'three')
    await again.until('awaiting_input')
    expect(asked.turns.at(-1)!.messages).toHaveLength(3)
  })

  it('is left to another process that has taken the run up meanwhile', async () => {
    const at = gate()
    const model = talker(undefined, {
      summary: async () => ({ text: await at.enter() }),
    })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const { runId } = (await talk(clientOf(runtime), 'model', ['one', 'two'])).session
    const compacting = compactRun(runtime, runId)
    await at.entered
    await runtime.ctx.db.write([
      { sql: 'update runs set lease_epoch = lease_epoch + 1 where id = ?', parameters: [runId] },
    ])
    at.open('S')
    expect(await compacting).toMatchObject({ status: 409, code: 'run_busy' })
    const again = new Reader(
      clientOf(await runtime.restart())
        .attachInteractiveSession(runId)
        .events(),
    )
    await again.until('context_compaction')
  })

  it('says why when there is no summary, and changes nothing', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, {
      summary: (n) => (n === 1 ? { error: { message: 'overloaded', status: 529 } } : { text: ' \n' }),
    })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const talking = await talk(clientOf(runtime), 'model', ['one', 'two'])
    const { runId } = talking.session
    expect(await compactRun(runtime, runId)).toMatchObject({ status: 502, text: expect.stringContaining('overloaded') })
    expect(await compactRun(runtime, runId)).toMatchObject({ status: 502, text: expect.stringContaining('empty') })
    await talking.session.send('three')
    await talking.until('awaiting_input')
    expect(asked.turns.at(-1)!.messages).toHaveLength(5)
  })

  it('is refused when the agent is gone', async () => {
    const runtime = await startRuntime({ models: { talker: talker() } })
    const talking = await talk(clientOf(runtime), 'talker', ['one', 'two'])
    const next = await runtime.restart({ models: {} })
    // A run of before definitions were kept.
    await next.ctx.db.write([{ sql: 'update runs set agent_def_id = null', parameters: [] }])
    expect(await compactRun(next, talking.session.runId)).toMatchObject({ status: 409, code: 'agent_gone' })
  })
})

describe('compacting a run that has ended', () => {
  it('leaves a mark for whoever continues the session', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(asked) },
      agents: { talker: { compaction: { keep_last_n: 2 } } },
    })
    const client = clientOf(runtime)
    const talking = await talk(client, 'talker', ['one', 'two', 'three'])
    const { runId, agentId, sessionId } = talking.session
    await client.cancelAgent(agentId)
    expect((await compactRun(runtime, runId)).body).toMatchObject({ compacted: true, applied: 'marker' })
    expect(await client.getAgent(agentId)).toMatchObject({ status: 'cancelled' })

    const replay = new Reader(client.streamRunByID(runId))
    expect((await replay.toEnd()).at(-1)).toMatchObject({ type: 'context_compaction' })

    const next = new Reader(client.continueSession({ sessionId, segments: say('four') }))
    await next.toEnd()
    expect(sketch(asked.turns.at(-1)!.messages)).toEqual([
      'user: one | [S1]',
      ack,
      'user: three',
      'assistant: a3',
      'user: four',
    ])
  })

  it('is refused while another run of the session is live', async () => {
    const runtime = await startRuntime({ models: { talker: talker() } })
    const client = clientOf(runtime)
    const talking = await talk(client, 'talker', ['one', 'two', 'three'])
    await client.cancelAgent(talking.session.agentId)
    const going = new Reader(
      client.continueSession({ sessionId: talking.session.sessionId, segments: say('four'), interactive: true }),
    )
    await going.until('awaiting_input')
    expect(await compactRun(runtime, talking.session.runId)).toMatchObject({ status: 409, code: 'run_busy' })
  })

  it('is given up when somebody continues the session meanwhile', async () => {
    const at = gate()
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { summary: async () => ({ text: await at.enter() }) })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const client = clientOf(runtime)
    const talking = await talk(client, 'model', ['one', 'two'])
    const { runId, agentId, sessionId } = talking.session
    await client.cancelAgent(agentId)
    const compacting = compactRun(runtime, runId)
    await at.entered
    const next = new Reader(client.continueSession({ sessionId, segments: say('three') }))
    await next.toEnd()
    at.open('S')
    expect(await compacting).toMatchObject({ status: 409, code: 'run_busy' })
    expect(asked.turns.at(-1)!.messages).toHaveLength(5)
  })

  it('says only what its run knew: what the session said before stays', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(asked) },
      agents: { talker: { compaction: { keep_last_n: 0 } } },
    })
    const client = clientOf(runtime)
    const first = new Reader(client.runStreaming({ agent: 'talker', segments: say('zero') }))
    const { session_id: sessionId } = await first.until('agent')
    await first.toEnd()
    const second = new Reader(
      client.runStreaming({ agent: 'talker', segments: say('one'), sessionId: sessionId!, interactive: true }),
    )
    const { run_id, agent_id } = await second.until('agent')
    await second.until('awaiting_input')
    await client.sendRunInput(run_id!, 'two')
    await second.until('steer', (event) => event.user_input?.text === 'two')
    await second.until('awaiting_input')
    expect((await compactRun(runtime, run_id!)).body.applied).toBe('live')
    await client.cancelAgent(agent_id!)
    await new Reader(client.continueSession({ sessionId: sessionId!, segments: say('three') })).toEnd()
    expect(sketch(asked.turns.at(-1)!.messages)).toEqual([
      'user: zero',
      'assistant: a1',
      'user: one | [S1]',
      ack,
      'user: three',
    ])
  })
})

describe('the offline agent', () => {
  it('can be compacted as well', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(asked), demo },
      agents: { talker: { compaction: { keep_last_n: 0, model: 'demo' } } },
    })
    const talking = await talk(clientOf(runtime), 'talker', ['remember that I <3 tea', 'what time is it?'])
    const { runId } = talking.session
    expect((await clientOf(runtime).compactRun(runId)).applied).toBe('live')
    const first = await talking.until('context_compaction')
    expect(first.context_compaction?.summary.split('\n').slice(1)).toEqual([
      '- `remember that I <3 tea`',
      '- `what time is it?`',
    ])
    await talking.session.send('thanks')
    await talking.until('awaiting_input')
    await clientOf(runtime).compactRun(runId)
    const second = await talking.until('context_compaction')
    expect(second.context_compaction?.summary.split('\n').slice(1)).toEqual([
      '- `remember that I <3 tea`',
      '- `what time is it?`',
      '- `thanks`',
    ])
  })
})

describe('a window that fills up', () => {
  const full = { usage: { input_tokens: 80, max_context_tokens: 100 } }
  const low = { usage: { input_tokens: 70, max_context_tokens: 100 } }

  it('is compacted before the next turn', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { turn: (n) => ({ text: `a${n}`, ...(n === 2 ? full : low) }) })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { enabled: true, keep_last_n: 1 } } },
    })
    const talking = await talk(clientOf(runtime), 'model', ['one', 'two', 'three', 'four'])
    expect(sketch(asked.turns[2]!.messages)).toEqual(['user: one | [S1]', ack, 'user: three'])
    expect(sketch(asked.turns[3]!.messages)).toEqual([
      'user: one | [S1]',
      ack,
      'user: three',
      'assistant: a3',
      'user: four',
    ])
    expect(talking.events.find((event) => event.type === 'context_compaction')).toMatchObject({
      context_compaction: { trigger: 'auto' },
    })
  })

  it('is left alone where nobody has enabled it', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { turn: (n) => ({ text: `a${n}`, ...full }) })
    const runtime = await startRuntime({ models: { model } })
    await talk(clientOf(runtime), 'model', ['one', 'two', 'three', 'four'])
    expect(asked.summaries).toHaveLength(0)
  })

  it('follows what the run was started with, over what its agent says', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, {
      turn: (n) => ({ text: `a${n}`, usage: { input_tokens: 60, max_context_tokens: 100 } }),
    })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { keep_last_n: 1, autocompact_at_pct: 95 } } },
    })
    const client = clientOf(runtime)
    const first = new Reader(client.runStreaming({ agent: 'model', segments: say('one') }))
    const { session_id } = await first.until('agent')
    await first.toEnd()
    const next = new Reader(
      client.continueSession({
        sessionId: session_id!,
        segments: say('two'),
        compaction: { enabled: true, autocompactAtPct: 60 },
      }),
    )
    await next.toEnd()
    expect(next.types()).toContain('context_compaction')
    expect(sketch(asked.turns[1]!.messages)).toEqual(['user: one | [S1]', ack, 'user: two'])
  })

  const working = (n: number): ScriptedTurn => ({
    tool_calls: [{ name: 'Context', input: { op: 'time' }, id: `c${n}` }],
    ...full,
  })

  it('by a single long turn is compacted in the middle of it, but not at every step', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { turn: (n) => (n < 8 ? working(n) : { text: 'done' }) })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { enabled: true, keep_last_n: 0 } } },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('work') }))
    await reader.toEnd()
    expect(reader.types().at(-1)).toBe('done')
    expect(sketch(asked.turns[1]!.messages)).toEqual(['user: work | [S1] | Go on from where the summary ends.'])
    expect(asked.turns.map(({ messages }) => messages.length)).toEqual([1, 1, 3, 1, 3, 1, 3, 1])
  })

  it('is not compacted at every turn of a conversation that is full whatever is done, however often it rests', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { turn: (n) => ({ text: `a${n}`, ...full }) })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { enabled: true, keep_last_n: 0 } } },
    })
    await talk(clientOf(runtime), 'model', ['one', 'two', 'three', 'four', 'five', 'six'])
    expect(asked.turns.map(({ messages }) => messages.length)).toEqual([1, 1, 3, 1, 3, 1])
  })

  it('is tried again only later when there was no summary, and the run goes on', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, {
      turn: (n) => (n < 6 ? working(n) : { text: 'done' }),
      summary: () => ({ error: { message: 'no room', status: 400 } }),
    })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { enabled: true, keep_last_n: 0 } } },
    })
    const client = clientOf(runtime)
    const reader = new Reader(client.runStreaming({ agent: 'model', segments: say('work') }))
    const { agent_id } = await reader.until('agent')
    expect(await reader.until('error')).toMatchObject({ error: expect.stringContaining('no room') })
    await reader.toEnd()
    expect(reader.types().filter((type) => type === 'error')).toHaveLength(3)
    expect(reader.types().at(-1)).toBe('done')
    expect(reader.text()).toBe('done')
    expect(await client.getAgent(agent_id!)).toMatchObject({ status: 'completed' })
  })

  it('stops being compacted when the turn is stopped', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const at = gate()
    const model = talker(asked, {
      turn: (n) => ({ text: `a${n}`, ...full }),
      summary: (n) => {
        if (n > 1) return { text: 'S' }
        void at.enter()
        return { hold: true }
      },
    })
    const runtime = await startRuntime({
      models: { model },
      agents: { model: { compaction: { enabled: true, keep_last_n: 1 } } },
    })
    const client = clientOf(runtime)
    const talking = await talk(client, 'model', ['one'])
    await talking.session.send('two')
    await at.entered
    await client.cancelTurn(talking.session.runId)
    await talking.until('turn_cancelled')
    await talking.until('awaiting_input')
    expect(talking.types()).not.toContain('error')
    expect(asked.turns).toHaveLength(1)
  })
})

describe('an agent that wants room', () => {
  const compactNow = { tool_calls: [{ name: 'Context', input: { op: 'compact' }, id: 'c1' }] }

  it('has it at its next step', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const model = talker(asked, { turn: (n) => (n === 1 ? compactNow : { text: `a${n}` }) })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'model', segments: say('work') }))
    await reader.toEnd()
    expect(reader.events.find((event) => event.type === 'context_compaction')).toMatchObject({
      context_compaction: { trigger: 'self' },
    })
    expect(sketch(asked.turns[1]!.messages)).toEqual(['user: work | [S1] | Go on from where the summary ends.'])
    expect(asked.summaries).toHaveLength(1)
  })

  it('has it also when the process died in between', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const at = gate()
    const model = talker(asked, {
      turn: (n) => (n === 1 ? compactNow : { text: `a${n}` }),
      summary: (n) => {
        if (n > 1) return { text: 'S' }
        void at.enter()
        return { hold: true }
      },
    })
    const runtime = await startRuntime({ models: { model }, agents: { model: { compaction: { keep_last_n: 0 } } } })
    const talking = converse(clientOf(runtime), 'model', 'work')
    await talking.until('tool_result')
    await at.entered
    await runtime.crash()
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talking.session.runId).events())
    await again.until('context_compaction')
    await again.until('awaiting_input')
    expect(sketch(asked.turns.at(-1)!.messages)).toEqual(['user: work | [S] | Go on from where the summary ends.'])
  })

  it('hands its settings to the agents it starts', async () => {
    const asked: Asked = { turns: [], summaries: [] }
    const child = talker(asked, { turn: (n) => (n === 1 ? compactNow : { text: 'child done' }) })
    const parent: ScriptedModel = ({ messages }) =>
      messages.length === 1
        ? { tool_calls: [{ name: 'Agent', input: { op: 'spawn', name: 'child', prompt: 'do it' } }] }
        : { text: 'parent done' }
    const runtime = await startRuntime({
      models: { child, parent },
      agents: {
        parent: { compaction: { keep_first: false } },
        child: { compaction: { keep_last_n: 0, keep_first: true } },
      },
    })
    await new Reader(clientOf(runtime).runStreaming({ agent: 'parent', segments: say('go') })).toEnd()
    expect(sketch(asked.turns[1]!.messages)).toEqual(['user: [S1] | Go on from where the summary ends.'])
  })
})

describe('a summary that cannot stand for the conversation', () => {
  const cannot = "I'm sorry, but I can't help with that."

  async function afterSummaries(summary: (n: number) => ScriptedTurn) {
    const asked: Asked = { turns: [], summaries: [] }
    const runtime = await startRuntime({
      models: { talker: talker(asked, { summary, turn: (n) => ({ text: `a${n} ${'long '.repeat(400)}` }) }) },
      agents: { talker: { compaction: { keep_last_n: 0 } } },
    })
    const talking = await talk(clientOf(runtime), 'talker', ['one', 'two'])
    const { status, text } = await compactRun(runtime, talking.session.runId)
    await talking.session.send('three')
    await talking.until('steer', (event) => event.user_input?.text === 'three')
    await talking.until('awaiting_input')
    return { asked, status, text, last: sketch(asked.turns.at(-1)!.messages) }
  }

  it('is asked for once more, in other words', async () => {
    const { asked, status, last } = await afterSummaries((n) => ({ text: n === 1 ? cannot : 'what was said' }))
    expect(status).toBe(200)
    expect(last).toEqual(['user: one | [what was said]', ack, 'user: three'])
    const [first, second] = asked.summaries.map((request) => JSON.stringify(request.messages))
    expect(first).not.toContain('You declined before')
    expect(second).toContain('You declined before')
  })

  it.each([
    ['refused', { text: cannot }],
    ['refused', { text: 'The user', stop_reason: 'refusal' }],
    ['cut off', { text: 'The user asked', stop_reason: 'max_tokens' }],
    ['as long as', { text: 'and so on '.repeat(1000) }],
  ])('is left where it is %s twice, and the conversation stays as it was', async (why, turn) => {
    const { asked, status, text, last } = await afterSummaries(() => turn)
    expect(status).toBe(502)
    expect(text).toContain(why)
    expect(asked.summaries).toHaveLength(2)
    expect(last).toHaveLength(5)
  })
})
