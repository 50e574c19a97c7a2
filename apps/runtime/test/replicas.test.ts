import { expect, it } from 'vitest'
import { pause, resume } from '../src/areas/operations/pause.ts'
import { listReplicas } from '../src/areas/operations/replicas.ts'
import { setLimit } from '../src/areas/usage/limits.ts'
import { findRun } from '../src/engine/rows/runs.ts'
import { cancelAgent, cancelTurn } from '../src/engine/runs/cancel.ts'
import { sendInput } from '../src/engine/runs/send-input.ts'
import { startRun } from '../src/engine/runs/start-run.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { gate, gatedTool } from '../src/testing/gated-tool.ts'
import { anyone, onOneStore, type Replica, type ReplicasOptions } from '../src/testing/replicas.ts'

/** Says something and comes to no end, as long as it was asked less often than this. */
function answering(from: number): ScriptedModel {
  let asked = 0
  return () => (++asked < from ? { text: 'on it', hold: true } : { text: 'Done.' })
}

async function starting(options: ReplicasOptions, agent: string, interactive = false) {
  const store = await onOneStore(options)
  const one = await store.start({ id: 'one' })
  const two = await store.start({ id: 'two' })
  const { run } = await startRun(one.ctx, anyone(), { agent, prompt: 'go', interactive })
  const typesOf = async () =>
    (await store.db.all<{ type: string }>('select type from events where run_id = ? order by seq', [run.id])).map(
      ({ type }) => type,
    )
  const isSaying = async () => (await typesOf()).includes('text')
  const stateOf = async () => (await findRun(store.db, run.id))!.state
  const holder = async () => (await findRun(store.db, run.id))!.leaseOwner
  const isIn = (state: object) => async () => {
    const now: object = await stateOf()
    return Object.entries(state).every(([key, value]) => now[key as keyof typeof now] === value)
  }
  return { ...store, one, two, run, typesOf, isSaying, stateOf, holder, isIn }
}

const complaints = ({ said }: Replica) => said.filter((line) => /"level":"(?:error|warn)"/.test(line))

it('a run whose replica was killed is taken over within ten seconds, and goes on', async () => {
  const model = answering(2)
  const { one, two, until, isSaying, holder, isIn, run } = await starting({ models: { model } }, 'model')
  await until(isSaying)
  expect(await holder()).toBe(one.ctx.presence!.instance)
  one.kill()
  await until(() => two.ctx.engine.isWorking(run.id) || isIn({ status: 'completed' })(), 10_000)
  await until(isIn({ status: 'completed' }))
  expect(complaints(two)).toEqual([])
})

it('a run of a replica that is alive stays with it, however wrong the clocks are', async () => {
  const store = await onOneStore({ models: { model: answering(9) } })
  const one = await store.start({ id: 'one', wrongBy: -10 * 60_000 })
  const two = await store.start({ id: 'two', wrongBy: 10 * 60_000 })
  const { run } = await startRun(one.ctx, anyone(), { agent: 'model', prompt: 'go' })
  await store.pass(60_000)
  expect((await findRun(store.db, run.id))!).toMatchObject({ leaseOwner: one.ctx.presence!.instance, leaseEpoch: 1 })
  expect(two.ctx.engine.workingCount).toBe(0)
})

it('a replica that cannot reach the store lets go, writes nothing more, and comes back as another', async () => {
  const model = answering(2)
  const { one, two, until, pass, isSaying, isIn, run, typesOf } = await starting({ models: { model } }, 'model')
  await until(isSaying)
  const before = one.ctx.presence!.instance
  one.cut()
  await until(() => !one.ctx.engine.isWorking(run.id), 4_000)
  expect(two.ctx.engine.isWorking(run.id)).toBe(false)
  await expect(startRun(one.ctx, anyone(), { agent: 'model', prompt: 'go' })).rejects.toMatchObject({
    code: 'store_unavailable',
  })
  await until(isIn({ status: 'completed' }), 6_000)
  const events = await typesOf()
  one.heal()
  await until(() => one.ctx.presence!.isThere, 1_000)
  await pass(5_000)
  expect(one.ctx.presence!.instance).not.toBe(before)
  expect(await typesOf()).toEqual(events)
  expect(one.ctx.engine.workingCount).toBe(0)
  const { run: next } = await startRun(one.ctx, anyone(), { agent: 'model', prompt: 'go' })
  await until(async () => (await findRun(one.ctx.db, next.id))!.state.status === 'completed', 1_000)
})

