import { type Aftermath, eventsOf } from '../aftermath.ts'
import type { Scenario } from '../scenario.ts'
import type { WatchedRun } from '../watched-run.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, scripted } from './models.ts'

const ask = (question: string, more: Record<string, unknown> = {}) =>
  call('Interruption', { op: 'ask', question, ...more })

const asking = (calls: ReturnType<typeof ask>[]): Scenario['setup'] => {
  return () => ({
    models: { agent: scripted({ Go: [{ text: 'I have to ask.', tool_calls: calls }, { text: 'Thank you.' }] }) },
    agents: { agent: { interruption: { enabled: true } } },
  })
}

/** Every question was put once, and ended once, like this. */
function* expectQuestions(
  after: Aftermath,
  run: WatchedRun | undefined,
  statuses: readonly string[],
): Generator<string> {
  const events = eventsOf(after, run?.id ?? '').map(({ event }) => event)
  const put = events.flatMap((event) =>
    event.type === 'interruption_pending' && event.interruption.kind === 'question'
      ? [event.interruption.interrupt_id]
      : [],
  )
  const ended = events.flatMap((event) => (event.type === 'interruption_resolved' ? [event.interruption] : []))
  const shown = put.map((id) =>
    ended
      .filter(({ interrupt_id }) => interrupt_id === id)
      .map(({ status }) => status)
      .join('+'),
  )
  if (shown.join() !== statuses.join())
    yield `the questions ended ${shown.join(', ')} and should have ended ${statuses}`
  const rows = after.interrupts.filter(({ id }) => put.includes(id)).map(({ status }) => status)
  if (rows.toSorted().join() !== [...statuses].sort().join()) yield `the rows of the questions say ${rows}`
}

export const answered: Scenario = {
  name: 'ask-answered',
  setup: asking([
    call('Pay'),
    ask('Which?', { options: ['this', 'that'] }),
    call('Interruption', { op: 'notify', message: 'Look!' }),
  ]),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go' })
    await client.until(
      'it asks',
      async () => (await client.count('waiting')) === 1 && run.has('interruption_pending', isQuestion),
    )
    await client.resolve(run, 'that')
    await client.ended(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'Thank you.' })
    yield* expectQuestions(after, client.runs[0], ['resolved'])
    const notices = after.interrupts.filter(({ status }) => status === 'resolved').length - 1
    if (notices !== 1) yield `the notice was given ${notices} times`
  },
}

export const declined: Scenario = {
  name: 'ask-declined',
  setup: asking([ask('May I?')]),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('it asks', () => run.has('interruption_pending'))
    await client.say(run, 'later')
    await client.resolve(run)
    await client.until('it is heard', () => run.has('text', (data) => data.includes('later')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: later' })
    yield* expectQuestions(after, client.runs[0], ['declined'])
  },
}

/** Two questions, of which the second is given a minute and nobody answers it. */
export const expired: Scenario = {
  name: 'ask-expired',
  setup: asking([ask('First?', { timeout_ms: 120_000 }), ask('Second?', { timeout_ms: 60_000 })]),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('both are asked', () => run.count('interruption_pending') === 2)
    await client.later(70_000)
    await client.later(60_000)
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'Thank you.' })
    yield* expectQuestions(after, client.runs[0], ['timed_out', 'timed_out'])
  },
}

/** Ended while a question is open: nobody can answer it any more. */
export const askingCancelled: Scenario = {
  name: 'ask-cancelled',
  setup: asking([ask('May I?'), call('Pay')]),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('it asks', () => run.has('interruption_pending'))
    await client.cancelTurn(run)
    await client.parked(run)
    const next = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('it asks', () => next.has('interruption_pending'))
    await client.cancelAgent(next)
    await client.ended(next)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked' })
    yield* expectRun(after, client.runs[1], { status: 'cancelled' })
    yield* expectQuestions(after, client.runs[0], ['cancelled'])
    yield* expectQuestions(after, client.runs[1], ['cancelled'])
  },
}

function isQuestion(data: string): boolean {
  return data.includes('"question"') && !data.includes('"notice"')
}
