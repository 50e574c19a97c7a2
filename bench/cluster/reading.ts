import type { RuntimeOptions } from '../../e2e/fixtures/runtime-process.ts'
import { EventStream } from '../event-stream.ts'
import { otherThan, withReplicas } from './cluster.ts'

const runsAtOnce = 10
const words = 150
const delayMs = 25

const talker: RuntimeOptions = {
  config: { agents: { talker: { provider: 'scripted', model: 'talker', system_prompt: '' } } },
  scripts: {
    talker: {
      pace: { chunk_chars: 8, delay_ms: delayMs },
      scenes: [{ turns: [{ text: 'So it is'.repeat(words) }] }],
    },
  },
}

/**
 * By how many milliseconds each event reaches a reader at another replica later than one where the run is worked on,
 * who is told right after the commit.
 */
export function readersBehind(count: number): Promise<number[]> {
  return withReplicas(count, talker, async ({ replicas }) => {
    await Promise.all(replicas.map(({ url }) => behind(url, url)))
    const lags = Array.from({ length: runsAtOnce }, (_, n) => {
      const here = replicas[n % count]!
      return behind(here.url, otherThan(replicas, here).url)
    })
    return (await Promise.all(lags)).flat()
  })
}

async function behind(hereUrl: string, thereUrl: string): Promise<number[]> {
  const here = new EventStream(`${hereUrl}/v1/runs`, { agent: 'talker', prompt: 'Go' })
  const there = new EventStream(`${thereUrl}/v1/runs/${await here.runId()}/stream`)
  // What it finds in the log when it comes is not late.
  const { at: came } = await there.first(() => true)
  await Promise.all([here.nth('done'), there.nth('done')])
  const arrivedHere = new Map(here.events.map(({ id, at }) => [id, at]))
  return there.events
    .filter(({ id }) => id > 0 && arrivedHere.get(id)! > came)
    .map(({ id, at }) => at - arrivedHere.get(id)!)
}
