import { describe, expect, it } from 'vitest'
import { settle } from '../src/areas/interrupts/settle.ts'
import type { InterruptRow } from '../src/areas/interrupts/store.ts'
import { findInterrupt, insertInterrupt, listDueInterrupts } from '../src/areas/interrupts/store.ts'
import { pause, resume } from '../src/areas/operations/pause.ts'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import {
  ask,
  asked,
  askedIn,
  listInterrupts,
  listUserInterrupts,
  resolve,
  saidOf,
  typesOf,
} from '../src/testing/asking.ts'
import { clientOf, Reader } from '../src/testing/test-client.ts'
import type { TestRuntime } from '../src/testing/test-runtime.ts'

const hour = 3_600_000

const reattach = (runtime: TestRuntime, runId: string) =>
  new Reader(clientOf(runtime).attachInteractiveSession(runId).events())

describe('a question that nobody answers', () => {
  it('expires; the model hears that it did, and an answer comes too late', async () => {
    const clock = createTestClock(1_000)
    const { runtime, talk, questions } = await asked([ask('Anybody?')], { clock, lastly: 'alone' })
    await clock.fire(hour)
    expect(await talk.until('interruption_resolved')).toMatchObject({
      interruption: { status: 'timed_out', resolved_by: 'timeout' },
    })
    expect(await talk.until('tool_result')).toMatchObject({
      is_error: true,
      text: 'Nobody answered within 1 hour, and the question has expired. Go on without an answer.',
    })
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('alone')
    expect(await resolve(runtime, questions[0]!, { answer: 'me' })).toMatchObject({
      status: 410,
      code: 'interrupt_expired',
    })
  })

  it('waits no longer than the operator lets it', async () => {
    const clock = createTestClock()
    const { talk } = await asked([ask('Anybody?', { timeout_ms: 1000 * hour })], { clock })
    await clock.fire(24 * hour)
    expect(await talk.until('tool_result')).toMatchObject({
      text: expect.stringContaining('within 24 hours, the longest a question may wait here'),
    })
  })

  it('expires after longer than a timer can run', async () => {
    const clock = createTestClock()
    const longest = 2 ** 31 - 1
    const interruption = { defaultTimeoutMs: 1000 * hour, maxTimeoutMs: 1000 * hour, maxPendingPerRun: 8 }
    const { talk } = await asked([ask('Anybody?')], { clock, config: { interruption } })
    await clock.fire(longest)
    await clock.fire(1000 * hour - longest)
    expect(await talk.until('interruption_resolved')).toMatchObject({ interruption: { status: 'timed_out' } })
  })

  it('does not keep one that expires earlier from doing so', async () => {
    const clock = createTestClock()
    const { talk } = await asked(
      [ask('Later?', { timeout_ms: 35_000 }, 'c1'), ask('Sooner?', { timeout_ms: 15_000 }, 'c2')],
      { clock },
    )
    await clock.fire(15_000)
    expect(await talk.until('tool_result')).toMatchObject({ tool_use: { id: 'c2' } })
    await clock.fire(20_000)
    expect(await talk.until('tool_result')).toMatchObject({ tool_use: { id: 'c1' } })
  })

  it('expires while the runtime is paused; the run hears of it when it goes on', async () => {
    const clock = createTestClock()
    const { runtime, talk, runId } = await asked([ask('Anybody?')], { clock })
    await pause(runtime.ctx, 0)
    await clock.fire(hour)
    await expect.poll(() => listInterrupts(runtime, runId)).toMatchObject([{ status: 'timed_out' }])
    expect(runtime.ctx.engine.isWorking(runId)).toBe(false)
    await resume(runtime.ctx)
    expect(await talk.until('tool_result')).toMatchObject({ is_error: true })
  })
})

describe('many questions', () => {
  async function withMany(count: number, copy: (row: InterruptRow, n: number) => InterruptRow) {
    const clock = createTestClock(1_000)
    const { runtime, questions } = await asked([ask('Anybody?')], { clock })
    const { db, expiry } = runtime.ctx
    const row = (await findInterrupt(db, questions[0]!.interrupt_id))!
    await db.write(Array.from({ length: count }, (_, n) => insertInterrupt(db, copy({ ...row, expires_at: 500 }, n))))
    expiry.now()
    return { clock, due: async () => (await listDueInterrupts(db, clock.now(), 1_000)).length }
  }

  it('that expired at once are all ended', async () => {
    const { due } = await withMany(250, (row, n) => ({ ...row, id: `intr_${n}`, tool_use_id: null }))
    await expect.poll(due).toBe(0)
  })

  it('that cannot be ended do not keep the process busy', async () => {
    const { clock, due } = await withMany(2, (row, n) => ({ ...row, id: `intr_${n}`, tool_use_id: 'nobody' }))
    await clock.fire(1_000)
    await clock.fire(1_000)
    expect(await due()).toBe(2)
  })
})

