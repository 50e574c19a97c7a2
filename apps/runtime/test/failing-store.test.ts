import { rmSync } from 'node:fs'
import { LoomcycleClient } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { startRun } from '../src/engine/runs/start-run.ts'
import { operator } from '../src/ground/identity/principal.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { refuseWrites } from '../src/testing/broken-store.ts'
import { failingAt } from '../src/testing/failing-database.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { clientOf, converse, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { callerFor } from '../src/tools/caller.ts'

const trouble = 'The database cannot be written: attempt to write a readonly database'
const echo = () => ({ text: 'Heard.' })
const retryMs = 5_000

const health = async ({ url }: TestRuntime) => {
  const answer = await fetch(`${url}/healthz`)
  return { status: answer.status, ...((await answer.json()) as { ok: boolean; store: unknown }) }
}

const back = (runtime: TestRuntime) =>
  new Promise<void>((resolve) => runtime.ctx.db.health.follow((error) => error ?? resolve()))

/** Frames of a stream nobody resumes, as far as they have come. */
async function framesOf(url: string) {
  const abort = new AbortController()
  const answer = await fetch(url, { signal: abort.signal })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async until(what: string) {
      while (!text.includes(what)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended: ${text}`)
        text += value
      }
      return text
    },
    leave: () => abort.abort(),
  }
}

describe('a store that fails while the runtime is in use', () => {
  it('is said by the health check and by what needs it, and the rest goes on', async () => {
    const runtime = await startRuntime({ models: { echo } })
    const talk = converse(clientOf(runtime), 'echo', 'hi')
    await talk.until('awaiting_input')
    expect(await health(runtime)).toMatchObject({ status: 200, ok: true, store: { ok: true } })

    const mend = await refuseWrites(runtime.ctx.db)
    const started = clientOf(runtime).sendRunInput(talk.session.runId, 'again')
    await expect(started).rejects.toMatchObject({ status: 503, message: expect.stringContaining(trouble) })
    expect(await health(runtime)).toMatchObject({ status: 503, ok: false, store: { ok: false, error: trouble } })
    expect(await clientOf(runtime).getTranscript(talk.session.sessionId)).toBeDefined()

    await mend()
    await back(runtime)
    expect(await health(runtime)).toMatchObject({ status: 200, ok: true, store: { ok: true } })
    talk.leave()
  })

  it('is noticed on the stream of a run that works, which goes on where it was, and fills no log', async () => {
    const clock = createTestClock()
    const at = gate()
    const tool = gatedTool('Wait', at, { idempotent: true })
    const worker: ScriptedModel = ({ messages }) =>
      messages.some(({ role }) => role === 'assistant')
        ? { text: 'Done.', pace: { chunk_chars: 2000, delay_ms: 0 } }
        : { tool_calls: [{ name: 'Wait', input: {} }] }
    const runtime = await startRuntime({ clock, tools: [tool], models: { worker } })
    const talk = converse(clientOf(runtime), 'worker', 'go')
    await talk.until('tool_call')
    await at.entered
    const mend = await refuseWrites(runtime.ctx.db)
    at.open('ok')
    expect(await talk.until('notice')).toMatchObject({
      code: 'store_unavailable',
      text: expect.stringContaining(trouble),
    })
    const tryAgain = async () => {
      await runtime.ctx.engine.left(talk.session.runId)
      await clock.fire(retryMs)
    }
    for (let tries = 0; tries < 3; tries++) await tryAgain()
    await runtime.ctx.engine.left(talk.session.runId)
    await mend()
    await back(runtime)
    expect(await talk.until('notice')).toMatchObject({ code: 'store_available' })
    await tryAgain()
    await talk.until('awaiting_input')
    expect(talk.text()).toContain('Done.')
    expect(runtime.said).toEqual([])
    talk.leave()
  })

  it('is noticed on the feeds, and by whoever comes later', async () => {
    const runtime = await startRuntime({ models: { echo } })
    const talk = converse(clientOf(runtime), 'echo', 'hi')
    await talk.until('awaiting_input')
    const paths = ['/v1/_document/changes', '/v1/_memory/changes', '/v1/users/default/agents/stream']
    const early = await Promise.all(paths.map((path) => framesOf(runtime.url + path)))
    await refuseWrites(runtime.ctx.db)
    await runtime.ctx.db.proveWritable().catch(() => {})
    const late = await Promise.all(
      [...paths, `/v1/runs/${talk.session.runId}/stream`].map((path) => framesOf(runtime.url + path)),
    )
    for (const frames of [...early, ...late]) {
      expect(await frames.until('"code":"store_unavailable"')).toContain('event: notice\n')
      frames.leave()
    }
    talk.leave()
  })

  it('leaves a reader’s place as it was: coming back, it misses and repeats nothing', async () => {
    const runtime = await startRuntime({ models: { echo } })
    const talk = converse(new LoomcycleClient({ baseUrl: runtime.url }), 'echo', 'hi')
    const parked = await talk.until('awaiting_input')
    await refuseWrites(runtime.ctx.db)
    await runtime.ctx.db.proveWritable().catch(() => {})
    const frames = await framesOf(`${runtime.url}/v1/runs/${talk.session.runId}/stream?from_seq=${parked.seq}`)
    expect(await frames.until('event: notice')).toContain(`id: ${parked.seq}\nevent: notice`)
    expect((await talk.until('notice')).seq).toBeUndefined()
    expect(talk.session.awaitingInput).toBe(true)
    frames.leave()
    talk.leave()
  })
})

it('a run that could not be stored, or not even be planned, leaves its slot to the next', async () => {
  const concurrency = { maxConcurrentRuns: 1, maxQueueDepth: 0, queueTimeoutMs: 60_000, maxConcurrentRunsPerUser: 0 }
  const runtime = await startRuntime({ config: { concurrency }, models: { echo } })
  const talk = converse(clientOf(runtime), 'echo', 'hi')
  await talk.until('awaiting_input')
  const { runId, sessionId } = talk.session
  await runtime.ctx.engine.left(runId)
  const start = (db = runtime.ctx.db) =>
    startRun({ ...runtime.ctx, db }, callerFor(operator, 'api', new AbortController().signal), {
      ...{ agent: 'echo', session_id: sessionId, segments: say('again') },
    })
  await expect(start(failingAt(runtime.ctx.db, 'max(seq)'))).rejects.toMatchObject({ code: 'store_unavailable' })
  const mend = await refuseWrites(runtime.ctx.db)
  await expect(start()).rejects.toMatchObject({ code: 'store_unavailable' })
  await mend()
  await back(runtime)
  await expect(start()).resolves.toBeDefined()
  talk.leave()
})

it('a run cannot be started while the files are gone, and nothing of it is', async () => {
  const runtime = await startRuntime({ models: { echo } })
  const gone = { code: 'store_unavailable' }
  rmSync(runtime.ctx.config.dataDir, { recursive: true })
  const run = clientOf(runtime).interactiveSession({ agent: 'echo', segments: say('hi') })
  await expect(run.events().next()).rejects.toMatchObject({ status: 503 })
  const answer = await fetch(`${runtime.url}/v1/users/default/agents`)
  expect([answer.status, await answer.json()]).toMatchObject([503, gone])
  expect(await health(runtime)).toMatchObject({ status: 503 })
})
