import { describe, expect, it } from 'vitest'
import { aLog, call, parked, question, resolved, result, sketch, steer, stopped, text } from '../makers.ts'
import { runActivity } from '../run-activity.ts'
import { emptyView, openQuestions, type QuestionPart, type RunView } from '../types.ts'
import { endRun, prependEarlier, withLatestRun } from './attach.ts'
import { applyEvents } from './run-view.ts'

const play = (...events: Parameters<ReturnType<typeof aLog>['log']>) => applyEvents(emptyView, aLog().log(...events))
const ask = (callId: string) => call(callId, 'Interruption', { op: 'ask' })
const answer = (callId: string, said = '{"answer":"a"}', failed = false) => result(callId, said, failed, 'Interruption')
const questionsOf = (view: RunView) =>
  view.turns.flatMap((turn) => turn.parts.filter((part): part is QuestionPart => part.kind === 'question'))

describe('a question', () => {
  const asked = [steer('Go'), ask('q1'), question('i1', 'q1', { priority: 'high', expires_at: '2026-01-01T00:00:00Z' })]

  it('is pending until somebody answers, and then says what and by whom', () => {
    expect(openQuestions(play(...asked))).toMatchObject([
      { interruptId: 'i1', runId: 'r1', callId: 'q1', priority: 'high', expiresAt: Date.UTC(2026, 0, 1) },
    ])
    const view = play(...asked, resolved('i1', 'resolved', 'b'), answer('q1'))
    expect(questionsOf(view)).toMatchObject([{ state: 'answered', answer: 'b', answeredBy: 'webui' }])
  })

  it.each([
    ['declined', 'declined'],
    ['timed_out', 'expired'],
    ['cancelled', 'cancelled'],
  ] as const)('that is %s shows as %s', (status, state) => {
    expect(questionsOf(play(...asked, resolved('i1', status)))).toMatchObject([{ state }])
  })

  it('is settled by the result of its call where no event says how it ended', () => {
    expect(questionsOf(play(...asked, answer('q1')))).toMatchObject([{ state: 'answered', answer: 'a' }])
    expect(questionsOf(play(...asked, answer('q1', 'Yes, do', false)))).toMatchObject([{ answer: 'Yes, do' }])
    expect(questionsOf(play(...asked, answer('q1', 'The question was declined', true)))[0]?.state).toBe('declined')
    expect(questionsOf(play(...asked, answer('q1', 'Nobody answered; it has expired', true)))[0]?.state).toBe('expired')
  })

  it('of an old conversation never comes back, however the run ended', () => {
    for (const ended of [
      endRun(play(...asked), 'completed', 9),
      play(...asked, stopped, parked),
      play(...asked, { type: 'done', stop_reason: 'cancelled' }),
      withLatestRun(play(...asked), { run_id: 'r2', agent_id: 'a2', status: 'running', interactive: true }, 9),
    ]) {
      expect(openQuestions(ended)).toEqual([])
      expect(questionsOf(ended)).toMatchObject([{ state: 'cancelled' }])
    }
  })

  it('with the zero time for an expiry never expires', () => {
    const view = play(steer('Go'), ask('q1'), question('i1', 'q1', { expires_at: '0001-01-01T00:00:00Z' }))
    expect(openQuestions(view)[0]?.expiresAt).toBeUndefined()
  })

  it('belongs to the first call without one where the server names none', () => {
    const view = play(steer('Go'), ask('q1'), ask('q2'), question('i1'), question('i2'), answer('q1'))
    expect(openQuestions(view)).toMatchObject([{ interruptId: 'i2', callId: 'q2' }])
  })

  it('is kept when it comes while another is being answered', () => {
    const view = play(...asked, ask('q2'), question('i2', 'q2'), resolved('i1'), answer('q1'))
    expect(openQuestions(view).map(({ interruptId }) => interruptId)).toEqual(['i2'])
  })

  it('survives a message in the same turn', () => {
    const view = play(...asked, steer('And hurry'), resolved('i1', 'resolved', 'a'), answer('q1'), text('Right.'))
    expect(sketch(view)).toEqual([
      '> Go | tool:done:q1 question:answered:i1 (done)',
      '> And hurry | text:Right. (working)',
    ])
  })

  it('is read across a page of the log that begins behind its call', () => {
    const [go, call, ...rest] = aLog().log(...asked, resolved('i1', 'resolved', 'a'), answer('q1'), parked)
    const later = applyEvents(emptyView, rest)
    const whole = prependEarlier(later, applyEvents(emptyView, [go!, call!]))
    expect(sketch(whole)).toEqual(['> Go | tool:done:q1 question:answered:i1 (done)'])
  })
})

it('a notice is said and asks nothing', () => {
  const view = play(steer('Go'), ask('q1'), question('i1', undefined, { kind: 'notice', question: 'Half done.' }))
  expect(view.turns[0]?.parts.at(-1)).toMatchObject({ kind: 'notice', text: 'Half done.', fromAgent: true })
  expect(openQuestions(view)).toEqual([])
})

describe('a run', () => {
  const activity = (...events: Parameters<typeof play>) => runActivity(play(...events)).kind

  it('waits for a person when all its open calls do', () => {
    const asked = [steer('Go'), ask('q1'), question('i1', 'q1')]
    expect(activity(...asked)).toBe('asking')
    expect(activity(...asked, call('c1'))).toBe('working')
    expect(activity(...asked, call('c1'), result('c1'))).toBe('asking')
    expect(activity(...asked, resolved('i1'), answer('q1'))).toBe('working')
    expect(activity(...asked, resolved('i1'), answer('q1'), text('Ok'), parked)).toBe('parked')
  })

  it('that waits for something unknown says that it waits, until it goes on', () => {
    const waiting = withLatestRun(
      emptyView,
      { run_id: 'r1', agent_id: 'a1', status: 'running', phase: 'waiting', interactive: true },
      1,
    )
    expect(runActivity(waiting).kind).toBe('waiting')
    expect(runActivity(applyEvents(waiting, aLog().log(answer('q1')))).kind).toBe('working')
  })
})
