import { expect, it } from 'vitest'
import { findRun, heartbeat, markWaiting, releaseRun } from '../src/engine/rows/runs.ts'
import { startToolCall } from '../src/engine/rows/tool-calls.ts'
import { Leases } from '../src/engine/work/leases.ts'
import type { Database } from '../src/ground/db/database.ts'
import type { Statement } from '../src/ground/db/statement.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const holding = () => ({ text: 'on it', hold: true })
const quick = () => ({ text: 'Hello.' })

const takenOver = (runId: string): Statement => ({
  sql: `update runs set lease_epoch = lease_epoch + 1, lease_owner = 'elsewhere', heartbeat_at = ? where id = ?`,
  parameters: [Date.now(), runId],
})

it('a hand that lost its run neither keeps it alive nor starts tools, lets it wait or lets it go', async () => {
  const runtime = await startRuntime({ models: { holding } })
  const { db } = runtime.ctx
  const talk = converse(clientOf(runtime), 'holding', 'hi')
  await talk.until('text')
  const lost = (await findRun(db, talk.session.runId))!
  await db.write([takenOver(lost.id)])
  const now = (await findRun(db, lost.id))!

  await db.write([heartbeat(lost, 'elsewhere', 1), heartbeat(now, 'local', 2), releaseRun(lost, 3)])
  expect(await findRun(db, lost.id)).toEqual(now)
  const late = [startToolCall(lost, 'c1', 'Look', 4), markWaiting(lost, 4, { state: 'child', on: '' })]
  for (const statement of late) {
    await expect(db.write([statement])).rejects.toMatchObject({ name: 'NothingChangedError' })
  }

  await db.write([heartbeat(now, 'elsewhere', 5), startToolCall(now, 'c1', 'Look', 5)])
  expect(await findRun(db, lost.id)).toMatchObject({ heartbeatAt: 5 })
})

it('a hand that lost its run in the moment after it took it up does not work on it', async () => {
  const runtime = await startRuntime({ models: { quick } })
  const { db, clock } = runtime.ctx
  const talk = converse(clientOf(runtime), 'quick', 'hi')
  await talk.until('awaiting_input')
  const { runId } = talk.session
  const takenRightAfter: Database = {
    ...db,
    async write(...given) {
      await db.write(...given)
      await db.write([takenOver(runId)])
    },
  }
  const of = { clock, owner: () => 'late' }
  expect(await new Leases({ ...of, db }).claimFailed(runId, undefined)).toMatchObject({ id: runId, leaseOwner: 'late' })
  expect(await new Leases({ ...of, db: takenRightAfter }).claimFailed(runId, undefined)).toBeUndefined()
})

it('whoever had a run cannot write anything after its end', async () => {
  const runtime = await startRuntime({ models: { quick } })
  const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'quick', segments: say('hi') }))
  await reader.toEnd()
  const [{ id }] = (await runtime.ctx.db.all('select id from runs', [])) as [{ id: string }]
  const run = (await findRun(runtime.ctx.db, id))!
  expect(run.leaseEpoch).toBe(2)
  const log = await runtime.ctx.openLog(run, { runId: id, epoch: run.leaseEpoch - 1 })
  await expect(log.append(id, [{ type: 'text', text: 'late' }])).rejects.toMatchObject({ name: 'NothingChangedError' })
})
