import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { onSqlite } from '../src/testing/on-sqlite.ts'
import { say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

type Json = Record<string, unknown>

const json = async (runtime: TestRuntime, path: string) => (await fetch(`${runtime.url}${path}`)).json()

async function post(runtime: TestRuntime, path: string, body: unknown) {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${runtime.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Says much, in many events. */
const talker: ScriptedModel = () => ({
  text: 'A sentence, "quoted", and ünother. '.repeat(400),
  pace: { chunk_chars: 40, delay_ms: 0 },
})

async function longSession(runtime: TestRuntime): Promise<string> {
  const text = await (await post(runtime, '/v1/runs', { agent: 'talker', segments: say('Go.') })).text()
  const id = /"session_id":"([^"]+)"/.exec(text)![1]!
  for (let n = 0; n < 6; n++) {
    const answer = await post(runtime, `/v1/sessions/${id}/messages`, { segments: say('x'.repeat(150_000)) })
    await answer.text()
  }
  return id
}

describe('a long conversation', () => {
  it('is read whole as it is read in pieces, over every door', async () => {
    const runtime = await startRuntime({ models: { talker } })
    const id = await longSession(runtime)
    const response = await fetch(`${runtime.url}/v1/sessions/${id}/transcript`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const whole = (await response.json()) as { events: { seq: number }[]; has_more: boolean }
    expect(whole).toMatchObject({ session: { id }, has_more: false, latest_run: { status: 'completed' } })

    const pieces: unknown[] = []
    let before = ''
    for (let hasMore = true; hasMore; ) {
      const page = await json(runtime, `/v1/sessions/${id}/transcript?limit=7${before}`)
      pieces.unshift(...page.events)
      hasMore = page.has_more
      if (page.events.length > 0) before = `&before_seq=${page.events[0].seq}`
    }
    expect(pieces).toEqual(whole.events)
    expect(whole.events.length).toBeGreaterThan(20)

    const history = async (more: Json) =>
      (await post(runtime, '/v1/_history', { op: 'get', session_id: id, ...more })).json()
    const { transcript } = await history({})
    expect(transcript.map(({ seq }: { seq: number }) => seq)).toEqual(whole.events.map(({ seq }) => seq))
    const { markdown } = await history({ format: 'markdown' })
    expect(markdown.match(/\*\*User\*\*\n\n/g)).toHaveLength(7)
    expect(markdown.match(/\*\*talker\*\*\n\nA sentence, "quoted", and ünother\. A/g)).toHaveLength(7)
    expect(await history({ limit: 3 })).toMatchObject({ has_more: true })
  })

  it('is read by an agent as far as it can take it, from the end', async () => {
    const reading = { op: 'get', scope: 'user', session_id: '' }
    const reader: ScriptedModel = ({ messages }) =>
      messages.length === 1 ? { tool_calls: [{ id: 'c', name: 'History', input: reading }] } : { text: 'Read.' }
    const runtime = await startRuntime({
      models: { talker, reader },
      agents: { reader: { tools: ['History'], historyScope: ['user'] } },
    })
    reading.session_id = await longSession(runtime)
    for (let n = 0; n < 2; n++) {
      const more = { segments: say('y'.repeat(150_000)) }
      await (await post(runtime, `/v1/sessions/${reading.session_id}/messages`, more)).text()
    }
    const stream = await (await post(runtime, '/v1/runs', { agent: 'reader', prompt: 'Read.' })).text()
    const result = JSON.parse(/^data: (.*"type":"tool_result".*)$/m.exec(stream)![1]!)
    const { has_more, transcript } = JSON.parse(result.text)
    expect(has_more).toBe(true)
    expect(transcript.at(-1)).toMatchObject({ type: 'done' })
    expect(result.text.length).toBeLessThan(1_300_000)
  })
})

describe('large bodies', () => {
  const body = JSON.stringify({ agent: 'talker', segments: say('z'.repeat(700_000)) })

  async function begin(runtime: TestRuntime, sent: string): Promise<Socket> {
    const { hostname, port, host } = new URL(runtime.url)
    const socket = connect({ host: hostname, port: Number(port) })
    await once(socket, 'connect')
    const head = `POST /v1/runs HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
    socket.write(`${head}\r\n\r\n${sent}`)
    return socket
  }

  it('wait for each other, and small ones for none of them', async () => {
    const runtime = await startRuntime({
      models: { talker },
      env: { LOOMCYCLE_REQUEST_BYTES_AT_ONCE: `${1024 * 1024}` },
    })
    const half = await begin(runtime, body.slice(0, 300_000))
    const whole = await begin(runtime, body)
    let answer = ''
    whole.on('data', (chunk) => (answer += chunk))
    const small = await (await post(runtime, '/v1/runs', { agent: 'talker', prompt: 'Go.' })).text()
    expect(small).toContain('event: done')
    expect(answer).toBe('')
    half.destroy()
    await once(whole, 'data')
    expect(answer).toMatch(/^HTTP\/1\.1 200/)
    whole.destroy()
  })

  it('are let in when the one before is stored, not when its run is over', async () => {
    const runtime = await startRuntime({
      models: { talker, holder: () => ({ text: 'Hm.', hold: true }) },
      env: { LOOMCYCLE_REQUEST_BYTES_AT_ONCE: `${1024 * 1024}` },
    })
    const held = await post(runtime, '/v1/runs', { agent: 'holder', segments: say('z'.repeat(700_000)) })
    const next = await post(runtime, '/v1/runs', { agent: 'talker', segments: say('z'.repeat(700_000)) })
    expect(await next.text()).toContain('event: done')
    await held.body!.cancel()
  })

  onSqlite('are written last of what belongs to them, though they come first', async () => {
    const runtime = await startRuntime({ models: { talker: () => ({ text: 'Yes.' }) } })
    const answer = await post(runtime, '/v1/runs', { agent: 'talker', segments: say('x'.repeat(300_000)) })
    const runId = /"run_id":"([^"]+)"/.exec(await answer.text())![1]!
    const written = await runtime.ctx.db.all<{ type: string; seq: number }>(
      'select type, seq from events where run_id = ? order by rowid limit 3',
      [runId],
    )
    expect(written).toEqual([
      { type: 'started', seq: 3 },
      { type: 'system_prompt', seq: 2 },
      { type: 'user_input', seq: 1 },
    ])
  })

  it('of very many values are refused', async () => {
    const runtime = await startRuntime({ models: { talker } })
    const segments = Array.from({ length: 60_000 }, () => say('a')[0])
    const refused = await post(runtime, '/v1/runs', { agent: 'talker', segments })
    expect(refused.status).toBe(413)
    expect(refused.headers.get('loomcycle-error')).toBe('payload_too_large')
    expect(await refused.text()).toContain('more than 200000 values')
  })

  it('are named by their beginning', async () => {
    const runtime = await startRuntime({ models: { talker } })
    const text = await (
      await post(runtime, '/v1/runs', {
        agent: 'talker',
        prompt: `${' '.repeat(5000)}Dear all. ${'z '.repeat(500_000)}`,
      })
    ).text()
    const id = /"session_id":"([^"]+)"/.exec(text)![1]!
    expect((await json(runtime, `/v1/sessions/${id}/transcript?limit=1`)).session.title).toMatch(/^Dear all\. z z z z/)
  })
})
