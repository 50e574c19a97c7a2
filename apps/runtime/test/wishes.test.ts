import { expect, it } from 'vitest'
import { isLive } from '../src/engine/rows/run-record.ts'
import { claimRun, findRun, silentSince } from '../src/engine/rows/runs.ts'
import { isWished, listWishes, wishEnded, wishTurnCancelled } from '../src/engine/rows/wishes.ts'
import type { Statement } from '../src/ground/db/statement.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { clientOf, converse, Reader } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const holding = () => ({ text: 'on it', hold: true })
const quick = () => ({ text: 'Hello.' })

/** As another process would, which is alive. */
const takenUp = (runId: string, at: number): Statement => ({
  sql: `update runs set phase = 'working', lease_owner = 'elsewhere', lease_epoch = lease_epoch + 1, heartbeat_at = ?
    where id = ?`,
  parameters: [at, runId],
})

async function parked() {
  const clock = createTestClock(1_000_000)
  const runtime = await startRuntime({ models: { quick }, clock })
  const talk = converse(clientOf(runtime), 'quick', 'hi')
  await talk.until('awaiting_input')
  return { clock, runtime, client: clientOf(runtime), runId: talk.session.runId }
}

const agentIdOf = async ({ ctx }: TestRuntime, runId: string) => (await findRun(ctx.db, runId))!.agentId

it.each([
  ['an end', wishEnded, { status: 'cancelled', stopReason: 'enough' }, 'done'],
  ['a stop of the turn', wishTurnCancelled, { status: 'running', phase: 'parked' }, 'turn_cancelled'],
] as const)('%s that the process did not live to hear is heard by the next one', async (_, wish, state, event) => {
  const runtime = await startRuntime({ models: { holding } })
  const talk = converse(clientOf(runtime), 'holding', 'hi')
  await talk.until('text')
  const { runId } = talk.session
  await runtime.ctx.db.write([wish(runId, 'w_1', 'enough', Date.now())])
  await runtime.crash()
  const next = await runtime.restart()
  await new Reader(clientOf(next).attachInteractiveSession(runId).events()).until(event)
  await next.ctx.engine.left(runId)
  expect((await findRun(next.ctx.db, runId))!.state).toMatchObject(state)
  expect((await listWishes(next.ctx.db, runId)).wishes).toEqual([])
})

it('an end that was wished for of a run that rests is heard by the next process', async () => {
  const { runtime, runId } = await parked()
  await runtime.ctx.db.write([wishEnded(runId, 'w_1', 'enough', 0)])
  await runtime.crash()
  const next = await runtime.restart()
  await expect.poll(async () => (await findRun(next.ctx.db, runId))!.state).toMatchObject({ status: 'cancelled' })
})

it('a turn that another process works on is not said to be stopped before it is', async () => {
  const { clock, runtime, client, runId } = await parked()
  const { db, states } = runtime.ctx
  await db.write([takenUp(runId, clock.now())])
  const stopping = client.cancelTurn(runId, { reason: 'no' })
  await clock.fire(2000)
  expect(await stopping).toEqual({ run_id: runId, stopped: false, parked: false })
  const [wish] = (await listWishes(db, runId)).wishes
  expect(wish).toMatchObject({ kind: 'cancel_turn', text: 'no' })

  // The other one hears it, and lets go.
  const again = client.cancelTurn(runId)
  await clock.armed(2000)
  const heard: Statement[] = [
    { sql: `update runs set phase = 'parked', lease_owner = null where id = ?`, parameters: [runId] },
    { sql: 'delete from run_inputs where run_id = ?', parameters: [runId] },
  ]
  await db.write(heard)
  states.publish((await findRun(db, runId))!)
  expect(await again).toEqual({ run_id: runId, stopped: true, parked: true })
  expect(await isWished(db, wish!.id)).toBe(false)
})

it('a run that another process works on is ended by it, or taken away where it does not hear', async () => {
  const { clock, runtime, client, runId } = await parked()
  const { db } = runtime.ctx
  await db.write([takenUp(runId, clock.now())])
  const { leaseEpoch } = (await findRun(db, runId))!
  const ending = client.cancelAgent(await agentIdOf(runtime, runId), { reason: 'enough' })
  await clock.armed(2000)
  expect((await listWishes(db, runId)).wishes).toMatchObject([{ kind: 'end', text: 'enough' }])
  expect(isLive((await findRun(db, runId))!)).toBe(true)
  await clock.fire(2000)
  expect(await ending).toMatchObject({ cancelledCount: 1 })
  const ended = (await findRun(db, runId))!
  expect(ended.state).toMatchObject({ status: 'cancelled', stopReason: 'enough' })
  expect(ended.leaseEpoch).toBeGreaterThan(leaseEpoch)
  expect((await listWishes(db, runId)).wishes).toEqual([])
})

it('a run that rests is not taken up by a hand that was woken for nothing', async () => {
  const { clock, runtime, runId } = await parked()
  const at = clock.now()
  const claim = claimRun({ runId, owner: 'late', at, isDead: silentSince(0), tries: 1 })
  await expect(runtime.ctx.db.write([claim])).rejects.toMatchObject({ name: 'NothingChangedError' })
})
