import { setTimeout as sleep } from 'node:timers/promises'
import { type RuntimeProcess, startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, percentile } from './benchmark.ts'
import { readStream } from './stream.ts'

const wakes = 100

/** From a publish that is sent to the message in the log of the suspended run that waited for it. */
export const channelWake: Benchmark = {
  name: 'channel-wake',
  async run() {
    const runtime = await startRuntime({
      config: {
        agents: {
          waiting: {
            provider: 'scripted',
            model: 'waiting',
            system_prompt: '',
            tools: ['Channel'],
            channels: { subscribe: ['bell'] },
          },
        },
        channels: { bell: {} },
      },
      scripts: {
        waiting: {
          scenes: [
            {
              turns: [
                { tool_calls: [{ name: 'Channel', input: { op: 'subscribe', channel: 'bell', wait_ms: 60_000 } }] },
                { text: 'Heard.' },
              ],
            },
          ],
        },
      },
    })
    try {
      const times: number[] = []
      for (let i = 0; i < wakes; i++) times.push(await wake(runtime))
      return [
        atMost(`publish to a waiting run’s message, p50 of ${wakes}`, median(times), 20, 'ms'),
        atMost(`publish to a waiting run’s message, p99 of ${wakes}`, percentile(times, 99), 20, 'ms'),
      ]
    } finally {
      await runtime.stop()
    }
  },
}

async function wake(runtime: RuntimeProcess): Promise<number> {
  const started = performance.now()
  const body = { agent: 'waiting', prompt: 'Wait' }
  const heard = readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body }, 'event: channel_delivery')
  while (!(await isWaiting(runtime))) await sleep(5)
  const rung = performance.now() - started
  await readStream({ url: `${runtime.url}/v1/_channels/bell/publish`, method: 'POST', body: { payload: 'ring' } })
  const { firstAfter } = await heard
  return firstAfter - rung
}

async function isWaiting(runtime: RuntimeProcess): Promise<boolean> {
  const { text } = await readStream({ url: `${runtime.url}/v1/users/default/agents` })
  return text.includes('"awaited_state":"channel"')
}
