import { expect, it } from 'vitest'
import { pause, resume } from '../src/areas/operations/pause.ts'
import { runBatch } from '../src/engine/runs/run-batch.ts'
import { startRun } from '../src/engine/runs/start-run.ts'
import type { Database } from '../src/ground/db/database.ts'
import { operator } from '../src/ground/identity/principal.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { refuseWrites } from '../src/testing/broken-store.ts'
import { testStore } from '../src/testing/open-test-database.ts'
import { say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { callerFor } from '../src/tools/caller.ts'

const worker = () => ({ text: 'done' })
const twins = [
  { agent: 'worker', segments: say('one') },
  { agent: 'worker', segments: say('one') },
  { agent: 'nobody', segments: say('three') },
]

async function batch({ url }: TestRuntime, key: string, spawns: unknown[]) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  const response = await fetch(`${url}/v1/runs:batch`, { method: 'POST', headers, body: JSON.stringify({ spawns }) })
  return { status: response.status, code: response.headers.get('loomcycle-error'), body: await response.json() }
}

const runIds = (answer: Awaited<ReturnType<typeof batch>>): string[] =>
  answer.body.results.map(({ run_id }: { run_id: string }) => run_id)

const countRuns = async ({ ctx }: TestRuntime) => (await ctx.db.all('select id from runs', [])).length

it('equal runs of a batch are as many, and asked again with the same key they are the same', async () => {
  const runtime = await startRuntime({ models: { worker } })
  const [first, beside] = await Promise.all([batch(runtime, 'k', twins), batch(runtime, 'k', twins)])
  expect(first.body).toMatchObject({
    spawned: 2,
    results: [{ final_text: 'done' }, { final_text: 'done' }, { run_id: '', error: expect.stringContaining('nobody') }],
  })
  expect(new Set(runIds(first)).size).toBe(3)
  expect(runIds(beside)).toEqual(runIds(first))
  expect((await batch(runtime, 'k', twins)).body).toEqual(first.body)
  expect(await countRuns(runtime)).toBe(2)
})

it('a key that stood for a batch stands for nothing else', async () => {
  const runtime = await startRuntime({ models: { worker } })
  await batch(runtime, 'k', twins)
  expect(await batch(runtime, 'k', twins.slice(0, 1))).toMatchObject({ code: 'idempotency_key_reused' })
  const caller = { ...callerFor(operator, 'api', new AbortController().signal), idempotencyKey: 'k' }
  const alone = startRun(runtime.ctx, caller, { agent: 'worker', segments: say('one') })
  await expect(alone).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  expect(await countRuns(runtime)).toBe(2)
})

it('a caller whose connection dropped gets the same runs, gone on meanwhile', async () => {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const slow = async () => {
    begun.resolve()
    await gate.promise
    return { text: 'done' }
  }
  const graceMs = 7_000
  const clock = createTestClock()
  const env = { LOOMCYCLE_DISCONNECT_GRACE_MS: String(graceMs) }
  const runtime = await startRuntime({ clock, env, models: { slow, worker } })
  const spawns = [{ agent: 'slow', segments: say('one') }]
  const dropped = new AbortController()
  const first = fetch(`${runtime.url}/v1/runs:batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    body: JSON.stringify({ spawns }),
    signal: dropped.signal,
  })
  await begun.promise
  dropped.abort()
  await expect(first).rejects.toThrow()
  // It is noticed that nobody listens; whatever comes of that is stored before these are.
  await clock.armed(graceMs)
  await batch(runtime, 'other', twins)
  const again = batch(runtime, 'k', spawns)
  gate.resolve()
  expect((await again).body).toMatchObject({ results: [{ status: 'completed', final_text: 'done' }] })
  expect(await countRuns(runtime)).toBe(3)
})

type Closing = [how: string, close: (runtime: TestRuntime) => Promise<() => Promise<TestRuntime>>]

/** SQLite refuses what it is asked by a word of its own. */
const withoutStore: Closing[] = [
  [
    'has no store',
    async (runtime) => {
      const mend = await refuseWrites(runtime.ctx.db)
      return () => mend().then(() => runtime)
    },
  ],
]

/** How a runtime comes to take nothing new, and what opens it again. */
const closings: Closing[] = [
  [
    'is paused',
    async (runtime) => {
      await pause(runtime.ctx)
      return () => resume(runtime.ctx).then(() => runtime)
    },
  ],
  [
    'stops',
    async (runtime) => {
      await runtime.ctx.engine.stop(0)
      return () => runtime.restart()
    },
  ],
  ...(testStore === 'sqlite' ? withoutStore : []),
]

it.each(closings)('what was refused because the runtime %s is had when it is asked for again', async (_, close) => {
  const runtime = await startRuntime({ models: { worker } })
  const { db } = runtime.ctx
  const closed = Promise.withResolvers<() => Promise<TestRuntime>>()
  let isKeyKept = false
  const closing: Database = {
    ...db,
    async write(...given) {
      await db.write(...given)
      if (isKeyKept) return
      isKeyKept = true
      closed.resolve(await close(runtime))
    },
  }
  const spawns = [{ agent: 'worker', segments: say('one') }]
  const caller = { ...callerFor(operator, 'api', new AbortController().signal), idempotencyKey: 'k' }
  expect(await runBatch({ ...runtime.ctx, db: closing }, caller, { spawns })).toMatchObject({ spawned: 0 })
  const open = await (await closed.promise)()
  expect(await runBatch(open.ctx, caller, { spawns })).toMatchObject({ results: [{ final_text: 'done' }] })
})

it('what was refused once is refused again, though it could be had by then', async () => {
  const runtime = await startRuntime({ models: { worker } })
  const named = [{ agent: 'worker', agent_id: 'a_one', segments: say('one') }]
  const both = [...named, ...named]
  const first = await batch(runtime, 'k', both)
  expect(first.body.spawned).toBe(1)
  expect((await batch(runtime, 'k', both)).body).toEqual(first.body)
  expect(await countRuns(runtime)).toBe(1)
})
