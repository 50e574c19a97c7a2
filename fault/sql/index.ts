import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Fault, Outcome } from '../fault.ts'
import { throughTheDoor } from './door.ts'
import { type Tally, trial } from './trial.ts'
import { makeTwins, type Twins } from './twins.ts'

const usualCount = 1_000_000
/** Over HTTP and in the sandbox's own processes; the rest is asked of the layers in this process. */
const shareOfTheDoor = 200

/** SQL that somebody wrote to see what is not theirs: each layer alone, and all together, over rows of everybody. */
export const sql: Fault = {
  name: 'sql',
  async run({ seed, only, count = usualCount }) {
    const twins = await makeTwins()
    try {
      if (only !== undefined) return outcomesOf([one(twins, only)])
      const outcomes = outcomesOf(await onEveryCore(twins, seed, count))
      const door = await throughTheDoor(seed, Math.ceil(count / shareOfTheDoor))
      return [
        {
          what: 'copies of the same rows',
          tried: 'beside different rows of others',
          violations: twins.complaints.map((what) => ({ case: 'copies', what })),
        },
        ...outcomes,
        {
          what: 'through the door',
          tried: `${Math.ceil(count / shareOfTheDoor)} statements, ${door.answered} answered`,
          violations: door.violations,
        },
      ]
    } finally {
      twins.remove()
    }
  },
}

function one(twins: Twins, only: string): Tally {
  const [seed, at] = only.split('@').map(Number) as [number, number]
  return trial(twins, { seed, from: at, to: at + 1 })
}

function onEveryCore(twins: Twins, seed: number, count: number): Promise<Tally[]> {
  const threads = availableParallelism()
  const each = Math.ceil(count / threads)
  const { remove: _, ...plain } = twins
  return Promise.all(
    Array.from({ length: threads }, (_, i) => {
      const range = { seed, from: i * each, to: Math.min(count, (i + 1) * each) }
      const worker = new Worker(join(import.meta.dirname, 'trial-thread.ts'), { workerData: { twins: plain, range } })
      return new Promise<Tally>((resolve, reject) => worker.once('message', resolve).once('error', reject))
    }),
  )
}

function outcomesOf(tallies: Tally[]): Outcome[] {
  const sum = (what: Exclude<keyof Tally, 'violations'>) => tallies.reduce((total, tally) => total + tally[what], 0)
  const tried =
    `${sum('statements')} statements; the copy alone answered ${sum('answered')}, the parser alone refused ` +
    `${sum('refused')} and let ${sum('answeredOnAll')} be answered on all rows, the authorizer alone gave away ${sum('pastAuthorizer')}`
  return [{ what: 'each layer alone', tried, violations: tallies.flatMap(({ violations }) => violations) }]
}
