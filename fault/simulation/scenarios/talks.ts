import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { scripted } from './models.ts'

export const oneShot: Scenario = {
  name: 'one-shot',
  setup: () => ({ models: { agent: scripted({ Hello: [{ thinking: 'Someone is here.', text: 'Hello to you.' }] }) } }),
  async play(client) {
    await client.ended(await client.start({ agent: 'agent', prompt: 'Hello' }))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'Hello to you.' })
  },
}

export const conversation: Scenario = {
  name: 'conversation',
  setup: () => ({ models: { agent: scripted({}) } }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'one', interactive: true })
    await client.parked(run)
    await client.say(run, 'two')
    await client.until('two is answered', () => run.has('text', (data) => data.includes('two')))
    await client.parked(run)
    await client.cancelAgent(run)
    await client.ended(run)
    const next = await client.proceed(run, { segments: [typed('three')], interactive: true })
    await client.parked(next)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'cancelled', said: 'I heard: two' })
    yield* expectRun(after, client.runs[1], { status: 'running', phase: 'parked', said: 'I heard: three' })
  },
}

/** Two at once, so that their writes share commits. */
export const sideBySide: Scenario = {
  name: 'side-by-side',
  setup: () => ({ models: { agent: scripted({}) } }),
  async play(client) {
    const one = await client.start({ agent: 'agent', prompt: 'one' })
    const two = await client.start({ agent: 'agent', prompt: 'two', interactive: true })
    await client.ended(one)
    await client.parked(two)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'I heard: one' })
    yield* expectRun(after, client.runs[1], { status: 'running', phase: 'parked', said: 'I heard: two' })
  },
}

function typed(text: string) {
  return { role: 'user' as const, content: [{ type: 'trusted-text' as const, text }] }
}
