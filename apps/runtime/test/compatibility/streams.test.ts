import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../../src/models/providers/provider.ts'
import type { ScriptedModel } from '../../src/models/providers/scripted/turn.ts'
import { ask, asked, resolve } from '../../src/testing/asking.ts'
import { clientOf, converse, Reader, say } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

function recorder(requests: ModelRequest[] = []): ScriptedModel {
  return (request) => {
    requests.push(structuredClone(request))
    return { text: `answer ${requests.length}` }
  }
}

describe('an interactive run', () => {
  it('tells everything that is said as it is replayed, with the door beside it, and counts turns from none', async () => {
    const runtime = await startRuntime({ models: { agent: recorder() } })
    const client = clientOf(runtime)
    const talk = converse(client, 'agent', 'one')
    expect((await talk.until('steer')).user_input).toMatchObject({ text: 'one', source: 'replay', door: 'api' })
    expect((await talk.until('awaiting_input')).awaiting_input).toMatchObject({ since_turn: 0 })
    await client.sendRunInput(talk.session.runId, 'two')
    expect((await talk.until('steer')).user_input).toMatchObject({ text: 'two', source: 'replay', door: 'api' })
    expect((await talk.until('awaiting_input')).awaiting_input).toMatchObject({ since_turn: 1 })

    await client.cancelAgent(talk.session.agentId)
    expect(await talk.until('done')).toMatchObject({ stop_reason: 'cancelled', cancelled: true })
  })

  it('is told that its question was declined, which is no error', async () => {
    const { runtime, talk, questions } = await asked([ask('Shall I?')])
    await resolve(runtime, questions[0]!, { disposition: 'declined' })
    const result = await talk.until('tool_result')
    expect(result).not.toHaveProperty('is_error')
    expect(JSON.parse(result.text!)).toMatchObject({ declined: true, interrupt_id: questions[0]!.interrupt_id })
  })
})

describe('a continued session in which nothing is said', () => {
  it('has the model asked again', async () => {
    const requests: ModelRequest[] = []
    const runtime = await startRuntime({ models: { agent: recorder(requests) } })
    const client = clientOf(runtime)
    const first = new Reader(client.runStreaming({ agent: 'agent', segments: say('one') }))
    const { session_id } = await first.until('agent')
    await first.toEnd()
    const again = new Reader(client.continueSession({ sessionId: session_id!, segments: [] }))
    await again.toEnd()
    expect(again.text()).toBe('answer 2')
    expect(requests[1]!.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    const on = new Reader(client.continueSession({ sessionId: session_id!, segments: say('two') }))
    await on.toEnd()
    expect(requests[2]!.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user'])
  })

  it('answers what was said before, where that was cut off', async () => {
    const requests: ModelRequest[] = []
    const model: ScriptedModel = (request) => {
      requests.push(structuredClone(request))
      return requests.length === 1 ? { hold: true } : { text: 'there' }
    }
    const runtime = await startRuntime({ models: { agent: model } })
    const client = clientOf(runtime)
    const talk = converse(client, 'agent', 'one')
    await talk.until('started')
    await client.cancelAgent(talk.session.agentId)
    const again = new Reader(client.continueSession({ sessionId: talk.session.sessionId, segments: [] }))
    await again.toEnd()
    expect(again.text()).toBe('there')
    expect(requests.at(-1)!.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'one' }] }])
  })
})

describe('the states of a user’s runs', () => {
  it.each([
    ['say once that a run runs', false, ['running', 'completed']],
    [
      'say all it does to who asks for that',
      true,
      ['running working', 'running parked', 'running working', 'completed'],
    ],
  ])('%s', async (_, phases, wanted) => {
    const runtime = await startRuntime({ models: { agent: recorder() } })
    const client = clientOf(runtime)
    const told: string[] = []
    const states = client.streamUserRunStates('default', { phases })[Symbol.asyncIterator]()
    await states.next()
    const talk = converse(client, 'agent', 'one')
    await talk.until('awaiting_input')
    await runtime.ctx.engine.left(talk.session.runId)
    await client.sendRunInput(talk.session.runId, 'two')
    await talk.until('awaiting_input')
    await runtime.ctx.engine.left(talk.session.runId)
    const over = new Reader(client.continueSession({ sessionId: talk.session.sessionId, segments: say('three') }))
    await over.toEnd()
    for (;;) {
      const { value } = await states.next()
      if (value.kind !== 'event' || value.payload.run_id !== talk.session.runId) continue
      const { status, phase } = value.payload
      const state = phases && phase ? `${status} ${phase}` : status
      if (told.at(-1) !== state) told.push(state)
      if (status === 'completed') break
    }
    expect(told).toEqual(phases ? expect.arrayContaining(wanted) : wanted)
  })
})
