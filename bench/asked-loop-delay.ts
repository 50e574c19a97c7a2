import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { RuntimeProcess } from '../e2e/fixtures/runtime-process.ts'

/** In milliseconds. */
export interface LoopDelay {
  p50: number
  p99: number
  max: number
}

/** For the environment of a runtime that is to measure itself: nothing outside of it can see how long its event loop is held up. */
export const measuringLoopDelay = {
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'loop-delay.mjs'))}`,
}

/** Asks the runtime for what it has measured since it was last asked. */
export async function askLoopDelay(runtime: RuntimeProcess): Promise<LoopDelay> {
  const lines = () => [...runtime.output().matchAll(/^loop-delay (.+)$/gm)]
  const before = lines().length
  process.kill(runtime.pid, 'SIGUSR2')
  while (lines().length === before) await sleep(10)
  return JSON.parse(lines().at(-1)![1]!)
}
