import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { settableClock } from '../src/areas/channels/testing/some-channels.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { gate } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { logged, startRuntime } from '../src/testing/test-runtime.ts'

const saysBack: ScriptedModel = (request) => {
  const [block] = request.messages.at(-1)!.content
  return { text: `did ${block?.type === 'text' ? block.text : '?'}` }
}

/** First turn: these calls; then: what came back, as text. */
function delegating(...inputs: unknown[]): ScriptedModel {
  return (request) => {
    const last = request.messages.at(-1)!
    const results = last.content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
    if (results.length > 0) return { text: results.join('\n') }
    return { tool_calls: inputs.map((input) => ({ name: 'Agent', input })) }
  }
}

describe('a sub-agent', () => {
  it('does a task and its answer comes back, with nobody’s memory in between', async () => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'worker', prompt: 'the dishes' }), worker: saysBack },
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'boss', 'go')
    const started = await talk.until('spawn_child_started')
    expect(started).toMatchObject({ spawn_child: { index: 0, agent: 'worker', run_id: expect.stringMatching(/^r_/) } })
    await talk.until('awaiting_input')
    expect(talk.text()).toMatch(/^\[sub-agent agent_id=a_\w+\]\ndid the dishes$/)
    // Also what was said before it waited, and was out of memory meanwhile.
    const sizes = `select bytes, (select sum(length(payload)) from events where session_id = sessions.id) as stored from sessions`
    for (const { bytes, stored } of await runtime.ctx.db.all<{ bytes: number; stored: number }>(sizes, []))
      expect(bytes).toBe(stored)
    const { agents } = await (await fetch(`${runtime.url}/v1/users/default/agents?status=all`)).json()
    expect(agents).toMatchObject([
      { agent: 'worker', status: 'completed', parent_agent_id: talk.session.agentId },
      { agent: 'boss', status: 'running', phase: 'parked' },
    ])
  })

  it.each([
    [{ text: 'did half of', stop_reason: 'max_tokens' }, /did half of\n\n\[.*not whole: it was cut off/],
    [{ text: 'did it', stop_reason: 'end_turn' }, /did it$/],
  ])('says where its answer is not whole: %j', async (turn, said) => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'worker', prompt: 'the dishes' }), worker: () => turn },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'boss', segments: say('go') }))
    await reader.toEnd()
    expect(reader.text()).toMatch(said)
  })

  it('may be one of many; results come in the order of the tasks, failures among them', async () => {
    const spawns = [
      { name: 'worker', prompt: 'one' },
      { name: 'nobody', prompt: 'two' },
      { name: 'failing', prompt: 'three' },
      { name: 'worker', prompt: 'four' },
    ]
    const runtime = await startRuntime({
      models: {
        boss: delegating({ op: 'parallel_spawn', spawns }),
        worker: saysBack,
        failing: () => ({ error: { message: 'broken' } }),
      },
      agents: { boss: { maxConcurrentChildren: 1 } },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'boss', segments: say('go') }))
    await reader.toEnd()
    expect(JSON.parse(reader.text()).results).toEqual([
      { index: 0, agent: 'worker', ok: true, output: 'did one' },
      { index: 1, agent: 'nobody', ok: false, error: expect.stringContaining('unknown agent "nobody"') },
      { index: 2, agent: 'failing', ok: false, error: 'scripted: broken' },
      { index: 3, agent: 'worker', ok: true, output: 'did four' },
    ])
  })

  it('waits for its turn where its agent starts more than may go on at once', async () => {
    const at = gate()
    const spawns = ['one', 'two', 'three'].map((prompt) => ({ name: 'worker', prompt }))
    const runtime = await startRuntime({
      models: {
        boss: delegating({ op: 'parallel_spawn', spawns }),
        worker: async () => ({ text: await at.enter() }),
      },
      agents: { boss: { maxConcurrentChildren: 1 } },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'boss', segments: say('go') }))
    const children: string[] = []
    for (const _ of spawns) children.push((await reader.until('spawn_child_started')).spawn_child!.run_id!)
    await at.entered
    expect(children.map((id) => runtime.ctx.engine.isWorking(id))).toEqual([true, false, false])
    at.open('done')
    await reader.toEnd()
    expect(JSON.parse(reader.text()).results).toMatchObject(spawns.map(() => ({ ok: true, output: 'done' })))
  })

  it('takes no slot from the one that waits for it', async () => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'worker', prompt: 'x' }), worker: saysBack },
      config: {
        concurrency: { maxConcurrentRuns: 1, maxQueueDepth: 0, queueTimeoutMs: 1000, maxConcurrentRunsPerUser: 0 },
      },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'boss', segments: say('go') }))
    await reader.toEnd()
    expect(reader.text()).toContain('did x')
  })

  it('may not start agents without end', async () => {
    const endless: ScriptedModel = (request) => {
      const results = request.messages
        .at(-1)!
        .content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : []))
      return results.length > 0
        ? { text: results.join() }
        : { tool_calls: [{ name: 'Agent', input: { name: 'endless', prompt: 'deeper' } }] }
    }
    const runtime = await startRuntime({ models: { endless } })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'endless', segments: say('go') }))
    await reader.toEnd()
    expect(reader.text()).toContain('3 levels deep')
    expect(reader.text().match(/sub-agent agent_id/g)).toHaveLength(3)
  })

  it('ends with the one that started it', async () => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'slow', prompt: 'x' }), slow: () => ({ text: 'hm', hold: true }) },
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'boss', 'go')
    const { spawn_child } = (await talk.until('spawn_child_started')) as unknown as {
      spawn_child: { run_id: string; agent_id: string }
    }
    const child = new Reader(client.streamRunByID(spawn_child.run_id))
    await child.until('text')
    expect(await client.getAgent(talk.session.agentId)).toMatchObject({ phase: 'waiting', awaited_state: 'child' })
    expect(await client.cancelAgent(talk.session.agentId)).toEqual({ cancelledCount: 2 })
    await child.toEnd()
    expect(await client.getAgent(spawn_child.agent_id)).toMatchObject({
      status: 'cancelled',
      stop_reason: 'parent run cancelled',
    })
  })

  it('is ended when the turn that wants it is stopped, and the conversation goes on', async () => {
    const requests: ModelRequest[] = []
    const boss: ScriptedModel = (request) => {
      requests.push(structuredClone(request))
      return requests.length === 1
        ? { tool_calls: [{ name: 'Agent', input: { name: 'slow', prompt: 'x' } }] }
        : { text: 'fine' }
    }
    const runtime = await startRuntime({ models: { boss, slow: () => ({ text: 'hm', hold: true }) } })
    const client = clientOf(runtime)
    const talk = converse(client, 'boss', 'go')
    const { spawn_child } = (await talk.until('spawn_child_started')) as unknown as {
      spawn_child: { run_id: string; agent_id: string }
    }
    const child = new Reader(client.streamRunByID(spawn_child.run_id))
    await child.until('text')
    await client.sendRunInput(talk.session.runId, 'are you there?')
    await client.cancelTurn(talk.session.runId)
    await talk.until('turn_cancelled')
    await talk.until('awaiting_input', (_) => requests.length === 2)
    expect(await client.getAgent(spawn_child.agent_id)).toMatchObject({ status: 'cancelled' })
    expect(requests[1]!.messages.at(-1)!.content).toEqual([
      expect.objectContaining({ type: 'tool_result', is_error: true, text: 'cancelled by operator' }),
      { type: 'text', text: 'are you there?' },
    ])
  })

  it('survives a crash together with the one that waits for it', async () => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'slow', prompt: 'x' }), slow: () => ({ text: 'hm', hold: true }) },
    })
    const talk = converse(clientOf(runtime), 'boss', 'go')
    const { spawn_child } = (await talk.until('spawn_child_started')) as unknown as { spawn_child: { run_id: string } }
    const child = new Reader(clientOf(runtime).streamRunByID(spawn_child.run_id))
    await child.until('text')
    await runtime.crash()
    const next = await runtime.restart({ models: { boss: delegating({ name: 'slow', prompt: 'x' }), slow: saysBack } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(again.text()).toContain('did x')
  })

  it('ends also where the process dies between the turn that is stopped and its end', async () => {
    const models = {
      boss: delegating({ name: 'slow', prompt: 'x' }),
      slow: (() => ({ text: 'hm', hold: true })) as ScriptedModel,
    }
    const runtime = await startRuntime({ models })
    const client = clientOf(runtime)
    const talk = converse(client, 'boss', 'go')
    const { spawn_child } = (await talk.until('spawn_child_started')) as unknown as {
      spawn_child: { run_id: string; agent_id: string }
    }
    await new Reader(client.streamRunByID(spawn_child.run_id)).until('text')
    const crashed = logged(runtime, talk.session.runId, 'tool_result').then(() => runtime.crash())
    const stopping = client.cancelTurn(talk.session.runId).catch(() => {})
    await crashed
    await stopping

    const next = await runtime.restart()
    await next.ctx.engine.recover()
    expect(await clientOf(next).getAgent(spawn_child.agent_id)).toMatchObject({
      status: 'cancelled',
      stop_reason: 'parent run cancelled',
    })
  })

  it('shows on the stream of the one that started it, when asked for', async () => {
    const runtime = await startRuntime({
      models: {
        boss: delegating({ name: 'middle', prompt: 'x' }),
        middle: delegating({ name: 'worker', prompt: 'y' }),
        worker: saysBack,
      },
    })
    const talk = converse(clientOf(runtime), 'boss', 'go')
    await talk.until('awaiting_input')
    const abort = new AbortController()
    const response = await fetch(`${runtime.url}/v1/runs/${talk.session.runId}/stream?include=children`, {
      signal: abort.signal,
    })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!(text.includes('"text":"did y"') && text.includes('awaiting_input'))) text += (await reader.read()).value
    abort.abort()
    const children = [...text.matchAll(/event: child\ndata: (.*)\n/g)].map(([, data]) => JSON.parse(data!))
    expect(new Set(children.map((child) => child.run_id)).size).toBe(2)
    expect(children.every((child) => child.type === 'child' && child.seq > 0 && child.parent_run_id)).toBe(true)
    await reader.cancel().catch(() => {})
  })
})

