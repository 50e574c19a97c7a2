import { type Aftermath, eventsOf } from '../aftermath.ts'
import type { Scenario } from '../scenario.ts'
import { expectRun, expectRuns } from './expect.ts'
import { call, scripted } from './models.ts'

const spawn = (name: string, prompt: string) => call('Agent', { op: 'spawn', name, prompt })
const spawnAll = (...spawns: { name: string; prompt: string }[]) => call('Agent', { op: 'parallel_spawn', spawns })

/** The results of its spawning calls, as the model was shown them. */
function answersTo(after: Aftermath, runId: string): string[] {
  return eventsOf(after, runId).flatMap(({ event }) =>
    event.type === 'tool_result' && event.tool_use.name === 'Agent' ? [event.text] : [],
  )
}

/** A child of a child; the grandchild uses a tool. */
export const spawning: Scenario = {
  name: 'spawn',
  setup: () => ({
    models: {
      parent: scripted({ Go: [{ tool_calls: [spawn('child', 'Ask on'), call('Pay')] }, { text: 'All done.' }] }),
      child: scripted({ 'Ask on': [{ tool_calls: [spawn('grandchild', 'Pay')] }, { text: 'My child is done.' }] }),
      grandchild: scripted({ Pay: [{ tool_calls: [call('Pay')] }, { text: 'Paid.' }] }),
    },
  }),
  async play(client) {
    await client.ended(await client.start({ agent: 'parent', prompt: 'Go' }))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 3)
    yield* expectRun(after, client.runs[0], { status: 'completed', said: 'All done.' })
    const [answer, ...more] = answersTo(after, client.runs[0]!.id)
    if (more.length > 0 || !answer?.endsWith('My child is done.')) yield `the parent was told ${answer} ${more}`
  },
}

export const parallelSpawning: Scenario = {
  name: 'parallel-spawn',
  setup: () => ({
    models: {
      parent: scripted({
        Go: [
          {
            tool_calls: [
              spawnAll(
                ...['a', 'b', 'c'].map((prompt) => ({ name: 'child', prompt })),
                { name: 'nobody', prompt: 'd' },
                { name: 'failing', prompt: 'e' },
                { name: 'child', prompt: 'f' },
              ),
            ],
          },
          { text: 'All done.' },
        ],
      }),
      child: scripted({ b: [{ tool_calls: [call('Pay'), call('Look')] }, { text: 'I heard: b' }] }),
      failing: () => ({ error: { message: 'out of order' } }),
    },
    agents: { parent: { maxConcurrentChildren: 2 } },
  }),
  async play(client) {
    await client.parked(await client.start({ agent: 'parent', prompt: 'Go', interactive: true }))
  },
  *complaints(after, client) {
    yield* expectRuns(after, 6)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'All done.' })
    const [answer, ...more] = answersTo(after, client.runs[0]!.id)
    const told = (JSON.parse(answer ?? '{}').results ?? []) as { index: number; ok: boolean; output?: string }[]
    const shown = told.map(({ index, ok, output }) => `${index}${ok ? output?.slice(-1) : '!'}`).join(' ')
    if (more.length > 0 || shown !== '0a 1b 2c 3! 4! 5f') yield `the parent was told ${shown}`
  },
}

/** Ended while it waits for its children: they end with it. */
export const cascade: Scenario = {
  name: 'cancel-cascade',
  setup: () => ({
    models: {
      parent: scripted({
        Go: [{ tool_calls: [spawnAll({ name: 'child', prompt: 'x' }, { name: 'child', prompt: 'y' })] }],
      }),
      child: scripted({ x: [{ tool_calls: [call('SlowPay')] }], y: [{ tool_calls: [spawn('grandchild', 'z')] }] }),
      grandchild: () => ({ text: 'I go on', hold: true }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'parent', prompt: 'Go', interactive: true })
    await client.until(
      'all are at work',
      async () =>
        (await client.count('waiting')) === 2 && (await client.count('working')) + (await client.count('ended')) === 2,
    )
    await client.cancelAgent(run)
    await client.ended(run)
  },
  *complaints(after, client) {
    yield* expectRun(after, client.runs[0], { status: 'cancelled' })
  },
}

/** The turn is cancelled while it waits: the children end, and the parent can be spoken to. */
export const waitCancelled: Scenario = {
  name: 'turn-cancel-in-wait',
  setup: () => ({
    models: {
      parent: scripted({ Go: [{ tool_calls: [spawn('child', 'x'), call('Pay')] }] }),
      child: scripted({ x: [{ tool_calls: [call('SlowPay')] }] }),
    },
  }),
  async play(client) {
    const run = await client.start({ agent: 'parent', prompt: 'Go', interactive: true })
    await client.until(
      'the child runs',
      async () => client.world.wasEntered('SlowPay') || run.isParked || (await client.count('ended')) > 0,
    )
    await client.cancelTurn(run)
    await client.parked(run)
    await client.say(run, 'and now')
    await client.until('it is heard', () => run.has('text', (data) => data.includes('and now')))
    await client.parked(run)
  },
  *complaints(after, client) {
    yield* expectRuns(after, 2)
    yield* expectRun(after, client.runs[0], { status: 'running', phase: 'parked', said: 'I heard: and now' })
  },
}
