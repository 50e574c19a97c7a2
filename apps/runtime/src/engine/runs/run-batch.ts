import { type LimitInfo, type RunBatchBody, RuntimeError, type SpawnRunResult } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { UniqueError } from '../../ground/db/errors.ts'
import { findResult, type KeyedRequest, keyedRequest, rememberResult } from '../../ground/idempotency/idempotency.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import type { Caller } from '../../tools/caller.ts'
import { finalText } from '../log/final-text.ts'
import { parseLogEvent } from '../log/log-event.ts'
import { findEvent, lastEventOf, listEventsOfTypes } from '../log/store.ts'
import { isLive, type RunRecord, toAgentRow } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'
import { keyInBatch, refuseWhileClosed, startRun } from './start-run.ts'

/**
 * Starts all runs and waits for them; what fails is in the results. Ends what is left when the time is over or the caller
 * goes away; one with a key may come back for it, and has the time that a run's caller has for that. A key stands for all
 * of it: asked again, it waits for the same runs, and starts only what a process that died had not come to.
 */
export async function runBatch(ctx: AppContext, caller: Caller, body: RunBatchBody) {
  refuseWhileClosed(ctx)
  const keyed = await rememberBatch(ctx, caller, body)
  const over = new AbortController()
  const timeUp = body.timeout_ms ? ctx.clock.after(body.timeout_ms, () => over.abort('timeout')) : () => {}
  const heard = new AbortController()
  if (!keyed) whenAborted(caller.signal, () => over.abort('client disconnected'), heard.signal)
  try {
    const results = await Promise.all(
      body.spawns.map((spawn, index) => {
        const own = keyed && keyInBatch(keyed, index)
        return runOne(ctx, caller, spawn, { index, own, over: over.signal })
      }),
    )
    return { results, spawned: results.filter((result) => result.run_id !== '').length }
  } finally {
    timeUp()
    heard.abort()
  }
}

/** Before any of its runs, so that nobody can use the key for something else in between. */
async function rememberBatch(
  { db, clock }: AppContext,
  caller: Caller,
  body: RunBatchBody,
): Promise<KeyedRequest | undefined> {
  const keyed = await keyedRequest(caller, caller.principal.tenantId, 'run', ['batch', body])
  if (keyed === undefined) return undefined
  if (await findResult(db, keyed)) return keyed
  try {
    await db.write([rememberResult(keyed, 'batch', clock.now())])
  } catch (error) {
    if (!(error instanceof UniqueError) || !(await findResult(db, keyed))) throw error
  }
  return keyed
}

function refusalOf(own: KeyedRequest): KeyedRequest {
  return { ...own, key: `${own.key} refused` }
}

/** What cannot be had now may be had another time. */
const passing: ReadonlySet<string> = new Set(['store_unavailable', 'shutting_down', 'runtime_paused'])

/** What was refused once is refused again: a run that comes later is nothing its caller counts on. */
async function rememberRefusal({ db, clock }: AppContext, own: KeyedRequest, error: RuntimeError) {
  if (passing.has(error.code)) return
  try {
    await db.write([rememberResult(refusalOf(own), error.message, clock.now())])
  } catch (again) {
    if (!(again instanceof UniqueError)) throw again
  }
}

async function runOne(
  ctx: AppContext,
  caller: Caller,
  spawn: RunBatchBody['spawns'][number],
  { index, own, over }: { index: number; own: KeyedRequest | undefined; over: AbortSignal },
): Promise<SpawnRunResult> {
  const refused = own && (await findResult(ctx.db, refusalOf(own)))
  if (refused !== undefined) return toRefused(spawn, refused)
  const waits = AbortSignal.any([caller.signal, over])
  let run: RunRecord
  try {
    const options = { patient: true, ofBatch: index }
    run = (await startRun(ctx, { ...caller, signal: waits }, { ...spawn, interactive: false }, options)).run
  } catch (error) {
    if (waits.aborted) return toRefused(spawn, over.aborted ? String(over.reason) : 'client disconnected')
    if (!(error instanceof RuntimeError)) throw error
    if (own) await rememberRefusal(ctx, own, error)
    return toRefused(spawn, error.message, limitsIn(error))
  }
  const detach = once(ctx.engine.callerAttached(run))
  const onOver = () => {
    const end = ctx.engine.end(run.id, String(over.reason))
    end.catch((error: unknown) => report(ctx.telemetry, `batch run ${run.id}`, error))
  }
  const heard = new AbortController()
  whenAborted(caller.signal, detach, heard.signal)
  whenAborted(over, onOver, heard.signal)
  try {
    return await toResult(ctx, await ended(ctx, run))
  } finally {
    heard.abort()
    detach()
  }
}

function once(run: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}

function whenAborted(signal: AbortSignal, run: () => void, unlisten: AbortSignal) {
  if (signal.aborted) run()
  else signal.addEventListener('abort', run, { once: true, signal: unlisten })
}

/** The run as it is once it has ended. */
async function ended(ctx: AppContext, run: RunRecord): Promise<RunRecord> {
  const { promise, resolve, reject } = Promise.withResolvers<RunRecord>()
  const look = async () => {
    const now = await findRun(ctx.db, run.id)
    if (now && !isLive(now)) resolve(now)
  }
  const stop = ctx.states.follow(run.id, () => void look().catch(reject))
  try {
    await look()
    return await promise
  } finally {
    stop()
  }
}

function toRefused(
  { agent_id = '' }: RunBatchBody['spawns'][number],
  error: string,
  limits: LimitInfo[] = [],
): SpawnRunResult {
  return { agent_id, run_id: '', session_id: '', status: 'failed', error, ...(limits.length > 0 ? { limits } : {}) }
}

function limitsIn({ code, fields }: RuntimeError): LimitInfo[] {
  return code === 'token_limit_exceeded' ? [{ ...fields, severity: 'hard' } as unknown as LimitInfo] : []
}

/** More than it could meet. */
const mostLimits = 100

async function limitsOf({ db }: AppContext, { id: runId, sessionId }: RunRecord): Promise<LimitInfo[]> {
  const asked = { types: ['limit'], since: 0, after: 0, limit: mostLimits }
  const rows = await listEventsOfTypes(db, { sessionId, runId }, asked)
  return rows.map(parseLogEvent).flatMap((event) => (event.type === 'limit' ? [event.limit] : []))
}

async function toResult(ctx: AppContext, run: RunRecord): Promise<SpawnRunResult> {
  const row = toAgentRow(run)
  const text = await finalText(ctx.db, run)
  const limits = await limitsOf(ctx, run)
  return {
    agent_id: run.agentId,
    run_id: run.id,
    session_id: run.sessionId,
    status: row.status,
    usage: { ...row.usage, ...(await windowOf(ctx, run)) },
    ...(row.stop_reason ? { stop_reason: row.stop_reason } : {}),
    ...(text ? { final_text: text } : {}),
    ...(row.error ? { error: row.error } : {}),
    ...(limits.length > 0 ? { limits } : {}),
    ...(run.options.parentContext ? { parent_context: run.options.parentContext } : {}),
  }
}

/** As its last turn knew it. */
async function windowOf({ db }: AppContext, { sessionId }: RunRecord): Promise<{ max_context_tokens?: number }> {
  const row = await findEvent(db, sessionId, await lastEventOf(db, sessionId, ['usage'], Number.MAX_SAFE_INTEGER))
  const event = row && parseLogEvent(row)
  const max = event?.type === 'usage' ? event.usage.max_context_tokens : undefined
  return max ? { max_context_tokens: max } : {}
}
