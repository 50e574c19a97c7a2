import { describe, expect, it } from 'vitest'
import type { ModelRequest, Provider } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { logged, startRuntime } from '../src/testing/test-runtime.ts'

/** Says back the last thing it was told, and keeps every request. */
function echo(requests: ModelRequest[] = []): ScriptedModel {
  return (request) => {
    requests.push(structuredClone(request))
    const last = request.messages.at(-1)!.content.at(-1)!
    return { text: `you said: ${last.type === 'text' ? last.text : last.type}` }
  }
}

describe('a one-shot run', () => {
  it('streams its events in order and ends with done', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'echo', segments: say('hi') }))
    const events = await reader.toEnd()
    expect(reader.types()).toEqual(['session', 'agent', 'started', 'text', 'usage', 'done'])
    expect(reader.text()).toBe('you said: hi')
    expect(events.at(-1)).toMatchObject({ stop_reason: 'end_turn', usage: { model: 'echo', provider: 'scripted' } })
  })

  it('is completed afterwards, and replays to whoever asks, to the same end', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const reader = new Reader(client.runStreaming({ agent: 'echo', segments: say('hi') }))
    const { run_id, agent_id } = await reader.until('agent')
    await reader.toEnd()
    expect(await client.getAgent(agent_id!)).toMatchObject({
      status: 'completed',
      stop_reason: 'end_turn',
      live: false,
    })

    const replay = new Reader(client.streamRunByID(run_id!))
    await replay.toEnd()
    expect(replay.types()).toEqual(['agent', 'steer', 'started', 'text', 'usage', 'done'])
    const tail = new Reader(client.streamRunByID(run_id!, { fromSeq: reader.events.at(-2)!.seq! }))
    await tail.toEnd()
    expect(tail.types()).toEqual(['agent', 'done'])
  })

  it('is cancelled when its caller goes away', async () => {
    const runtime = await startRuntime({ models: { slow: () => ({ text: 'one', hold: true }) } })
    const client = clientOf(runtime)
    const abort = new AbortController()
    const reader = new Reader(client.runStreaming({ agent: 'slow', segments: say('hi'), signal: abort.signal }), abort)
    const { run_id, agent_id } = await reader.until('agent')
    await reader.until('text')
    const ended = logged(runtime, run_id!, 'done')
    reader.leave()
    await ended
    expect(await client.getAgent(agent_id!)).toMatchObject({ status: 'cancelled', stop_reason: 'client disconnected' })
  })
})

describe('a turn', () => {
  it('is told in whole characters, its thoughts apart from its words, however it arrives', async () => {
    const long = 'x'.repeat(3000)
    const halves: Provider = {
      id: 'halves',
      listModels: async () => [],
      capabilities: () => ({ thinking: true, vision: false }),
      preferredModel: () => 'halves',
      async *stream() {
        yield { type: 'thinking', text: 'hm' }
        for (const text of ['a', `${long}\ud83d`, '\ude00', ' b']) yield { type: 'text', text }
        yield { type: 'done', stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } }
      },
    }
    const runtime = await startRuntime({ providers: [halves], agents: { halves: { provider: 'halves' } } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'halves', segments: say('hi') }))
    const events = await reader.toEnd()
    const said = events.flatMap((event) => (event.type === 'text' ? [event.text ?? ''] : []))
    expect(said.filter((text) => !text.isWellFormed())).toEqual([])
    expect(said.join('')).toBe(`a${long}😀 b`)
    expect(events.find(({ type }) => type === 'thinking')).toMatchObject({ text: 'hm' })
  })

  it('is asked for again, later each time, while its service fails in passing, and not for ever', async () => {
    const clock = createTestClock(1_000)
    let failures = 2
    const model: ScriptedModel = () =>
      failures-- > 0 ? { error: { message: 'busy', class: 'retryable' } } : { text: 'there' }
    const runtime = await startRuntime({ models: { model }, clock })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    expect(await talk.until('retry')).toMatchObject({ retry: { attempt: 1, wait_ms: 100 } })
    await clock.fire(100)
    expect(await talk.until('retry')).toMatchObject({ retry: { attempt: 2, wait_ms: 300 } })
    await clock.fire(300)
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('there')

    failures = 3
    await talk.session.send('again')
    await talk.until('retry')
    await clock.fire(100)
    await talk.until('retry')
    await clock.fire(300)
    expect(await talk.until('error')).toMatchObject({ error: expect.stringContaining('busy') })
    await talk.until('awaiting_input')
    expect(failures).toBe(0)
  })
})

