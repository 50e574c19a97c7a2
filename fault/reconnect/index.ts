import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault } from '../fault.ts'
import { Random } from '../random.ts'
import { aFinishedRun, type CutOf, followUnderCut, once, readAll, replayUnderCut } from './reconnect.ts'
import { teller } from './teller.ts'

const byteCuts = 200
/** As many as may be at work in the runtime. */
const liveAtOnce = 8

/** The client's stream is cut, at every frame and at many bytes, and it comes back by itself. */
export const reconnect: Fault = {
  name: 'reconnect',
  async run({ seed, count = byteCuts }) {
    const random = new Random(seed)
    const agent = { provider: 'scripted', model: 'teller', system_prompt: 'You tell.' }
    const runtime = await startRuntime({ config: { agents: { teller: agent } }, scripts: { teller } })
    try {
      const { url } = runtime
      const { runId, undisturbed, frames } = await aFinishedRun(url)
      const places = Array.from({ length: frames + 1 }, (_, after) => after)
      const bytes = Buffer.byteLength(undisturbed)
      const offsets = Array.from({ length: count }, () => random.between(0, bytes))
      const strides = [1, 2, 3, 5, 8]
      const cutReplay = (name: string, cutOf: CutOf) => ({
        name,
        read: () => replayUnderCut(url, runId, undisturbed, cutOf),
      })
      const cutLive = (name: string, cutOf: CutOf) => ({ name, read: () => followUnderCut(url, name, cutOf) })
      return [
        await readAll(
          `replay of ${frames} frames, cut at each`,
          places.map((after) => cutReplay(`frame ${after}`, once({ after, unit: 'frames' }))),
          1,
        ),
        await readAll(
          'replay, cut at some bytes',
          offsets.map((after) => cutReplay(`byte ${after}`, once({ after, unit: 'bytes' }))),
          1,
        ),
        await readAll(
          'replay, cut again and again',
          strides.map((n) => cutReplay(`every ${n}`, () => ({ after: n + 1, unit: 'frames' }))),
          1,
        ),
        await readAll(
          'live, cut at each frame',
          places.map((after) => cutLive(`frame ${after}`, once({ after, unit: 'frames' }))),
          liveAtOnce,
        ),
        await readAll(
          'live, cut again and again',
          strides.map((n) =>
            cutLive(`every ${n}`, (connection) => ({ after: n + (connection === 0 ? 3 : 1), unit: 'frames' })),
          ),
          liveAtOnce,
        ),
      ]
    } finally {
      await runtime.stop()
    }
  },
}
