import { describe, expect, it } from 'vitest'
import { connectAndAbort, halfOpen, neverRead, startAndAbort } from '../../../fault/abuse/abuses.ts'
import { Random } from '../../../fault/random.ts'
import { followRun } from '../src/engine/log/follow-run.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const saying =
  (text: string, hold = false): ScriptedModel =>
  () => ({ text, hold, pace: { chunk_chars: 2000, delay_ms: 0 } })

const patient = { timeout: 20_000 }

describe('clients that misbehave', { timeout: 60_000 }, () => {
  it('leave nobody who follows, however they went away', async () => {
    const runtime = await startRuntime({ models: { brief: saying('Briefly.') } })
    const talk = converse(clientOf(runtime), 'brief', 'go')
    await talk.until('awaiting_input')
    const { runId } = talk.session
    talk.leave()
    await connectAndAbort(runtime.url, runId, 300, new Random(7))
    await halfOpen(runtime.url, runId, 5)
    await expect.poll(() => runtime.ctx.publisher.followersOf(runId), patient).toBe(0)
  })

  it('end their one-shot runs by going away', async () => {
    const runtime = await startRuntime({ models: { endless: saying('On and on', true) } })
    await startAndAbort(runtime.url, 'endless', 40)
    await expect.poll(() => runtime.ctx.engine.workingCount, patient).toBe(0)
    expect(runtime.ctx.slots.stats()).toMatchObject({ active: 0, queued: 0, per_user: {} })
    const rows = await runtime.ctx.db.all<{ status: string }>('select distinct status from runs', [])
    expect(rows.map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('hold a small part of the log when they do not read, however long its rows are', async () => {
    const runtime = await startRuntime({ models: { echo: saying('Heard.') } })
    const talk = converse(clientOf(runtime), 'echo', 'x'.repeat(100_000))
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session
    for (let n = 0; n < 20; n++) {
      await clientOf(runtime).sendRunInput(runId, 'x'.repeat(100_000))
      await talk.until('awaiting_input')
    }
    const pages: number[] = []
    const gone = new AbortController()
    const sink = {
      closed: gone.signal,
      isBehind: false,
      write: (bytes: string | Buffer) => void pages.push(bytes.length),
      drained: async () => {},
    }
    const { db, publisher } = runtime.ctx
    const followed = followRun(sink, { db, publisher, sessionId, runId, afterSeq: 0, hasEnded: async () => false })
    await expect.poll(() => pages.reduce((sum, bytes) => sum + bytes, 0), patient).toBeGreaterThan(2_100_000)
    expect(Math.max(...pages)).toBeLessThan(512 * 1024)
    gone.abort()
    await followed
  })

  it('keep nobody else from reading when they do not read', async () => {
    const runtime = await startRuntime({ models: { flood: saying('More than anybody wants. '.repeat(20_000)) } })
    const talk = converse(clientOf(runtime), 'flood', 'go')
    await talk.until('awaiting_input')
    const { runId } = talk.session
    const deaf = await neverRead(runtime.url, runId, 5)
    await expect.poll(() => runtime.ctx.publisher.followersOf(runId), patient).toBe(6)
    await clientOf(runtime).sendRunInput(runId, 'again')
    await talk.until('awaiting_input')
    for (const socket of deaf) socket.destroy()
    talk.leave()
    await expect.poll(() => runtime.ctx.publisher.followersOf(runId), patient).toBe(0)
  })
})
