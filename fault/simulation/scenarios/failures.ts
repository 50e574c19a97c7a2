import { eventsOf } from '../aftermath.ts'
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

/** The model fails for good in mid-sentence, and the next of its tier goes on; that stays so, whoever takes the run up. */
export const fallenBack: Scenario = {
  name: 'provider-fallback',
  setup() {
    const weak = scripted({ Go: [{ tool_calls: [call('Pay')] }] })
    return {
      models: {
        weak: (request) => {
          const said = weak(request)
          const isPaid = request.messages.length > 1
          return isPaid ? { text: 'At l', error: { message: 'overloaded', class: 'retryable' } } : said
        },
        strong: scripted({ Go: [{ text: 'Never said.' }, { text: 'At last.' }] }),
      },
      agents: { agent: { provider: undefined, model: undefined, tier: 'low', retryAttempts: 0 } },
      config: {
        tiers: { low: ['weak', 'strong'].map((model) => ({ provider: 'scripted', model })) },
        userTiers: { default: { name: 'default', tiers: {}, fallbackOnError: true, maxFallbackAttempts: 3 } },
      },
    }
  },
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.parked(run)
    await client.say(run, 'More')
    await client.until('it is heard', () => run.has('text', (data) => data.includes('More')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    const [run] = client.runs
    yield* expectRun(after, run, { status: 'running', phase: 'parked', said: 'I heard: More' })
    const events = eventsOf(after, run?.id ?? '').map(({ event }) => event)
    const places = events.flatMap(({ type }, i) => (type === 'provider_fallback' ? [i] : []))
    if (places.length !== 1) yield `it fell back ${places.length} times and should have once`
    const models = events.flatMap((event, i) => (event.type === 'usage' && i > places[0]! ? [event.usage.model] : []))
    if (models.some((model) => model !== 'strong')) yield `after it fell back, ${models.join(', ')} answered`
    const { now } = JSON.parse(after.runs[0]?.route ?? '{}') as { now?: { model: string } }
    if (now?.model !== 'strong') yield `its row says that it runs on ${now?.model}`
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