it('what one let go before anybody else had it is taken up when it comes back', async () => {
  const model = answering(2)
  const store = await onOneStore({ models: { model } })
  const one = await store.start({ id: 'one' })
  const { run } = await startRun(one.ctx, anyone(), { agent: 'model', prompt: 'go' })
  await store.until(
    async () => (await store.db.all(`select 1 from events where run_id = ? and type = 'text'`, [run.id])).length > 0,
  )
  one.cut()
  await store.pass(60_000)
  one.heal()
  await store.until(async () => (await findRun(store.db, run.id))!.state.status === 'completed', 2_000)
})

it('a hand that was let go writes nothing more, also where nobody has taken the run yet', async () => {
  const at = gate()
  const model: ScriptedModel = () => ({ tool_calls: [{ id: 'c1', name: 'A', input: {} }] })
  const store = await onOneStore({ models: { model }, tools: [gatedTool('A', at)] })
  const one = await store.start({ id: 'one' })
  const { run } = await startRun(one.ctx, anyone(), { agent: 'model', prompt: 'go' })
  await at.entered
  await store.db.write([{ sql: 'delete from replicas', parameters: [] }])
  await store.until(() => !one.ctx.engine.isWorking(run.id), 1_000)
  expect(await store.db.all(`select 1 from events where run_id = ? and type = 'tool_result'`, [run.id])).toEqual([])
})

it('a hand that was fenced off notices within a second, stops and marks nothing as failed', async () => {
  const model = answering(9)
  const { one, two, db, until, pass, isSaying, stateOf, run } = await starting({ models: { model } }, 'model')
  await until(isSaying)
  await db.write([
    {
      sql: 'update runs set lease_epoch = lease_epoch + 1, lease_owner = ? where id = ?',
      parameters: [two.ctx.presence!.instance, run.id],
    },
  ])
  await until(() => !one.ctx.engine.isWorking(run.id), 1_000)
  await pass(5_000)
  expect(one.ctx.engine.isWorking(run.id)).toBe(false)
  expect(await stateOf()).toMatchObject({ status: 'running', phase: 'working' })
  expect(complaints(one)).toEqual([])
})

it('what fails in a hand that was fenced off is not the run’s failure, also where that rests by now', async () => {
  const at = gate()
  const model: ScriptedModel = () => ({ tool_calls: [{ id: 'c1', name: 'A', input: {} }] })
  const { one, db, until, pass, stateOf, run } = await starting(
    { models: { model }, tools: [gatedTool('A', at)] },
    'model',
    true,
  )
  await at.entered
  await db.write([
    {
      sql: `update runs set lease_epoch = lease_epoch + 1, lease_owner = null, phase = 'parked' where id = ?`,
      parameters: [run.id],
    },
    { sql: `update tool_calls set state = 'finished' where run_id = ?`, parameters: [run.id] },
  ])
  at.open('late')
  await until(() => !one.ctx.engine.isWorking(run.id), 0)
  await pass(2_000)
  expect(await stateOf()).toMatchObject({ status: 'running', phase: 'parked' })
  expect(complaints(one)).toEqual([])
})

