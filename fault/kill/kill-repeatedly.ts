import { setTimeout as sleep } from 'node:timers/promises'
import { mostTries } from '../../apps/runtime/src/engine/work/giving-up.ts'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import type { Random } from '../random.ts'
import { inDatabaseOf } from './afterwards.ts'

const shortestLifeMs = 20
const longestLifeMs = 700
const lookAgainMs = 50
/** A run is given up when it is taken up `mostTries` times without getting anywhere: near that, its process lives on. */
const tooManyTries = mostTries - 2

/** `onKilled` looks at what was left, before the next process does. */
export async function killRepeatedly(
  runtime: RuntimeProcess,
  random: Random,
  count: number,
  { over, onKilled }: { over: AbortSignal; onKilled?: () => void },
): Promise<number> {
  let kills = 0
  while (kills < count && !over.aborted) {
    await sleep(random.between(shortestLifeMs, longestLifeMs))
    while (!over.aborted && (await isNearItsEnd(runtime))) await sleep(lookAgainMs)
    await runtime.kill()
    onKilled?.()
    await runtime.restart()
    kills++
    if (kills % 50 === 0) console.log(`  ${kills} kills`)
  }
  return kills
}

async function isNearItsEnd(runtime: RuntimeProcess): Promise<boolean> {
  const sql = "select 1 from runs where status = 'running' and phase in ('queued', 'working') and tries >= ?"
  return inDatabaseOf(runtime, async (db) => db.prepare(sql).get(tooManyTries) !== undefined)
}