describe('an interactive run', () => {
  it('parks, takes input, and is the same conversation from elsewhere', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const talk = converse(client, 'echo', 'first')
    await talk.until('awaiting_input')
    expect(runtime.ctx.engine.workingCount).toBe(0)

    const { input_id } = await client.sendRunInput(talk.session.runId, 'second')
    expect(await talk.until('steer')).toMatchObject({ user_input: { text: 'second', input_id } })
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('you said: firstyou said: second')
    expect(requests[1]!.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user'])

    const elsewhere = new Reader(client.attachInteractiveSession(talk.session.runId).events())
    await elsewhere.until('steer', (event) => event.user_input?.text === 'second')
    await elsewhere.until('awaiting_input')
    expect(elsewhere.text()).toBe(talk.text())
    expect(elsewhere.events.flatMap((event) => (event.type === 'steer' ? [event.user_input?.text] : []))).toEqual([
      'first',
      'second',
    ])
  })

  it('goes on when its caller leaves', async () => {
    const runtime = await startRuntime({ models: { slow: () => ({ text: 'one', hold: true }) } })
    const client = clientOf(runtime)
    const talk = converse(client, 'slow', 'hi')
    await talk.until('text')
    talk.leave()
    expect(await client.getAgent(talk.session.agentId)).toMatchObject({ status: 'running', phase: 'working' })
  })

  it('ends when it is told to, with a terminal event for everybody', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const talk = converse(client, 'echo', 'hi')
    await talk.until('awaiting_input')
    expect(await client.cancelAgent(talk.session.agentId, { reason: 'enough' })).toEqual({ cancelledCount: 1 })
    expect(await talk.until('done')).toMatchObject({ stop_reason: 'cancelled' })
    await talk.toEnd()
    expect(await client.getAgent(talk.session.agentId)).toMatchObject({ status: 'cancelled', stop_reason: 'enough' })
    expect(await client.cancelAgent(talk.session.agentId)).toEqual({ cancelledCount: 0 })
  })

  it('stops a turn and keeps the conversation', async () => {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      requests.push(structuredClone(request))
      return requests.length === 1 ? { text: 'half a sent', hold: true } : { text: 'fine' }
    }
    const runtime = await startRuntime({ models: { model } })
    const client = clientOf(runtime)
    const talk = converse(client, 'model', 'hi')
    await talk.until('text')
    expect(await client.cancelTurn(talk.session.runId, { reason: 'wrong way' })).toMatchObject({
      stopped: true,
      parked: true,
    })
    expect(await talk.until('turn_cancelled')).toMatchObject({ turn_cancelled: { reason: 'wrong way' } })
    await talk.until('awaiting_input')
    await expect(client.cancelTurn(talk.session.runId)).rejects.toMatchObject({ status: 409, code: 'not_mid_turn' })

    await talk.session.send('again')
    await talk.until('awaiting_input')
    expect(requests[1]!.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'hi' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'half a sent' }] },
      { role: 'user', content: [{ type: 'text', text: 'again' }] },
    ])
  })

  it('parks after a failed turn, says why, and goes on', async () => {
    let calls = 0
    const model: ScriptedModel = () =>
      ++calls === 1 ? { error: { message: 'no such model', status: 404 } } : { text: 'better' }
    const runtime = await startRuntime({ models: { model } })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    expect(await talk.until('error')).toMatchObject({ error: 'scripted 404: no such model' })
    await talk.until('awaiting_input')
    await talk.session.send('and now?')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('better')
  })
})

describe('a continued session', () => {
  it('has the whole conversation as its history', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { echo: echo(requests) } })
    const client = clientOf(runtime)
    const first = new Reader(client.runStreaming({ agent: 'echo', segments: say('one') }))
    const { session_id } = await first.until('agent')
    await first.toEnd()
    const second = new Reader(client.continueSession({ sessionId: session_id!, segments: say('two') }))
    await second.toEnd()
    expect(second.types()).toEqual(['session', 'agent', 'started', 'text', 'usage', 'done'])
    expect(requests[1]!.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'one' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'you said: one' }] },
      { role: 'user', content: [{ type: 'text', text: 'two' }] },
    ])
    const transcript = await client.getTranscript(session_id!)
    expect(transcript.events.map((event) => event.type)).toEqual([
      ...['user_input', 'system_prompt', 'started', 'text', 'usage', 'done'],
      ...['user_input', 'system_prompt', 'started', 'text', 'usage', 'done'],
    ])
    expect(transcript.session).toMatchObject({ id: session_id, title: 'one' })
  })

  it('goes on with the agent that spoke last', async () => {
    const runtime = await startRuntime({ models: { ada: () => ({ text: 'Ada' }), bob: () => ({ text: 'Bob' }) } })
    const client = clientOf(runtime)
    const first = new Reader(client.runStreaming({ agent: 'ada', segments: say('one') }))
    const sessionId = (await first.until('agent')).session_id!
    await first.toEnd()
    await new Reader(client.runStreaming({ agent: 'bob', sessionId, segments: say('two') })).toEnd()
    const third = new Reader(client.continueSession({ sessionId, segments: say('three') }))
    await third.toEnd()
    expect(third.text()).toBe('Bob')
  })

  it('refuses a second run while one is in the middle of a turn', async () => {
    const runtime = await startRuntime({ models: { echo: () => ({ text: 'hm', hold: true }) } })
    const client = clientOf(runtime)
    const talk = converse(client, 'echo', 'hi')
    await talk.until('text')
    const again = new Reader(client.continueSession({ sessionId: talk.session.sessionId, segments: say('two') }))
    await expect(again.toEnd()).rejects.toMatchObject({ name: 'SessionBusyError', status: 409 })
    const twin = new Reader(client.runStreaming({ agent: 'echo', segments: say('x'), agentId: talk.session.agentId }))
    await expect(twin.toEnd()).rejects.toMatchObject({ name: 'AgentIDInUseError', status: 409 })
  })

  it('can be read in pages from its end', async () => {
    const runtime = await startRuntime({ models: { echo: echo() } })
    const client = clientOf(runtime)
    const reader = new Reader(client.runStreaming({ agent: 'echo', segments: say('one') }))
    const { session_id } = await reader.until('agent')
    await reader.toEnd()
    const all = await client.getTranscript(session_id!)
    const newest = await client.getTranscript(session_id!, { limit: 2 })
    expect(newest.events).toEqual(all.events.slice(-2))
    expect(newest.has_more).toBe(true)
    const older = await client.getTranscript(session_id!, { limit: 100, beforeSeq: newest.events[0]!.seq })
    expect([...older.events, ...newest.events]).toEqual(all.events)
    expect(older.has_more).toBe(false)
  })
})