it.each([
  [true, 0],
  [false, 2_000],
])('what is wished at another replica reaches whoever works on the run (hints: %s) within %i ms', async (hints, ms) => {
  const model = answering(9)
  const at = { models: { model }, hints }
  const { two, until, isSaying, isIn, run } = await starting(at, 'model', true)
  await until(isSaying)
  const stopping = cancelTurn(two.ctx, anyone(), run.id, 'enough')
  await until(isIn({ phase: 'parked' }), ms)
  await until(isIn({ phase: 'parked' }), ms)
  expect(await settled(stopping, until, ms)).toMatchObject({ stopped: true, parked: true })

  await sendInput(two.ctx, anyone(), run.id, { text: 'go on' })
  await until(isIn({ phase: 'working' }), ms)
  const ending = cancelAgent(two.ctx, anyone(), run.agentId, 'enough')
  await until(isIn({ status: 'cancelled' }), ms)
  expect(await settled(ending, until, ms)).toMatchObject({ cancelled_count: 1 })
})

it.each([
  [true, 0],
  [false, 1_000],
])('a pause reaches every replica, and so does its end (hints: %s)', async (hints, ms) => {
  const { one, two, until, isSaying, run } = await starting({ models: { model: answering(2) }, hints }, 'model')
  await until(isSaying)
  const pausing = pause(two.ctx, 500)
  await until(() => one.ctx.engine.isPaused && !one.ctx.engine.isWorking(run.id), ms + 30_000)
  await settled(pausing, until, 1_000)
  // Whoever asks one that has not heard of it yet is answered by what is stored.
  await expect(settled(pause(one.ctx), until, 0)).rejects.toMatchObject({ code: 'already_pausing' })
  await resume(two.ctx)
  await until(() => !one.ctx.engine.isPaused, ms)
  await until(async () => (await findRun(one.ctx.db, run.id))!.state.status === 'completed', 2_000)
})

it('two replicas of one name are one too many, but for the successor of one that was killed', async () => {
  const store = await onOneStore({ models: {} })
  const first = await store.start({ id: 'north' })
  const twin = store.start({ id: 'north' }).catch((error: Error) => error)
  expect(await settled(twin, store.until, 3_000)).toMatchObject({
    message: expect.stringMatching(/There is a replica north already, .*LOOMCYCLE_REPLICA_ID/),
  })
  const { instance } = first.ctx.presence!
  first.kill()
  const next = (await settled(store.start({ id: 'north' }), store.until, 8_000)) as Replica
  expect(next.ctx.presence!.instance).not.toBe(instance)
  await next.stop()
  // Its name is free at once.
  await store.start({ id: 'north' })
})

it('lists who is there, and who is not any more', async () => {
  const { one, two, until, pass, isSaying } = await starting({ models: { model: answering(9) } }, 'model')
  await until(isSaying)
  await pass(1_000)
  const { replicas } = await listReplicas(two.ctx)
  expect(replicas).toMatchObject([
    { id: 'one', alive: true, self: false, running_runs: 1, version: 'test' },
    { id: 'two', alive: true, self: true, running_runs: 0 },
  ])
  one.kill()
  await pass(7_000)
  expect((await listReplicas(two.ctx)).replicas).toMatchObject([
    { id: 'one', alive: false },
    { id: 'two', alive: true },
  ])
})

it('a replica that stops in good order leaves its runs to the others at once', async () => {
  const model = answering(2)
  const { one, two, until, isSaying, isIn } = await starting({ models: { model } }, 'model')
  await until(isSaying)
  await settled(one.stop(), until, 0)
  await until(isIn({ status: 'completed' }), 1_000)
  expect((await listReplicas(two.ctx)).replicas).toMatchObject([{ id: 'two' }])
})

it('a one-shot run goes on as long as somebody listens, at whatever replica, and no longer', async () => {
  const { one, two, until, pass, isSaying, isIn, run } = await starting({ models: { model: answering(9) } }, 'model')
  await until(isSaying)
  const goneHere = one.ctx.engine.callerAttached(run)
  const goneThere = two.ctx.engine.callerAttached(run)
  await pass(100)
  goneHere()
  await pass(60_000)
  expect(one.ctx.engine.isWorking(run.id)).toBe(true)
  goneThere()
  await until(isIn({ status: 'cancelled', stopReason: 'client disconnected' }), 5_000)
})

