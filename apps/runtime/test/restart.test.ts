import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel, ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, Reader } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const always =
  (turn: ScriptedTurn): ScriptedModel =>
  () =>
    turn

describe('after the process was killed', () => {
  it('a parked run is there with everything that was said, and takes the next message', async () => {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      requests.push(structuredClone(request))
      return { text: `answer ${requests.length}` }
    }
    const runtime = await startRuntime({ models: { model } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    await talk.until('awaiting_input')
    await runtime.crash()

    const next = await runtime.restart()
    const client = clientOf(next)
    const again = new Reader(client.attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(again.text()).toBe('answer 1')
    await client.sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(requests[1]!.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'one' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'answer 1' }] },
      { role: 'user', content: [{ type: 'text', text: 'two' }] },
    ])
  })

  it('a run in mid-answer asks again, and says that it did', async () => {
    const runtime = await startRuntime({ models: { model: always({ text: 'half', hold: true }) } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    const seen = await talk.until('text')
    await runtime.crash()

    const requests: ModelRequest[] = []
    const whole: ScriptedModel = (request) => {
      requests.push(structuredClone(request))
      return { text: 'whole' }
    }
    const next = await runtime.restart({ models: { model: whole } })
    const again = new Reader(
      clientOf(next).attachInteractiveSession(talk.session.runId, { fromSeq: seen.seq! }).events(),
    )
    await again.until('awaiting_input')
    expect(again.types()).toEqual(['agent', 'retry', 'text', 'usage', 'awaiting_input'])
    expect(again.text()).toBe('whole')
    expect(requests[0]!.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'one' }] }])

    await clientOf(next).sendRunInput(talk.session.runId, 'two')
    await again.until('awaiting_input')
    expect(requests[1]!.messages[1]).toEqual({ role: 'assistant', content: [{ type: 'text', text: 'whole' }] })
  })

  it('what was said to a working run is not lost', async () => {
    const runtime = await startRuntime({ models: { model: always({ text: 'half', hold: true }) } })
    const client = clientOf(runtime)
    const talk = converse(client, 'model', 'one')
    await talk.until('text')
    const { input_id } = await client.sendRunInput(talk.session.runId, 'and two')
    await runtime.crash()

    const next = await runtime.restart({ models: { model: always({ text: 'ok' }) } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    expect(await again.until('steer', (event) => event.user_input?.text === 'and two')).toMatchObject({
      user_input: { input_id },
    })
    await again.until('awaiting_input')
  })

  const calling: ScriptedModel = (request) =>
    request.messages.length === 1 ? { tool_calls: [{ name: 'A', input: {}, id: 'ca' }] } : { text: 'on we go' }

  it('a tool that can tell what its call came to is asked, and not run again', async () => {
    const at = gate()
    const runtime = await startRuntime({ models: { model: calling }, tools: [gatedTool('A', at)] })
    const talk = converse(clientOf(runtime), 'model', 'go')
    await talk.until('tool_call')
    await at.entered
    await runtime.crash()

    const second = { ...gatedTool('A', gate()), cameTo: async () => ({ text: 'it did' }) }
    const next = await runtime.restart({ tools: [second] })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    const { text, is_error } = await again.until('tool_result')
    expect([text, is_error, second.runs]).toEqual(['it did', undefined, 0])
  })

  it('a tool that may have taken effect is not run again: the model is told that nobody knows', async () => {
    const at = gate()
    const runtime = await startRuntime({ models: { model: calling }, tools: [gatedTool('A', at)] })
    const talk = converse(clientOf(runtime), 'model', 'go')
    await talk.until('tool_call')
    await at.entered
    await runtime.crash()

    const second = gatedTool('A', gate())
    const next = await runtime.restart({ tools: [second] })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    expect(await again.until('tool_result')).toMatchObject({
      is_error: true,
      text: expect.stringContaining('nobody knows'),
    })
    await again.until('awaiting_input')
    expect(again.text()).toBe('on we go')
    expect(second.runs).toBe(0)
  })

  it('a tool that may be repeated is run again', async () => {
    const at = gate()
    const runtime = await startRuntime({
      models: { model: calling },
      tools: [gatedTool('A', at, { idempotent: true })],
    })
    const talk = converse(clientOf(runtime), 'model', 'go')
    await talk.until('tool_call')
    await at.entered
    await runtime.crash()

    const now = gate()
    now.open('result')
    const next = await runtime.restart({ tools: [gatedTool('A', now, { idempotent: true })] })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    expect(await again.until('tool_result')).toMatchObject({ text: 'result' })
    await again.until('awaiting_input')
  })

  it('sequence numbers go on without a hole', async () => {
    const runtime = await startRuntime({ models: { model: always({ text: 'x' }) } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    await talk.until('awaiting_input')
    await runtime.crash()
    const next = await runtime.restart()
    const client = clientOf(next)
    const again = new Reader(client.attachInteractiveSession(talk.session.runId).events())
    await client.sendRunInput(talk.session.runId, 'two')
    await again.until('steer', (event) => event.user_input?.text === 'two')
    await again.until('awaiting_input')
    const rows = await next.ctx.db.all<{ seq: number }>('select seq from events where session_id = ? order by seq', [
      talk.session.sessionId,
    ])
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1))
  })
})

describe('a stop that was asked for', () => {
  it('hands a working run to the next process', async () => {
    const runtime = await startRuntime({ models: { model: always({ text: 'half', hold: true }) } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    await talk.until('text')
    await runtime.stop()

    const next = await runtime.restart({ models: { model: always({ text: 'whole' }) } })
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(again.types().filter((type) => type !== 'agent')).toEqual([
      'steer',
      'started',
      'text',
      'retry',
      'text',
      'usage',
      'awaiting_input',
    ])
  })
})
