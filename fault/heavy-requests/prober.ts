import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import type { Heavy } from './ask.ts'

/** What somebody asks for who asks for little. */
export interface Questions {
  read: Heavy
  /** One after another. */
  writes: readonly Heavy[]
  /** Waited for until the first of its answer is there. */
  start?: Heavy
  /** Between one and the next of a kind. */
  pauseMs?: number
}

/** Who one is, and a value of one's own. */
const usualQuestions: Questions = {
  read: { path: '/v1/_me' },
  writes: Array.from({ length: 100 }, (_, n) => ({
    method: 'PUT',
    path: '/v1/_memory/scopes/user/prober/keys/probe',
    body: JSON.stringify({ value: `${n}` }),
  })),
}

/** How long somebody waited each time who asks for little while others ask for much, in milliseconds. */
export interface Probe {
  reads: number[]
  writes: number[]
  starts: number[]
  /** Answers that were none. */
  refused: string[]
}

export interface Probed {
  probe: Probe
  /** What the process held before, and the most that it held at once. */
  beforeMb: number
  peakMb: number
  /** The longest step of its event loop, in milliseconds of its own processor time; a busy machine makes no difference. */
  longestStep: number
}

/** For the environment of a runtime that is to be probed. */
export const watchingSteps = {
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'longest-step.mjs'))}`,
}

/**
 * Asks a cheap question and writes a small value every few milliseconds while the work is going on. The asking has a
 * thread of its own, so that reading large answers in this one does not look like waiting. Linux only.
 */
export async function probedWhile(
  runtime: RuntimeProcess,
  work: () => Promise<unknown>,
  questions = usualQuestions,
): Promise<Probed> {
  const workerData = { url: runtime.url, questions }
  const thread = new Worker(new URL('./prober-thread.ts', import.meta.url), { workerData })
  try {
    await once(thread, 'message')
    // From here on the kernel counts the peak anew.
    writeFileSync(`/proc/${runtime.pid}/clear_refs`, '5')
    const beforeMb = megabytes(runtime, 'VmRSS')
    await askLongestStep(runtime)
    await work()
    const peakMb = megabytes(runtime, 'VmHWM')
    const longestStep = await askLongestStep(runtime)
    thread.postMessage('stop')
    const [probe] = (await once(thread, 'message')) as [Probe]
    return { probe, beforeMb, peakMb, longestStep }
  } finally {
    await thread.terminate()
  }
}

async function askLongestStep(runtime: RuntimeProcess): Promise<number> {
  const lines = () => [...runtime.output().matchAll(/^longest-step (.+)$/gm)]
  const before = lines().length
  process.kill(runtime.pid, 'SIGUSR2')
  while (lines().length === before) await sleep(5)
  return Number(lines().at(-1)![1])
}

function megabytes({ pid }: RuntimeProcess, what: 'VmRSS' | 'VmHWM'): number {
  const [, kb] = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) / 1024
}
