import { describe, expect, it } from 'vitest'
import { findRun } from '../src/engine/rows/runs.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const holding: ScriptedModel = () => ({ text: 'busy', hold: true })
const quick: ScriptedModel = () => ({ text: 'quick' })
const json = { 'content-type': 'application/json' }

async function post(url: string, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    text,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : undefined,
  }
}

describe('admission', () => {
  const concurrency = { maxConcurrentRuns: 1, maxQueueDepth: 1, queueTimeoutMs: 60_000, maxConcurrentRunsPerUser: 0 }

  it('lets so many work, so many wait in order, and refuses the rest', async () => {
    const runtime = await startRuntime({ models: { holding, quick }, config: { concurrency } })
    const client = clientOf(runtime)
    const first = converse(client, 'holding', 'a')
    await first.until('text')
    const second = new Reader(client.runStreaming({ agent: 'quick', segments: say('b') }))
    const waiting = second.toEnd()
    await expect.poll(() => runtime.ctx.slots.stats().queued).toBe(1)
    const third = new Reader(client.runStreaming({ agent: 'quick', segments: say('c') }))
    await expect(third.toEnd()).rejects.toMatchObject({ name: 'BackpressureError', code: 'backpressure' })
    await client.cancelAgent(first.session.agentId)
    await waiting
    expect(second.text()).toBe('quick')
    expect(runtime.ctx.slots.stats()).toMatchObject({ active: 0, queued: 0, per_user: {} })
  })

  it('counts only runs at work: a parked one needs no slot, and gets one when it is spoken to', async () => {
    const runtime = await startRuntime({ models: { quick }, config: { concurrency } })
    const client = clientOf(runtime)
    const parked = [converse(client, 'quick', 'a'), converse(client, 'quick', 'b'), converse(client, 'quick', 'c')]
    for (const talk of parked) await talk.until('awaiting_input')
    expect(runtime.ctx.slots.stats().active).toBe(0)
    await Promise.all(parked.map((talk) => talk.session.send('again')))
    for (const talk of parked) await talk.until('awaiting_input')
  })

  it('keeps a user to its share', async () => {
    const runtime = await startRuntime({
      models: { holding, quick },
      config: { concurrency: { ...concurrency, maxConcurrentRuns: 8, maxConcurrentRunsPerUser: 1 } },
    })
    const client = clientOf(runtime)
    const talk = converse(client, 'holding', 'a')
    await talk.until('text')
    const again = new Reader(client.runStreaming({ agent: 'quick', segments: say('b') }))
    await expect(again.toEnd()).rejects.toMatchObject({
      name: 'PerUserQuotaExhaustedError',
      cap: 1,
      retryAfterMs: 5000,
    })
    const other = new Reader(client.runStreaming({ agent: 'quick', segments: say('b'), userId: 'bea' }))
    await other.toEnd()
    expect(other.text()).toBe('quick')
  })

  it('gives up a place in the queue when its caller does', async () => {
    const runtime = await startRuntime({ models: { holding, quick }, config: { concurrency } })
    const client = clientOf(runtime)
    const first = converse(client, 'holding', 'a')
    await first.until('text')
    const abort = new AbortController()
    const second = new Reader(client.runStreaming({ agent: 'quick', segments: say('b'), signal: abort.signal }))
    const waiting = second.toEnd()
    await expect.poll(() => runtime.ctx.slots.stats().queued).toBe(1)
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => runtime.ctx.slots.stats().queued).toBe(0)
  })
})

