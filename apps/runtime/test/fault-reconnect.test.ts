import { describe, expect, it } from 'vitest'
import { Random } from '../../../fault/random.ts'
import {
  aFinishedRun,
  type CutOf,
  followUnderCut,
  once,
  readAll,
  replayUnderCut,
} from '../../../fault/reconnect/reconnect.ts'
import { teller } from '../../../fault/reconnect/teller.ts'
import { scriptedModel } from '../src/models/providers/scripted/from-script.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

describe('a client whose stream is cut', { timeout: 60_000 }, () => {
  it('has the same conversation, wherever that was', async () => {
    const { url } = await startRuntime({ models: { teller: scriptedModel(teller) } })
    const { runId, undisturbed, frames } = await aFinishedRun(url)
    expect(frames).toBeGreaterThan(20)
    const random = new Random(7)
    const replay = (name: string, cutOf: CutOf) => ({
      name,
      read: () => replayUnderCut(url, runId, undisturbed, cutOf),
    })
    const cuts = [
      ...Array.from({ length: frames + 1 }, (_, after) => replay(`frame ${after}`, once({ after, unit: 'frames' }))),
      ...Array.from({ length: 40 }, () => random.between(0, Buffer.byteLength(undisturbed))).map((after) =>
        replay(`byte ${after}`, once({ after, unit: 'bytes' })),
      ),
      ...[1, 2, 5].map((n) => replay(`every ${n}`, () => ({ after: n + 1, unit: 'frames' }))),
    ]
    expect((await readAll('replays', cuts, 4)).violations).toEqual([])
  })

  it('has it too when it reads along', async () => {
    const { url } = await startRuntime({ models: { teller: scriptedModel(teller) } })
    const live = (name: string, cutOf: CutOf) => ({ name, read: () => followUnderCut(url, name, cutOf) })
    const cuts = [
      ...[0, 1, 2, 3, 9, 20].map((after) => live(`frame ${after}`, once({ after, unit: 'frames' }))),
      live('every frame', (connection) => ({ after: connection === 0 ? 4 : 2, unit: 'frames' })),
    ]
    expect((await readAll('live', cuts, 8)).violations).toEqual([])
  })
})
