import type { ContinueOptions, PromptSegment } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../../src/models/providers/provider.ts'
import type { ScriptedModel } from '../../src/models/providers/scripted/turn.ts'
import { aPicture } from '../../src/testing/a-picture.ts'
import { clientOf, converse, Reader, say } from '../../src/testing/test-client.ts'
import { startRuntime } from '../../src/testing/test-runtime.ts'

/** A conversation whose run waits for its operator, and whose page is gone. */
async function parked(options: { agents?: Record<string, object> } = {}) {
  const requests: ModelRequest[] = []
  const model: ScriptedModel = (request) => {
    requests.push(structuredClone(request))
    return { text: `answer ${requests.length}` }
  }
  const runtime = await startRuntime({ models: { agent: model, other: model }, ...options })
  const client = clientOf(runtime)
  const talk = converse(client, 'agent', 'one')
  await talk.until('awaiting_input')
  talk.leave()
  const { runId, agentId, sessionId } = talk.session
  const go = (more: Partial<ContinueOptions> = {}) =>
    new Reader(client.continueSession({ sessionId, segments: say('two'), ...more }))
  return { runtime, client, requests, runId, agentId, sessionId, go }
}

const heard = (request: ModelRequest | undefined) =>
  request?.messages.flatMap(({ content }) => content.map((block) => (block.type === 'text' ? block.text : block.type)))

describe('a message to a session whose run waits for its operator', () => {
  it('is taken in by the run, which goes on and parks again', async () => {
    const { client, requests, runId, go } = await parked()
    const on = go({ interactive: true })
    expect(await on.until('agent')).toMatchObject({ run_id: runId, input_id: expect.any(String) })
    await on.until('awaiting_input')
    expect(on.types()).toEqual(['session', 'agent', 'text', 'usage', 'awaiting_input'])
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])

    await client.sendRunInput(runId, 'three')
    expect(await on.until('steer')).toMatchObject({ user_input: { text: 'three', source: 'replay', door: 'api' } })
    await on.until('awaiting_input')
    expect(heard(requests[2])).toEqual(['one', 'answer 1', 'two', 'answer 2', 'three'])
  })

  it('is not told to who said it', async () => {
    const { runtime, sessionId } = await parked()
    const { body } = await fetch(`${runtime.url}/v1/sessions/${sessionId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ segments: say('two'), interactive: true }),
    })
    let told = ''
    for await (const text of body!.pipeThrough(new TextDecoderStream())) {
      told += text
      if (told.includes('event: awaiting_input')) break
    }
    expect(told).not.toContain('event: steer')
  })

  it('may come with what is attached to it', async () => {
    const { requests, go } = await parked()
    const along: PromptSegment[] = [{ role: 'user', content: [{ type: 'trusted-text', text: 'look' }, aPicture] }]
    await go({ segments: along, interactive: true }).until('awaiting_input')
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'look', 'image'])
  })

  it('is taken in after a restart', async () => {
    const { runtime, requests, sessionId } = await parked()
    const next = clientOf(await runtime.restart())
    const on = next.continueSession({ sessionId, segments: say('two'), interactive: true })
    await new Reader(on).until('awaiting_input')
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])
  })

  it('that is to be one turn has a run of its own, which goes on with the whole history', async () => {
    const { client, requests, runId, agentId, go } = await parked()
    const before = new Reader(client.streamRunByID(runId))
    const on = go()
    expect(await on.until('agent')).not.toMatchObject({ run_id: runId })
    expect((await on.toEnd()).at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])
    expect((await before.toEnd()).at(-1)).toMatchObject({ type: 'done', stop_reason: 'continued' })
    expect(await client.getAgent(agentId)).toMatchObject({ status: 'completed', stop_reason: 'continued' })
  })

  it('that asks for something else than the run was started with has a run of its own', async () => {
    const { requests, runId, agentId, go } = await parked()
    const on = go({ interactive: true, agentId, sampling: { temperature: 0 } })
    const own = await on.until('agent')
    expect(own.run_id).not.toBe(runId)
    await on.until('awaiting_input')
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])

    // As that one was started: it takes it in.
    const again = go({ interactive: true, sampling: { temperature: 0 } })
    expect(await again.until('agent')).toMatchObject({ run_id: own.run_id })
  })

  it('counts once for a key', async () => {
    const { requests, go } = await parked()
    const once = { interactive: true, idempotencyKey: 'k' }
    const first = go(once)
    await first.until('awaiting_input')
    const again = go(once)
    await again.until('awaiting_input')
    expect(again.types()).toEqual(first.types())
    expect(again.events[1]).toEqual(first.events[1])
    expect(requests).toHaveLength(2)
  })
})

describe('a run that is started in a session whose run waits for its operator', () => {
  it('is that run, where it is asked for the same', async () => {
    const { client, requests, runId, sessionId } = await parked()
    const on = new Reader(client.runStreaming({ agent: 'agent', sessionId, segments: say('two'), interactive: true }))
    expect(await on.until('agent')).toMatchObject({ run_id: runId })
    expect(await on.until('steer')).toMatchObject({ user_input: { text: 'two', source: 'replay' } })
    await on.until('awaiting_input')
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])
  })

  it('takes its place and knows what it knew, whoever the agent is', async () => {
    const { client, requests, agentId, sessionId } = await parked()
    await new Reader(client.runStreaming({ agent: 'other', sessionId, segments: say('two') })).toEnd()
    expect(heard(requests[1])).toEqual(['one', 'answer 1', 'two'])
    expect(await client.getAgent(agentId)).toMatchObject({ status: 'completed' })
  })
})