it('a user has as many runs at work as they may, over all replicas', async () => {
  const concurrency = { maxConcurrentRuns: 8, maxQueueDepth: 8, queueTimeoutMs: 1000, maxConcurrentRunsPerUser: 3 }
  const store = await onOneStore({ models: { model: answering(99) }, config: { concurrency } })
  const [one, two] = [await store.start({ id: 'one' }), await store.start({ id: 'two' })]
  const starts = [one, two, one, two, one, two].map(({ ctx }) =>
    startRun(ctx, anyone(), { agent: 'model', prompt: 'go' }).then(
      ({ run }) => run.agentId,
      (error: { code: string }) => error.code,
    ),
  )
  const became = await settled(Promise.all(starts), store.until, 0)
  expect(became.filter((one) => one === 'per_user_quota_exhausted')).toHaveLength(3)
  const agentId = became.find((one) => one !== 'per_user_quota_exhausted')!
  await settled(cancelAgent(one.ctx, anyone(), agentId, 'enough'), store.until, 3_000)
  await store.pass(0)
  await settled(startRun(two.ctx, anyone(), { agent: 'model', prompt: 'go' }), store.until, 0)
})

it('a browser that is signed out at one replica is signed out at the other', async () => {
  const store = await onOneStore({ models: {} })
  const [one, two] = [await store.start({ id: 'one' }), await store.start({ id: 'two' })]
  const owner = { tenantId: 'default', subject: 'default' }
  const { id, secret } = await one.ctx.identity.sessions.start(owner, '192.0.2.1', 'a browser')
  const find = () => two.ctx.identity.sessions.find(secret, '192.0.2.1')
  expect(await find()).toMatchObject({ id })
  let isClosed = false
  two.ctx.identity.sessions.onEnded(id, () => (isClosed = true))
  await one.ctx.identity.sessions.end(owner, id)
  await store.pass(5_000)
  expect(await find()).toBeUndefined()
  expect(isClosed).toBe(true)
})

it('a token limit counts what others use, and is the one that was set elsewhere', async () => {
  const store = await onOneStore({ models: { model: () => ({ text: 'Done.' }) } })
  const [one, two] = [await store.start({ id: 'one' }), await store.start({ id: 'two' })]
  const body = { scope: 'operator', hard_limit: 5 } as const
  await setLimit(one.ctx, anyone(), body)
  const spender = { tenantId: 'default', userId: 'default' }
  await store.pass(10_000)
  expect(await two.ctx.tokenLimits.reached(spender, 'openai')).toEqual([])
  const { run } = await startRun(one.ctx, anyone(), { agent: 'model', prompt: 'a few words to be read' })
  await store.until(async () => (await findRun(store.db, run.id))!.state.status === 'completed')
  await store.pass(1_000)
  expect(await two.ctx.tokenLimits.reached(spender, 'openai')).toMatchObject([{ severity: 'hard' }])
})

it('a chore is one replica’s, until that is no more', async () => {
  const store = await onOneStore({ models: {} })
  const [one, two] = [await store.start({ id: 'one' }), await store.start({ id: 'two' })]
  const whose = async () => [await one.ctx.chores.isOurs('sort'), await two.ctx.chores.isOurs('sort')]
  expect(await whose()).toEqual([true, false])
  expect(await whose()).toEqual([true, false])
  one.kill()
  await store.pass(7_000)
  expect(await two.ctx.chores.isOurs('sort')).toBe(true)
})

type Until = Awaited<ReturnType<typeof onOneStore>>['until']

async function settled<T>(work: Promise<T>, until: Until, withinMs: number): Promise<T> {
  let isOver = false
  const over = () => void (isOver = true)
  work.then(over, over)
  await until(() => isOver, withinMs)
  return work
}
