import { setTimeout as sleep } from 'node:timers/promises'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import type { Random } from '../random.ts'

const shortestLifeMs = 20
const longestLifeMs = 700
/**
 * A run is given up when it was taken up `mostTries` times without finishing a turn. Most lives are shorter than a turn,
 * so that now and then one has to be long enough for everybody's, one after the other.
 */
const longLifeEvery = 6
const longLifeMs = 2000

/** `onKilled` looks at what was left, before the next process does. */
export async function killRepeatedly(
  runtime: RuntimeProcess,
  random: Random,
  count: number,
  { over, onKilled }: { over: AbortSignal; onKilled?: () => void },
): Promise<number> {
  let kills = 0
  while (kills < count && !over.aborted) {
    const lifeMs = random.between(shortestLifeMs, longestLifeMs)
    await sleep((kills + 1) % longLifeEvery === 0 ? longLifeMs : lifeMs)
    await runtime.kill()
    onKilled?.()
    await runtime.restart()
    kills++
    if (kills % 50 === 0) console.log(`  ${kills} kills`)
  }
  return kills
}