describe('an Idempotency-Key', () => {
  it('makes starting a run twice start it once', async () => {
    const runtime = await startRuntime({ models: { quick } })
    const key = { 'idempotency-key': 'k-1' }
    const body = { agent: 'quick', prompt: 'hi' }
    const [a, b] = await Promise.all([
      post(runtime.url, '/v1/runs', body, key),
      post(runtime.url, '/v1/runs', body, key),
    ])
    const runOf = (text: string) => /"run_id":"(r_\w+)"/.exec(text)?.[1]
    expect(runOf(a.text)).toBe(runOf(b.text))
    expect(b.text).toContain('"type":"done"')
    const other = await post(runtime.url, '/v1/runs', { ...body, prompt: 'else' }, key)
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } })
    expect(await post(runtime.url, '/v1/runs', body, { 'idempotency-key': 'ä' })).toMatchObject({ status: 400 })
  })

  it('makes saying something twice say it once', async () => {
    const runtime = await startRuntime({ models: { quick } })
    const talk = converse(clientOf(runtime), 'quick', 'hi')
    await talk.until('awaiting_input')
    const path = `/v1/runs/${talk.session.runId}/input`
    const first = await post(runtime.url, path, { text: 'once' }, { 'idempotency-key': 'k' })
    const second = await post(runtime.url, path, { text: 'once' }, { 'idempotency-key': 'k' })
    expect(second.body).toEqual(first.body)
    await talk.until('steer', (event) => event.user_input?.text === 'once')
    await talk.until('awaiting_input')
    const { events } = await clientOf(runtime).getTranscript(talk.session.sessionId)
    expect(events.filter((event) => event.type === 'user_input')).toHaveLength(2)
  })

  it('makes saying something thrice in one instant say it once', async () => {
    const at = gate()
    const model: ScriptedModel = ({ messages }) =>
      messages.length === 1 ? { tool_calls: [{ name: 'A', input: {} }] } : { text: 'heard' }
    const runtime = await startRuntime({ models: { model }, tools: [gatedTool('A', at)] })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    await talk.until('tool_call')
    const path = `/v1/runs/${talk.session.runId}/input`
    const sayOnce = () => post(runtime.url, path, { text: 'once' }, { 'idempotency-key': 'k' })
    const [first, ...others] = await Promise.all([sayOnce(), sayOnce(), sayOnce()])
    for (const other of others) expect(other.body).toEqual(first.body)
    at.open('done')
    await talk.until('awaiting_input')
    const { events } = await clientOf(runtime).getTranscript(talk.session.sessionId)
    expect(events.filter((event) => event.type === 'user_input')).toHaveLength(2)
  })
})

describe('a pause', () => {
  it('lets a run come to its boundary, refuses new ones, keeps what is said, and goes on', async () => {
    const at = gate()
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      requests.push(request)
      return requests.length === 1 ? { tool_calls: [{ name: 'A', input: {} }] } : { text: 'after' }
    }
    const runtime = await startRuntime({ models: { model, quick }, tools: [gatedTool('A', at)] })
    const client = clientOf(runtime)
    const parked = converse(client, 'quick', 'x')
    await parked.until('awaiting_input')
    const talk = converse(client, 'model', 'go')
    await talk.until('tool_call')
    await at.entered
    const pausing = post(runtime.url, '/v1/_pause')
    await expect.poll(() => runtime.ctx.engine.isPaused).toBe(true)
    at.open('result')
    expect((await pausing).body).toMatchObject({ state: 'paused', force_cancelled_count: 0, paused_runs_count: 1 })
    await talk.until('tool_result')
    expect(requests).toHaveLength(1)
    expect(await post(runtime.url, '/v1/runs', { agent: 'quick', prompt: 'x' })).toMatchObject({
      status: 503,
      body: { code: 'runtime_paused' },
    })
    expect((await post(runtime.url, '/v1/_pause')).body.code).toBe('already_pausing')
    await parked.session.send('meanwhile')

    const next = await runtime.restart()
    expect(await (await fetch(`${next.url}/v1/_state`)).json()).toEqual({ state: 'paused', paused_runs_count: 1 })
    expect((await post(next.url, '/v1/_resume')).body).toMatchObject({ state: 'running', resumed_runs_count: 1 })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(again.text()).toBe('after')
    const spoken = new Reader(clientOf(next).attachInteractiveSession(parked.session.runId).events())
    await spoken.until('steer', (event) => event.user_input?.text === 'meanwhile')
    await spoken.until('awaiting_input')
    expect((await post(next.url, '/v1/_resume')).body.code).toBe('not_paused')
  })
})

