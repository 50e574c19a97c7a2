import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, scripted } from './models.ts'

/** The whole runtime is paused in the middle of things, and goes on. */
export const paused: Scenario = {
  name: 'pause-and-resume',
  setup: () => ({
    models: {
      agent: scripted({ Go: [{ tool_calls: [call('SlowPay'), call('SlowLook')] }, { text: 'Done.' }] }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('the tools run', () => client.world.wasEntered('SlowLook') || run.has('tool_result'))
    await client.pause()
    await client.say(run, 'meanwhile')
    client.world.open('SlowPay')
    client.world.open('SlowLook')
    await client.resume()
    await client.until('it is heard', () => run.has('text', (data) => data.includes('meanwhile')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: meanwhile' })
  },
}

/** A turn that the pause holds is stopped before anything goes on. */
export const heldTurnCancelled: Scenario = {
  name: 'turn-cancel-in-pause',
  setup: () => ({
    models: {
      agent: scripted({ Go: [{ tool_calls: [call('SlowLook')] }, { text: 'Done.' }] }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    await client.until('the tool runs', () => client.world.wasEntered('SlowLook') || run.has('tool_result'))
    await client.pause()
    await client.cancelTurn(run)
    await client.until('it is stopped', () => run.isParked)
    await client.say(run, 'never mind')
    client.world.open('SlowLook')
    await client.resume()
    await client.until('it is heard', () => run.has('text', (data) => data.includes('never mind')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 1)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: never mind' })
  },
}

/** One at a time: a run that waits for its children makes room for them. */
export const crowded: Scenario = {
  name: 'one-slot',
  setup: () => ({
    models: {
      parent: scripted({
        Go: [
          {
            tool_calls: [
              call('Agent', { op: 'parallel_spawn', spawns: ['x', 'y'].map((prompt) => ({ name: 'child', prompt })) }),
            ],
          },
          { text: 'All done.' },
        ],
      }),
      child: scripted({ x: [{ tool_calls: [call('Pay')] }, { text: 'x is done.' }] }),
    },
    config: {
      concurrency: { maxConcurrentRuns: 1, maxQueueDepth: 4, queueTimeoutMs: 1000, maxConcurrentRunsPerUser: 0 },
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'parent', prompt: 'Go' })
    const other = await client.start({ agent: 'child', prompt: 'z', interactive: true })
    await client.ended(run)
    await client.parked(other)
    await client.say(other, 'again')
    await client.until('it is heard', () => other.has('text', (data) => data.includes('again')))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 4)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'All done.' })
    yield* expectRun(after, client.runs[1], { status: 'running', phase: 'parked', said: 'I heard: again' })
  },
}

/** A one-shot run ends with its caller, an interactive one does not. */
export const left: Scenario = {
  name: 'caller-leaves',
  setup: () => ({
    models: {
      agent: scripted({
        Go: [{ tool_calls: [call('SlowLook')] }, { text: 'Done.' }],
        'Go on': [{ tool_calls: [call('SlowLook')] }, { text: 'And on', hold: true }],
      }),
    },
  }),
  async play(client) {
    const one = await client.start({ agent: 'agent', prompt: 'Go on' })
    const two = await client.start({ agent: 'agent', prompt: 'Go', interactive: true })
    one.leave()
    await client.undisturbed(60_000)
    client.world.open('SlowLook')
    await client.parked(two)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'cancelled' })
    yield* expectRun(after, client.runs[1], { status: 'running', phase: 'parked', said: 'Done.' })
  },
}

export const batched: Scenario = {
  name: 'batch',
  setup: () => ({ models: { agent: scripted({ a: [{ tool_calls: [call('Pay')] }, { text: 'a is done.' }] }) } }),
  async play(client) {
    await client.batch({ spawns: ['a', 'b', 'b'].map((prompt) => ({ agent: 'agent', prompt })) })
    await client.later(60_000)
  },
  *complaints(after) {
    yield* expectRuns(after, 3)
    for (const run of after.runs) if (run.status !== 'completed') yield `${run.id} of the batch is ${run.status}`
  },
}
