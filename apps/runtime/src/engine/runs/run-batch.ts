import { type RunBatchBody, RuntimeError, type SpawnRunResult } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import type { Caller } from '../../tools/caller.ts'
import { finalText } from '../log/final-text.ts'
import { isLive, type RunRecord, toAgentRow } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'
import { refuseWhileClosed, startRun } from './start-run.ts'

/** Starts all runs and waits for them; what fails is in the results. Ends what is left when the time is over or the caller goes away. */
export async function runBatch(ctx: AppContext, caller: Caller, body: RunBatchBody) {
  refuseWhileClosed(ctx)
  const over = new AbortController()
  const timeUp = body.timeout_ms ? ctx.clock.after(body.timeout_ms, () => over.abort('timeout')) : () => {}
  const onLeave = () => over.abort('client disconnected')
  caller.signal.addEventListener('abort', onLeave, { once: true })
  try {
    const results = await Promise.all(
      body.spawns.map((spawn) => runOne(ctx, { ...caller, signal: over.signal }, spawn)),
    )
    return { results, spawned: results.filter((result) => result.run_id !== '').length }
  } finally {
    timeUp()
    caller.signal.removeEventListener('abort', onLeave)
  }
}

async function runOne(ctx: AppContext, caller: Caller, spawn: RunBatchBody['spawns'][number]): Promise<SpawnRunResult> {
  let run: RunRecord
  try {
    run = await startRun(ctx, caller, { ...spawn, interactive: false }, { patient: true })
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    return { agent_id: spawn.agent_id ?? '', run_id: '', session_id: '', status: 'failed', error: error.message }
  }
  const detach = ctx.engine.callerAttached(run)
  const onOver = () => {
    const how = { status: 'cancelled', stopReason: String(caller.signal.reason) } as const
    ctx.engine.end(run.id, how).catch((error: unknown) => report(ctx.telemetry, `batch run ${run.id}`, error))
  }
  caller.signal.addEventListener('abort', onOver, { once: true })
  if (caller.signal.aborted) onOver()
  try {
    return toResult(ctx, await ended(ctx, run))
  } finally {
    caller.signal.removeEventListener('abort', onOver)
    detach()
  }
}

/** The run as it is once it has ended. */
async function ended(ctx: AppContext, run: RunRecord): Promise<RunRecord> {
  const { promise, resolve } = Promise.withResolvers<RunRecord>()
  const stop = ctx.states.listen((record) => {
    if (record.id === run.id && !isLive(record)) resolve(record)
  })
  try {
    const now = await findRun(ctx.db, run.id)
    return now && !isLive(now) ? now : await promise
  } finally {
    stop()
  }
}

function toResult(ctx: AppContext, run: RunRecord): SpawnRunResult {
  const row = toAgentRow(run)
  const text = finalText(ctx.db, run)
  return {
    agent_id: run.agentId,
    run_id: run.id,
    session_id: run.sessionId,
    status: row.status,
    usage: row.usage,
    ...(row.stop_reason ? { stop_reason: row.stop_reason } : {}),
    ...(text ? { final_text: text } : {}),
    ...(row.error ? { error: row.error } : {}),
    ...(run.options.parentContext ? { parent_context: run.options.parentContext } : {}),
  }
}