describe('a turn that a pause holds', () => {
  it('can be stopped, without anything being asked of the model, and is stopped then', async () => {
    const at = gate()
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      requests.push(request)
      return requests.length === 1 ? { tool_calls: [{ name: 'A', input: {} }] } : { text: 'after' }
    }
    const runtime = await startRuntime({ models: { model }, tools: [gatedTool('A', at)] })
    const client = clientOf(runtime)
    const talk = converse(client, 'model', 'go')
    await talk.until('tool_call')
    await at.entered
    const pausing = post(runtime.url, '/v1/_pause')
    await expect.poll(() => runtime.ctx.engine.isPaused).toBe(true)
    at.open('result')
    await pausing

    const { runId } = talk.session
    expect(await client.cancelTurn(runId, { reason: 'no' })).toEqual({ run_id: runId, stopped: true, parked: true })
    expect(await talk.until('turn_cancelled')).toMatchObject({ turn_cancelled: { reason: 'no' } })
    await talk.until('awaiting_input')
    await expect(client.cancelTurn(runId)).rejects.toMatchObject({ code: 'not_mid_turn' })
    expect(runtime.ctx.engine.workingCount).toBe(0)

    await talk.session.send('go on')
    expect(requests).toHaveLength(1)
    await post(runtime.url, '/v1/_resume')
    await talk.until('text')
    expect(requests).toHaveLength(2)
  })
})

describe('the list of runs', () => {
  it('tells what becomes of them as it happens', async () => {
    const runtime = await startRuntime({ models: { quick } })
    const response = await fetch(`${runtime.url}/v1/users/ada/agents/stream`)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe(
      'event: stream_open\ndata: {"user_id":"ada","filter_status":null,"filter_agent":"","keepalive_interval":25}\n\n',
    )
    const run = new Reader(clientOf(runtime).runStreaming({ agent: 'quick', segments: say('x'), userId: 'ada' }))
    await run.toEnd()
    let text = ''
    while (!text.includes('completed')) text += (await reader.read()).value
    await reader.cancel()
    expect(
      [...text.matchAll(/"status":"(\w+)"(?:,"phase":"(\w+)")?/g)].map(([, status, phase]) => phase ?? status),
    ).toEqual(['working', 'completed'])
    const { agents } = await (await fetch(`${runtime.url}/v1/users/ada/agents?status=all`)).json()
    expect(agents).toMatchObject([{ agent: 'quick', status: 'completed', user_id: 'ada' }])
  })

  it('is of one user and one way to be, in whatever tenant or in one', async () => {
    const runtime = await startRuntime({ models: { quick } })
    for (const user of ['ada', 'bob']) {
      const ended = new Reader(clientOf(runtime).runStreaming({ agent: 'quick', segments: say('x'), userId: user }))
      await ended.toEnd()
    }
    const options = { agent: 'quick', segments: say('hi'), userId: 'ada', interactive: true }
    await new Reader(clientOf(runtime).runStreaming(options)).until('awaiting_input')
    const list = async (query: string) => {
      const { agents } = await (await fetch(`${runtime.url}/v1/users/ada/agents${query}`)).json()
      return (agents as { status: string; user_id: string }[]).map((run) => `${run.user_id} ${run.status}`)
    }
    for (const tenant of ['', '&tenant=default']) {
      expect(await list(`?status=all${tenant}`)).toEqual(['ada running', 'ada completed'])
      expect(await list(`?status=running${tenant}`)).toEqual(['ada running'])
      expect(await list(`?status=completed${tenant}`)).toEqual(['ada completed'])
      expect(await list(`?status=failed${tenant}`)).toEqual([])
    }
    for (const status of ['all', 'running', 'completed']) {
      expect(await list(`?status=${status}&tenant=other`)).toEqual([])
    }
  })
})

