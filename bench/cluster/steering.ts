import type { RuntimeOptions } from '../../e2e/fixtures/runtime-process.ts'
import { EventStream } from '../event-stream.ts'
import { post } from '../stream.ts'
import { otherThan, withReplicas } from './cluster.ts'

const warmUps = 20
const rounds = 200

/** Says something and comes to no end; whatever it is told then, it answers. */
export const holding: RuntimeOptions = {
  config: { agents: { holding: { provider: 'scripted', model: 'holding', system_prompt: '' } } },
  scripts: {
    holding: {
      scenes: [{ match: 'Wait', turns: [{ text: 'I am on it.', hold: true }] }, { turns: [{ text: 'So be it.' }] }],
    },
  },
}

export interface Steered {
  /** Milliseconds until an input was accepted, through any replica. */
  accepted: number[]
  /** Milliseconds until a turn was said to be stopped, through a replica that does not work on it, where there is one. */
  stopped: number[]
}

/** Speaks to runs in the middle of a turn, and stops them. */
export function steer(count: number): Promise<Steered> {
  return withReplicas(count, holding, async ({ replicas }) => {
    const accepted: number[] = []
    const stopped: number[] = []
    for (let round = 0; round < warmUps + rounds; round++) {
      const here = replicas[round % count]!
      const anywhere = replicas[Math.floor(Math.random() * count)]!
      const elsewhere = count > 1 ? otherThan(replicas, here) : here
      const stream = new EventStream(`${here.url}/v1/runs`, { agent: 'holding', prompt: 'Wait', interactive: true })
      const runId = await stream.runId()
      await stream.nth('text')
      const said = await timed(() => post(`${anywhere.url}/v1/runs/${runId}/input`, { text: 'And now?' }))
      const ended = await timed(() => post(`${elsewhere.url}/v1/runs/${runId}/cancel`, { reason: 'enough' }))
      await stream.nth('awaiting_input')
      stream.leave()
      if (round < warmUps) continue
      accepted.push(said)
      stopped.push(ended)
    }
    return { accepted, stopped }
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
