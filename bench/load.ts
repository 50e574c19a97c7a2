import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  type RuntimeOptions,
  type RuntimeProcess,
  type ScriptTurn,
  startRuntime,
} from '../e2e/fixtures/runtime-process.ts'
import { readStream } from './stream.ts'

/** An agent that makes so many turns of so many parallel tool calls, as fast as it can. */
export function busyAgent(turns: number, callsPerTurn: number): RuntimeOptions {
  const script = Array.from(
    { length: turns },
    (_, turn): ScriptTurn => ({
      thinking: 'Thinking about it.',
      text: 'Looking into it.',
      tool_calls: Array.from({ length: callsPerTurn }, (_, call) => ({
        // Ids that the script would otherwise make from its history, which is not what is measured here.
        id: `call_${turn}_${call}`,
        name: 'Context',
        input: { op: 'self' },
      })),
    }),
  )
  return {
    config: {
      concurrency: { max_concurrent_runs: 1000 },
      agents: { busy: { provider: 'scripted', model: 'busy', system_prompt: '', max_iterations: turns + 1 } },
    },
    scripts: { busy: { scenes: [{ turns: [...script, { text: 'Done.' }] }] } },
  }
}

export interface Load {
  runs: number
  seconds: number
  events: number
}

/** Keeps so many runs going at once until all are done, each read to its end; counts what is in the database then. */
export async function loadRuntime(options: RuntimeOptions, runs: number, atOnce: number): Promise<Load> {
  const runtime = await startRuntime(options)
  try {
    await runBusy([runtime.url], atOnce, atOnce)
    const before = countEvents(runtime)
    const started = performance.now()
    await runBusy([runtime.url], runs, atOnce)
    const seconds = (performance.now() - started) / 1000
    return { runs, seconds, events: countEvents(runtime) - before }
  } finally {
    await runtime.stop()
  }
}

/** Has runs of a `busyAgent` go on, so many at once, at these runtimes in turns; each is read to its end. */
export async function runBusy(urls: readonly string[], runs: number, atOnce: number): Promise<void> {
  let left = runs
  const worker = async () => {
    while (left-- > 0) {
      const body = { agent: 'busy', prompt: 'Go' }
      const { text } = await readStream({ url: `${urls[left % urls.length]}/v1/runs`, method: 'POST', body })
      if (!text.includes('event: done')) throw new Error(`a run did not come to its end:\n${text.slice(-500)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

function countEvents(runtime: RuntimeProcess): number {
  const db = new DatabaseSync(join(runtime.dataDir, 'loomcycle.db'), { readOnly: true })
  const { count } = db.prepare('select count(*) as count from events').get() as { count: number }
  db.close()
  return count
}
