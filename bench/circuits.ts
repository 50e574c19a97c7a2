import { type RuntimeOptions, type RuntimeProcess, startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { askLoopDelay, type LoopDelay, measuringLoopDelay } from './asked-loop-delay.ts'
import { atLeast, atMost, type Benchmark, type Measurement, percentile } from './benchmark.ts'
import { readStream } from './stream.ts'

const circuitsPerUser = 20
const agents = ['researcher', 'editor', 'evaluator']

export const circuits: Benchmark = {
  name: 'circuits',
  async run() {
    return [...describe(await runCircuits(200, 0)), ...describe(await runCircuits(200, 0.15))]
  },
}

interface CircuitLoad {
  circuits: number
  rate429: number
  completed: number
  seconds: number
  /** From the start of a circuit to the end of its last run, in milliseconds. */
  latencies: number[]
  loopDelay: LoopDelay
  failures: string[]
}

/** All circuits at once; each is three agents of one user that meet through channels and memory. */
async function runCircuits(count: number, rate429: number): Promise<CircuitLoad> {
  const runtime = await startRuntime(options(rate429))
  try {
    await circuit(runtime, 0)
    await askLoopDelay(runtime)
    const latencies: number[] = []
    const failures: string[] = []
    const started = performance.now()
    await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        try {
          await circuit(runtime, i + 1)
          latencies.push(performance.now() - started)
        } catch (error) {
          failures.push((error as Error).message)
        }
      }),
    )
    const seconds = (performance.now() - started) / 1000
    return {
      circuits: count,
      rate429,
      completed: latencies.length,
      seconds,
      latencies,
      loopDelay: await askLoopDelay(runtime),
      failures,
    }
  } finally {
    await runtime.stop()
  }
}

async function circuit(runtime: RuntimeProcess, n: number) {
  const user_id = `user_${Math.floor(n / circuitsPerUser)}`
  const body = { prompt: `Work on circuit c${n}.`, user_id }
  await Promise.all(
    agents.map(async (agent) => {
      const { text } = await readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body: { ...body, agent } })
      const refused = /"text":"([^\n]*)","is_error":true/.exec(text)
      if (refused) throw new Error(`a call of ${agent} was refused: ${refused[1]}`)
      if (!text.includes('event: done')) throw new Error(`${agent} did not come to its end: ${text.slice(-300)}`)
    }),
  )
}

function options(rate429: number): RuntimeOptions {
  const agent = (model: string, publish: string[], subscribe: string[]) => ({
    provider: 'mock',
    model,
    system_prompt: '',
    tools: ['Memory', 'Channel', 'Evaluation'],
    memory_scopes: ['user'],
    channels: { publish, subscribe },
    evaluation_scopes: ['submit_any'],
    retry_attempts: 5,
  })
  return {
    config: {
      agents: {
        researcher: agent('mock-researcher', ['research-done/*'], []),
        editor: agent('mock-editor', ['editing-done/*'], ['research-done/*']),
        evaluator: agent('mock-evaluator', [], ['editing-done/*']),
      },
      channels: { 'research-done/*': { scope: 'user' }, 'editing-done/*': { scope: 'user' } },
      concurrency: { max_concurrent_runs: 2000, max_queue_depth: 30_000, queue_timeout_ms: 600_000 },
    },
    env: {
      LOOMCYCLE_MOCK_ENABLED: '1',
      LOOMCYCLE_MOCK_429_RATE: String(rate429),
      ...measuringLoopDelay,
    },
  }
}

function describe(load: CircuitLoad): Measurement[] {
  const { circuits: count, rate429, completed, seconds, latencies, loopDelay } = load
  const name = `${count} circuits at once${rate429 ? `, ${rate429 * 100} % of calls refused` : ''}`
  const shown = (percent: number) => `${Math.round(percentile(latencies, percent))}`
  return [
    atLeast(`${name}: complete`, (100 * completed) / count, 100, '%'),
    atLeast(`${name}: rate`, completed / seconds, 0, 'circuits/s'),
    {
      what: `${name}: p50 / p95 / p99 / max`,
      value: `${shown(50)} / ${shown(95)} / ${shown(99)} / ${shown(100)} ms`,
    },
    atMost(`${name}: event-loop delay p99`, loopDelay.p99, 20, 'ms'),
  ]
}

// By itself: node bench/circuits.ts 1000 0.15
if (process.argv[1] === import.meta.filename) {
  const [count = '200', rate429 = '0'] = process.argv.slice(2)
  const load = await runCircuits(Number(count), Number(rate429))
  for (const { what, value, target } of describe(load)) console.log(`${what}: ${value}  ${target?.limit ?? ''}`)
  console.log(`loop delay: ${JSON.stringify(load.loopDelay)}`)
  for (const failure of load.failures.slice(0, 5)) console.log(failure)
}
