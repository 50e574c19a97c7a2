import { describe, expect, it } from 'vitest'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { ask, asked, resolve } from '../src/testing/asking.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const pending = '_system/interrupts/pending'
const resolved = '_system/interrupts/resolved'

const valuesOf = (answer: { messages: { value: unknown }[] }) => answer.messages.map(({ value }) => value)

const told = async (runtime: TestRuntime, channel: string) =>
  valuesOf(await clientOf(runtime).peekChannel(channel, { scope: 'user', userId: 'default' }))

const toldToAll = async (runtime: TestRuntime, channel: string) =>
  valuesOf(await clientOf(runtime).peekChannel(channel, { scope: 'global' }))

describe('the channels of questions', () => {
  it('tell a program that waits of a question, and of its answer', async () => {
    const { runtime, questions, runId } = await asked([ask('Which colour?', { options: ['red', 'blue'] })])
    const client = clientOf(runtime)
    expect(await told(runtime, pending)).toEqual(questions)
    expect(await told(runtime, resolved)).toEqual([])
    const waiting = client.subscribeChannel(resolved, { scope: 'user', userId: 'default', waitMs: 20_000 })
    await resolve(runtime, questions[0]!, { answer: 'blue', resolved_by: 'ada' })
    expect(valuesOf(await waiting)).toEqual([
      {
        interrupt_id: questions[0]!.interrupt_id,
        run_id: runId,
        kind: 'question',
        status: 'resolved',
        answer: 'blue',
        resolved_by: 'ada',
      },
    ])
  })

  it('tell of every other end of a question', async () => {
    const clock = createTestClock(1_000)
    const { runtime, talk, questions } = await asked([ask('A?'), ask('B?', { timeout_ms: 61_000 }), ask('C?')], {
      clock,
    })
    await resolve(runtime, questions[0]!, { disposition: 'declined' })
    await clock.fire(61_000)
    await talk.until('interruption_resolved', (event) => JSON.stringify(event).includes('timed_out'))
    await clientOf(runtime).cancelAgent(talk.session.agentId)
    await talk.toEnd()
    const [a, b, c] = questions.map(({ interrupt_id }) => interrupt_id)
    expect(await told(runtime, resolved)).toMatchObject([
      { interrupt_id: a, status: 'declined', answer: null },
      { interrupt_id: b, status: 'timed_out', resolved_by: 'timeout' },
      { interrupt_id: c, status: 'cancelled', resolved_by: 'agent_cancel' },
    ])
    // A question that nobody can answer any more is not asked any more.
    expect(await told(runtime, pending)).toMatchObject([{ interrupt_id: a }, { interrupt_id: c }])
  })

  it('tell of a question that goes with its turn', async () => {
    const { runtime, talk, runId, questions } = await asked([ask('A?')])
    await clientOf(runtime).cancelTurn(runId)
    await talk.until('awaiting_input')
    expect(await told(runtime, resolved)).toMatchObject([
      { interrupt_id: questions[0]!.interrupt_id, status: 'cancelled', resolved_by: 'agent_cancel' },
    ])
  })

  it('tell nothing of a question that was not stored', async () => {
    const { runtime, questions } = await asked([ask('A?')])
    await Promise.all(['x', 'y', 'z'].map((answer) => resolve(runtime, questions[0]!, { answer })))
    expect(await told(runtime, resolved)).toHaveLength(1)
  })

  it('survive the process, as the question does', async () => {
    const { runtime, questions } = await asked([ask('A?')])
    await runtime.crash()
    const next = await runtime.restart()
    expect(await told(next, pending)).toEqual(questions)
  })

  it('are the user’s: another one is told nothing', async () => {
    const { runtime } = await asked([ask('A?')])
    expect(valuesOf(await clientOf(runtime).peekChannel(pending, { scope: 'user', userId: 'somebody-else' }))).toEqual(
      [],
    )
    await expect(
      clientOf(runtime).publishChannel(pending, { scope: 'user', userId: 'default', payload: 'fake' }),
    ).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('the channel of the runtime’s state', () => {
  it('tells of every pause and resumption, whoever waits', async () => {
    const runtime = await startRuntime()
    const client = clientOf(runtime)
    const channel = '_system/runtime-state'
    const waiting = client.subscribeChannel(channel, { scope: 'global', waitMs: 20_000 })
    await client.pauseRuntime()
    expect(valuesOf(await waiting)).toEqual([{ state: 'paused', changed_at: expect.any(String) }])
    await client.resumeRuntime()
    expect(await toldToAll(runtime, channel)).toMatchObject([{ state: 'paused' }, { state: 'running' }])
  })
})

describe('the channel of model services', () => {
  it('tells once that a service fails, and once that it is back', async () => {
    let works = false
    const model: ScriptedModel = () =>
      works ? { text: 'here' } : { error: { class: 'retryable', message: 'scripted 503: out of order' } }
    const runtime = await startRuntime({ models: { model }, agents: { model: { retryAttempts: 0 } } })
    const talk = converse(clientOf(runtime), 'model', 'one')
    await talk.until('awaiting_input')
    await talk.session.send('two')
    await talk.until('awaiting_input')
    works = true
    for (const text of ['three', 'four']) {
      await talk.session.send(text)
      await talk.until('awaiting_input')
    }
    await expect
      .poll(() => toldToAll(runtime, '_system/provider-events'))
      .toMatchObject([
        { provider: 'scripted', model: 'model', state: 'failing', reason: expect.stringContaining('out of order') },
        { provider: 'scripted', model: 'model', state: 'recovered' },
      ])
  })
})
