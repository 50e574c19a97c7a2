import { LoomcycleError } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { Answers } from './answers.ts'
import type { Question } from './question.ts'

const question: Question = {
  interruptId: 'i1',
  runId: 'r1',
  question: 'Which one?',
  options: [],
  priority: 'normal',
  state: 'pending',
}

function answering(resolve: () => Promise<unknown>) {
  const said: unknown[] = []
  let settled = 0
  const answers = new Answers({
    client: {
      resolveInterrupt: (async (...call: unknown[]) => {
        said.push(call)
        return resolve()
      }) as never,
      cancelInterrupt: (async () => resolve()) as never,
    },
    noteError: () => {},
    onSettled: () => settled++,
  })
  return { answers, said, settled: () => settled, state: () => answers.state.get().get('i1') }
}

const refused = (status: number, message: string) => () => Promise.reject(new LoomcycleError(message, { status }))

describe('answering', () => {
  it('shows the answer at once when the server has taken it', async () => {
    const { answers, said, state, settled } = answering(async () => ({}))
    const answered = answers.answer(question, 'b')
    expect(state()).toEqual({ sending: true })
    await answered
    expect(said).toEqual([['r1', 'i1', { answer: 'b', resolvedBy: 'webui' }]])
    expect(state()).toEqual({ outcome: { state: 'answered', answer: 'b' } })
    expect(settled()).toBe(1)
  })

  it('is done once, however often the button is pressed', async () => {
    const { answers, said } = answering(async () => ({}))
    await Promise.all([answers.answer(question, 'b'), answers.answer(question, 'b')])
    expect(said).toHaveLength(1)
  })

  it.each([
    [409, 'the question is answered already', 'answered'],
    [409, 'the question is declined already', 'declined'],
    [409, 'the question is cancelled already', 'cancelled'],
    [410, 'the question has expired', 'expired'],
    [404, 'no such question', 'cancelled'],
  ] as const)('that comes too late (%i, %s) shows it as %s and what was not used', async (status, words, outcome) => {
    const { answers, state } = answering(refused(status, words))
    await answers.answer(question, 'mine')
    expect(state()).toEqual({ outcome: { state: outcome }, unused: 'mine' })
  })

  it.each([
    [422, 'answer must be one of: a, b'],
    [503, 'the runtime is paused'],
  ])('that is refused (%i) says why and can be tried again', async (status, words) => {
    const { answers, state, settled } = answering(refused(status, words))
    await answers.answer(question, 'c')
    expect(state()?.problem).toContain(words)
    expect(state()?.outcome).toBeUndefined()
    expect(settled()).toBe(0)
  })

  it('that reaches nobody says so and can be tried again', async () => {
    const { answers, state } = answering(() => Promise.reject(new TypeError('fetch failed')))
    await answers.decline(question)
    expect(state()?.problem).toContain('does not answer')
  })
})
