import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, scripted } from './models.ts'

/** The service fails twice in a way that passes, once in mid-sentence. */
export const retried: Scenario = {
  name: 'provider-retry',
  setup() {
    let asked = 0
    const answer = scripted({ Go: [{ tool_calls: [call('Pay')] }, { text: 'At last.' }] })
    return {
      models: {
        agent: async (request) => {
          asked++
          if (asked === 1) return { error: { message: 'busy', class: 'retryable' } }
          if (asked === 3) return { text: 'At l', error: { message: 'cut off', class: 'retryable' } }
          return answer(request)
        },
      },
    }
  },
  async play(client) {
    await client.ended(await client.start({ agent: 'agent', prompt: 'Go' }))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'At last.' })
  },
}

/** A failure that stays: a one-shot run fails, an interactive one says so and takes the next message. */
export const failed: Scenario = {
  name: 'provider-failure',
  setup: () => ({
    models: { agent: scripted({ Fail: [{ text: 'Well', error: { message: 'no such model', class: 'permanent' } }] }) },
  }),
  async play(client) {
    await client.ended(await client.start({ agent: 'agent', prompt: 'Fail' }))
    const run = await client.start({ agent: 'agent', prompt: 'Fail', interactive: true })
    await client.parked(run)
    await client.say(run, 'Try this')
    await client.until('it is heard', () => run.has('text', (data) => data.includes('Try this')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'failed' })
    yield* expectRun(after, client.runs[1], { status: 'running', phase: 'parked', said: 'I heard: Try this' })
  },
}