describe('after the process was killed', () => {
  it('an open question is still there to be answered', async () => {
    const { runtime, runId, questions } = await asked([ask('Which?')], { lastly: 'on we go' })
    await runtime.crash()
    const next = await runtime.restart()
    expect(await listInterrupts(next, runId, 'pending')).toEqual(questions)
    const again = reattach(next, runId)
    await again.until('interruption_pending')
    await resolve(next, questions[0]!, { answer: 'that' })
    await again.until('awaiting_input')
    expect(typesOf(again, 'interruption_pending', 'interruption_resolved', 'tool_result')).toHaveLength(3)
    expect(again.text()).toBe('on we go')
  })

  it('a question that expired meanwhile is over', async () => {
    const { runtime, runId } = await asked([ask('Anybody?')], { clock: createTestClock(1_000) })
    await runtime.crash()
    const next = await runtime.restart({ clock: createTestClock(1_000 + 2 * hour) })
    const again = reattach(next, runId)
    expect(await again.until('interruption_resolved')).toMatchObject({ interruption: { status: 'timed_out' } })
    await again.until('awaiting_input')
  })

  it('one that has time left expires when that is over', async () => {
    const { runtime, runId } = await asked([ask('Anybody?')], { clock: createTestClock(1_000) })
    await runtime.crash()
    const clock = createTestClock(1_000 + hour / 4)
    const next = await runtime.restart({ clock })
    await clock.fire((hour / 4) * 3)
    await reattach(next, runId).until('awaiting_input')
    expect(await listInterrupts(next, runId)).toMatchObject([{ status: 'timed_out' }])
  })
})

describe('a run that is told to stop while it waits', () => {
  it('takes its questions with it when only the turn is stopped, and can be spoken to', async () => {
    const requests: ModelRequest[] = []
    const { runtime, talk, runId, questions } = await asked([ask('A?'), ask('B?')], { requests })
    await clientOf(runtime).cancelTurn(runId)
    await talk.until('awaiting_input')
    expect(saidOf(talk, 'interruption_resolved')).toEqual(
      questions.map(({ interrupt_id }) => ({ interrupt_id, status: 'cancelled', resolved_by: 'agent_cancel' })),
    )
    expect(await listInterrupts(runtime, runId)).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }])
    expect(await resolve(runtime, questions[0]!, { answer: 'x' })).toMatchObject({ status: 409 })
    await talk.session.send('what now')
    await talk.until('awaiting_input')
    expect(requests[1]!.messages.at(-1)!.content.map((block) => block.type)).toEqual([
      'tool_result',
      'tool_result',
      'text',
    ])
  })

  it('takes its questions with it when it is ended', async () => {
    const { runtime, talk, runId } = await asked([ask('Which?')])
    await clientOf(runtime).cancelAgent(talk.session.agentId)
    await talk.toEnd()
    expect(typesOf(talk, 'interruption_resolved', 'done')).toEqual(['interruption_resolved', 'done'])
    expect(await listInterrupts(runtime, runId)).toMatchObject([{ status: 'cancelled', resolved_by: 'agent_cancel' }])
    expect(await listUserInterrupts(runtime)).toEqual({ interrupts: [], total: 0 })
  })

  it('does not deny an answer that it had and could not take in', async () => {
    const { runtime, talk, runId, questions } = await asked([ask('Which?')])
    await pause(runtime.ctx, 0)
    await resolve(runtime, questions[0]!, { answer: 'that' })
    await clientOf(runtime).cancelAgent(talk.session.agentId)
    await talk.toEnd()
    expect(saidOf(talk, 'interruption_resolved')).toMatchObject([{ status: 'resolved', answer: 'that' }])
    expect(await listInterrupts(runtime, runId)).toMatchObject([{ status: 'resolved' }])
  })

  it.each(['turn', 'run'])(
    'agrees with the log about who was faster, an answer or the stop of the %s',
    async (what) => {
      const first = await asked([ask('A?'), ask('B?'), ask('C?')])
      const { runtime } = first
      const client = clientOf(runtime)
      for (let round = 0; round < 4; round++) {
        const { talk, runId, questions } = round === 0 ? first : await askedIn(runtime, 3)
        const answers = questions.map((question) => resolve(runtime, question, { answer: 'now' }))
        // There is no turn to stop any more where all answers were faster.
        const stop =
          what === 'run' ? client.cancelAgent(talk.session.agentId) : client.cancelTurn(runId).catch(() => {})
        await Promise.all([stop, ...answers])
        await (what === 'run' ? talk.toEnd() : talk.until('awaiting_input'))
        const outcomes = (from: { interrupt_id: string; status?: string }[]) =>
          from.map(({ interrupt_id, status }) => `${interrupt_id} ${status}`).sort()
        expect(outcomes(saidOf(talk, 'interruption_resolved'))).toEqual(outcomes(await listInterrupts(runtime, runId)))
      }
    },
  )

  it('says what became of a question that is answered in the very moment of the stop', async () => {
    const { runtime, talk, runId, questions } = await asked([ask('Which?')])
    const { db, interrupts } = runtime.ctx
    const row = (await findInterrupt(db, questions[0]!.interrupt_id))!
    const { write } = db
    db.write = (statements, onCommit) => {
      const givesUp = statements.some(({ sql }) => sql.startsWith('update interrupts'))
      if (givesUp) {
        db.write = write
        void settle(interrupts, row, { status: 'resolved', answer: 'that', by: 'ada' })
      }
      return write(statements, onCommit)
    }
    await clientOf(runtime).cancelTurn(runId)
    await talk.until('awaiting_input')
    expect(saidOf(talk, 'interruption_resolved')).toMatchObject([{ status: 'resolved', answer: 'that' }])
    expect(talk.events.find((event) => event.type === 'tool_result')).toMatchObject({ text: 'cancelled by operator' })
    await talk.session.send('and now?')
    await talk.until('awaiting_input')
    expect(talk.text()).toBe('over')
  })
})
