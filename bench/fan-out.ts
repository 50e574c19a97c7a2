import { type ClientRequest, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atLeast, atMost, type Benchmark, median } from './benchmark.ts'
import { openConversation } from './conversation.ts'
import { residentMiB } from './resident.ts'
import { post } from './stream.ts'

const readers = 1000
const calls = 200
const bursts = 3

const burst = Array.from({ length: calls }, (_, call) => ({ id: `c${call}`, name: 'Context', input: { op: 'time' } }))

/** One run, a thousand readers: what a frame costs when everybody wants it, and what a reader costs who only waits. */
export const fanOut: Benchmark = {
  name: 'fan-out',
  async run() {
    const runtime = await startRuntime({
      config: { agents: { loud: { provider: 'scripted', model: 'loud' } } },
      scripts: {
        loud: {
          scenes: [{ match: 'go', turns: [{ tool_calls: burst }, { text: 'Done.' }] }, { turns: [{ text: 'Hi.' }] }],
        },
      },
    })
    const open: Reader[] = []
    try {
      const talk = await openConversation(runtime.url, 'loud')
      const before = residentMiB(runtime.pid)
      for (let i = 0; i < readers; i++) open.push(await attach(`${runtime.url}/v1/runs/${talk.runId}/stream`))
      await sleep(2000)
      const perReader = ((residentMiB(runtime.pid) - before) * 1024) / readers

      const rates: number[] = []
      for (let i = 0; i < bursts; i++) {
        const all = Promise.all(open.map((reader) => reader.burst()))
        const started = performance.now()
        await post(`${runtime.url}/v1/runs/${talk.runId}/input`, { text: `go ${i}` })
        const frames = (await all).reduce((sum, count) => sum + count, 0)
        rates.push(frames / ((performance.now() - started) / 1000))
      }
      talk.leave()
      return [
        atLeast(`frames to ${readers} readers of one run`, median(rates), 150_000, 'frames/s'),
        atMost('memory of an attached reader who waits', perReader, 30, 'KB'),
      ]
    } finally {
      for (const reader of open) reader.leave()
      await runtime.stop()
    }
  },
}

interface Reader {
  /** Resolves to the number of frames that came until the run waited for input again. */
  burst(): Promise<number>
  leave(): void
}

const frameEnd = Buffer.from('\n\n')
const parked = Buffer.from('event: awaiting_input')

function attach(url: string): Promise<Reader> {
  return new Promise((resolve, reject) => {
    let frames = 0
    let onParked: ((frames: number) => void) | undefined
    const reader: Reader = {
      burst() {
        frames = 0
        return new Promise<number>((done) => {
          onParked = done
        })
      },
      leave: () => sent.destroy(),
    }
    const sent: ClientRequest = request(url, { agent: false }, (response) => {
      response.on('error', () => {})
      response.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf(frameEnd); at >= 0; at = chunk.indexOf(frameEnd, at + 2)) frames++
        if (!chunk.includes(parked)) return
        if (onParked) onParked(frames)
        else resolve(reader)
      })
    })
    sent.once('error', reject)
    sent.end()
  })
}