describe('the session of a sub-agent', () => {
  it('is no conversation of the person’s, unless they ask for it', async () => {
    const runtime = await startRuntime({
      models: { boss: delegating({ name: 'worker', prompt: 'the dishes' }), worker: saysBack },
    })
    const client = clientOf(runtime)
    await converse(client, 'boss', 'go').until('awaiting_input')
    const agents = async (input: object) =>
      (await client.history({ op: 'list', ...input })).chats.map((chat) => chat.agent).sort()
    expect(await agents({})).toEqual(['boss'])
    expect(await agents({ include_internal: true })).toEqual(['boss', 'worker'])
    const [chat] = (await client.history({ op: 'list' })).chats
    await client.history({ op: 'archive', session_id: chat!.session_id })
    expect(await agents({})).toEqual([])
    expect(await agents({ archived_only: true })).toEqual(['boss'])
  })
})

describe('a batch', () => {
  it('runs them all and answers in order', async () => {
    const runtime = await startRuntime({
      models: { worker: saysBack, failing: () => ({ error: { message: 'broken' } }) },
    })
    const response = await fetch(`${runtime.url}/v1/runs:batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        spawns: [
          { agent: 'worker', segments: say('one') },
          { agent: 'failing', segments: say('two') },
          { agent: 'nobody', segments: say('three') },
        ],
      }),
    })
    expect(await response.json()).toMatchObject({
      spawned: 2,
      results: [
        { status: 'completed', final_text: 'did one', stop_reason: 'end_turn' },
        { status: 'failed', error: 'scripted: broken' },
        { status: 'failed', run_id: '', error: expect.stringContaining('unknown agent') },
      ],
    })
  })

  it('ends what is left when the time is over', async () => {
    const clock = settableClock(0)
    const runtime = await startRuntime({ models: { slow: () => ({ text: 'hm', hold: true }) }, clock })
    const answer = fetch(`${runtime.url}/v1/runs:batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ spawns: [{ agent: 'slow', segments: say('one') }], timeout_ms: 20 }),
    })
    const said = () => runtime.ctx.db.all(`select 1 from events where type = 'text'`, [])
    while ((await said()).length === 0) await setImmediate()
    clock.set(clock.now() + 20)
    expect(await (await answer).json()).toMatchObject({
      results: [{ status: 'cancelled', stop_reason: 'timeout', final_text: 'hm' }],
    })
  })

  it('begins none that still waits in line when the time is over, or when its caller is gone', async () => {
    let begun = Promise.withResolvers<void>()
    const slow = () => {
      begun.resolve()
      return { text: 'hm', hold: true }
    }
    const concurrency = { maxConcurrentRuns: 1, maxQueueDepth: 8, queueTimeoutMs: 60_000, maxConcurrentRunsPerUser: 0 }
    const clock = settableClock(0)
    const runtime = await startRuntime({ models: { slow }, config: { concurrency }, clock })
    const gone = new AbortController()
    const ask = (rest: object, signal?: AbortSignal) =>
      fetch(`${runtime.url}/v1/runs:batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          spawns: [
            { agent: 'slow', segments: say('one') },
            { agent: 'slow', segments: say('two') },
          ],
          ...rest,
        }),
        ...(signal ? { signal } : {}),
      })
    const timeIsOverWithOneAtWork = async () => {
      await begun.promise
      clock.set(clock.now() + 20)
    }
    const timed = ask({ timeout_ms: 20 })
    await timeIsOverWithOneAtWork()
    expect(await (await timed).json()).toMatchObject({
      spawned: 1,
      results: [{ stop_reason: 'timeout' }, { run_id: '', error: 'timeout' }],
    })
    begun = Promise.withResolvers()
    const left = ask({}, gone.signal)
    await begun.promise
    gone.abort()
    await expect(left).rejects.toThrow()
    // Whoever comes next is admitted, since nobody of the batch is in line any more.
    begun = Promise.withResolvers()
    const next = ask({ timeout_ms: 20 })
    await timeIsOverWithOneAtWork()
    expect(await (await next).json()).toMatchObject({ spawned: 1 })
    expect(await runtime.ctx.db.all('select id from runs', [])).toHaveLength(3)
  })
})
