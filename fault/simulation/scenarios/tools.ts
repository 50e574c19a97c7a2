import { eventsOf } from '../aftermath.ts'
import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, incr, scripted } from './models.ts'

export const parallelTools: Scenario = {
  name: 'parallel-tools',
  setup: () => ({
    models: {
      agent: scripted({
        Go: [
          {
            text: 'Both.',
            tool_calls: [call('Pay'), call('Look'), call('Pay'), incr('count'), call('Context', { op: 'self' })],
          },
          { tool_calls: [call('Look'), call('Pay'), call('Nothing')] },
          { text: 'Done.' },
        ],
      }),
    },
    config: {},
  }),
  async play(client) {
    await client.ended(await client.start({ agent: 'agent', prompt: 'Go' }))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'Done.' })
    const counted = Number(after.memory.find(({ key }) => key === 'count')?.value ?? 0)
    const results = eventsOf(after, client.runs[0]!.id).flatMap(({ event }) =>
      event.type === 'tool_result' && event.tool_use.name === 'Memory' ? [event] : [],
    )
    if (counted > 1) yield `Memory incr was executed ${counted} times`
    if (!results[0]?.is_error && counted !== 1) yield `Memory incr has a result and counted ${counted}`
  },
}

export const steerDuringTool: Scenario = {
  name: 'steer-during-tool',
  setup: () => ({
    models: { agent: scripted({ Go: [{ text: 'Slowly.', tool_calls: [call('SlowPay'), call('SlowLook')] }] }) },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('the tools run', () => client.world.wasEntered('SlowLook') || run.has('tool_result'))
    await client.say(run, 'and this')
    await client.say(run, 'and that')
    client.world.open('SlowPay')
    await client.until('a result', () => run.has('tool_result'))
    client.world.open('SlowLook')
    await client.until('the second is heard', () => run.has('text', (data) => data.includes('and that')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: and that' })
    yield* inputsAfterResults(after, client.runs[0]!.id)
  },
}

function* inputsAfterResults(after: Parameters<Scenario['complaints']>[0], runId: string): Generator<string> {
  const types = eventsOf(after, runId).map(({ event }) => event.type)
  const heard = types.indexOf('user_input', types.indexOf('tool_call'))
  if (heard < types.lastIndexOf('tool_result')) yield `${runId} heard something between a call and its result`
}

export const slowTurnCancelled: Scenario = {
  name: 'turn-cancel-in-tool',
  setup: () => ({
    models: {
      agent: scripted({ Go: [{ text: 'Slowly.', tool_calls: [call('SlowPay'), call('Pay'), call('SlowLook')] }] }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('the tools run', () => client.world.wasEntered('SlowLook'))
    await client.say(run, 'never mind')
    await client.cancelTurn(run)
    client.world.open('SlowPay')
    client.world.open('SlowLook')
    await client.until('what was said is heard', () => run.has('text', (data) => data.includes('never mind')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: never mind' })
  },
}

export const speechCancelled: Scenario = {
  name: 'turn-cancel-in-speech',
  setup: () => ({ models: { agent: scripted({ Go: [{ text: 'I think that', hold: true }] }) } }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('it speaks', () => run.has('text'))
    await client.cancelTurn(run)
    await client.parked(run)
    await client.say(run, 'go on')
    await client.until('it goes on', () => run.has('text', (data) => data.includes('go on')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: go on' })
  },
}

export const agentCancelled: Scenario = {
  name: 'agent-cancel',
  setup: () => ({
    models: {
      agent: scripted({ Go: [{ text: 'Slowly.', tool_calls: [call('Pay'), call('SlowPay'), call('SlowLook')] }] }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('the tools run', () => client.world.wasEntered('SlowLook'))
    await client.say(run, 'too late')
    await client.cancelAgent(run)
    await client.ended(run)
    const next = await client.proceed(run, {
      segments: [{ role: 'user', content: [{ type: 'trusted-text', text: 'again' }] }],
    })
    await client.ended(next)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'cancelled' })
    yield* expectRun(after, client.runs[1], { status: 'completed', said: 'I heard: again' })
  },
}