describe('a lease', () => {
  it('is taken over once its process has been silent for long, and not before', async () => {
    const runtime = await startRuntime({ models: { quick, holding } })
    const talk = converse(clientOf(runtime), 'quick', 'hi')
    await talk.until('awaiting_input')
    const { runId } = talk.session
    const elsewhere = (heartbeat: number) =>
      runtime.ctx.db.write([
        {
          sql: `update runs set phase = 'working', lease_owner = 'elsewhere', heartbeat_at = ? where id = ?`,
          parameters: [heartbeat, runId],
        },
      ])
    await elsewhere(Date.now())
    await runtime.ctx.engine.recover()
    expect(runtime.ctx.engine.isWorking(runId)).toBe(false)
    // Whoever asks for it by name does not get it either.
    runtime.ctx.engine.wake(runId)
    await runtime.ctx.engine.left(runId)
    expect(await runtime.ctx.db.all('select lease_owner, phase from runs where id = ?', [runId])).toEqual([
      { lease_owner: 'elsewhere', phase: 'working' },
    ])
    await elsewhere(Date.now() - 11 * 60_000)
    await runtime.ctx.engine.recover()
    await runtime.ctx.engine.left(runId)
    expect(await clientOf(runtime).getAgent(talk.session.agentId)).toMatchObject({ phase: 'parked' })
  })

  it('fences off a hand that has lost the run', async () => {
    const runtime = await startRuntime({ models: { holding } })
    const talk = converse(clientOf(runtime), 'holding', 'hi')
    await talk.until('text')
    // As another process would, after this one seemed dead.
    await runtime.ctx.db.write([
      {
        sql: 'update runs set lease_epoch = lease_epoch + 1, lease_owner = ? where id = ?',
        parameters: ['elsewhere', talk.session.runId],
      },
    ])
    const log = await runtime.ctx.openLog(
      { tenantId: 'default', sessionId: talk.session.sessionId },
      { runId: talk.session.runId, epoch: 1 },
    )
    await expect(log.append(talk.session.runId, [{ type: 'text', text: 'late' }])).rejects.toMatchObject({
      name: 'NothingChangedError',
    })
  })

  it('of an earlier hand is no good once the run was taken up again', async () => {
    const runtime = await startRuntime({ models: { quick } })
    const talk = converse(clientOf(runtime), 'quick', 'hi')
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session
    const before = (await findRun(runtime.ctx.db, runId))!.leaseEpoch
    await talk.session.send('again')
    await talk.until('steer')
    await talk.until('awaiting_input')
    const late = await runtime.ctx.openLog({ tenantId: 'default', sessionId }, { runId, epoch: before })
    await expect(late.append(runId, [{ type: 'text', text: 'late' }])).rejects.toMatchObject({
      name: 'NothingChangedError',
    })
  })

  it('that was lost keeps what its hand still does out of the log', async () => {
    const at = gate()
    const calling: ScriptedModel = () => ({ tool_calls: [{ id: 'c1', name: 'A', input: {} }] })
    const runtime = await startRuntime({ models: { calling }, tools: [gatedTool('A', at)] })
    const talk = converse(clientOf(runtime), 'calling', 'hi')
    await talk.until('tool_call')
    await at.entered
    const { runId, sessionId } = talk.session
    await runtime.ctx.db.write([
      {
        sql: `update runs set lease_epoch = lease_epoch + 1, lease_owner = 'elsewhere' where id = ?`,
        parameters: [runId],
      },
    ])
    const gone = runtime.ctx.engine.left(runId)
    at.open('late')
    await gone
    const { events } = await clientOf(runtime).getTranscript(sessionId)
    expect(events.map(({ type }) => type)).not.toContain('tool_result')
  })
})

describe('a run that is woken twice', () => {
  it('is worked on once', async () => {
    const at = gate()
    const requests: ModelRequest[] = []
    const model: ScriptedModel = async (request) => {
      requests.push(request)
      return { text: await at.enter() }
    }
    const runtime = await startRuntime({ models: { model } })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    await talk.until('agent')
    await at.entered
    runtime.ctx.engine.wake(talk.session.runId)
    await new Promise(setImmediate)
    at.open('once')
    await talk.until('awaiting_input')
    await runtime.ctx.engine.left(talk.session.runId)
    expect(requests).toHaveLength(1)
    expect(talk.text()).toBe('once')
    const { events } = await clientOf(runtime).getTranscript(talk.session.sessionId)
    expect(events.filter(({ type }) => type === 'text')).toHaveLength(1)
  })
})
