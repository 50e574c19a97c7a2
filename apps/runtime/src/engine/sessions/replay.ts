import { type ReplayBody, type ReplaySessionResult, RuntimeError } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { AppContext } from '../../context.ts'
import { derivedPrefix } from '../../ground/config/good-name.ts'
import type { Database } from '../../ground/db/database.ts'
import { execute } from '../../ground/db/execute.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import { keepAnswer } from '../../ground/idempotency/idempotency.ts'
import { newAgentId, newDerivedSuffix, newRunId, newSessionId } from '../../ground/ids.ts'
import { isWithoutModel } from '../../models/routing/resolve.ts'
import type { Caller } from '../../tools/caller.ts'
import { copyDerived } from '../agents/derived-store.ts'
import type { CompactionRow, LogEvent } from '../log/log-event.ts'
import { copyEvents, findEvent, headSeq, insertEvent } from '../log/store.ts'
import { summarised } from '../loop/compaction.ts'
import { CompactionError } from '../loop/summarise.ts'
import { isAtRest, type RunRecord, totalUsage } from '../rows/run-record.ts'
import { findLatestRun, insertRun, recordTotals } from '../rows/runs.ts'
import {
  addBytesOf,
  insertSession,
  markDeleted,
  type SessionRow,
  sessionExists,
  touchSession,
  unfinished,
} from '../rows/sessions.ts'
import { compactionFailed, isShort, loadToCompact } from '../runs/compact.ts'
import { findOwnSession } from '../runs/find-session.ts'
import { refuseWhileClosed } from '../runs/start-run.ts'
import { cleanBoundary } from './clean-boundary.ts'

/**
 * Copies a session up to the end of a turn into a new one. The source stays as it is; the copy belongs to one run that
 * has ended, and goes on like any session that is continued.
 */
export async function replaySession(
  ctx: AppContext,
  caller: Caller,
  sessionId: string,
  { agent, compress = false, until_seq }: ReplayBody,
): Promise<ReplaySessionResult> {
  refuseWhileClosed(ctx)
  const source = await findOwnSession(ctx.db, caller, sessionId)
  if (!(await ctx.definitions.find(source.tenant_id, agent))) {
    const names = (await ctx.definitions.list(source.tenant_id)).map(({ agent }) => agent.name).join(', ')
    throw new RuntimeError('agent_gone', `There is no agent ${JSON.stringify(agent)} any more; there are ${names}.`)
  }
  const until = await lastToCopy(ctx.db, source.id, until_seq)
  await ctx.sessionQuotas.take(
    { tenantId: source.tenant_id, userId: source.user_id },
    { sessions: 1, bytes: source.bytes },
  )
  const seed = seedRun(source, agent, ctx.clock.now())
  if (compress) await ctx.tokenLimits.admit(seed, '')
  const summary = compress ? await summaryOf(ctx, seed, source.id, until) : undefined
  const answer = {
    new_session_id: seed.sessionId,
    seed_run_id: seed.id,
    events_copied: until,
    compacted: summary !== undefined,
    until_seq: until,
  }
  await store(ctx.db, source, seed, until, summary, (tx) => keepAnswer(tx, caller.keyed, answer, seed.startedAt))
  return answer
}

async function lastToCopy(db: Database, sessionId: string, asked: number | undefined): Promise<number> {
  if (asked === 0) return 0
  const head = await headSeq(db, sessionId)
  const wanted = Math.min(asked ?? head, head)
  const until = (await endsRun(db, sessionId, wanted)) ? wanted : await cleanBoundary(db, sessionId, wanted)
  if (until > 0) return until
  throw new RuntimeError(
    'empty_source',
    head === 0
      ? `Nothing was said in session ${sessionId} yet.`
      : 'No turn has ended up to there, so there is nothing to copy; wait for its end, or send until_seq 0 to begin anew.',
  )
}

/** The last event of a run that has ended, or the last of all while its run rests. */
async function endsRun(db: Database, sessionId: string, seq: number): Promise<boolean> {
  const next = await findEvent(db, sessionId, seq + 1)
  if (next) return next.run_id !== (await findEvent(db, sessionId, seq))?.run_id
  const latest = await findLatestRun(db, sessionId)
  return latest !== undefined && isAtRest(latest)
}

/** To whom everything that was copied belongs. It used nothing itself: what was used is the source's. */
function seedRun(source: SessionRow, agent: string, now: number): RunRecord {
  const id = newRunId()
  return {
    id,
    sessionId: newSessionId(),
    tenantId: source.tenant_id,
    userId: source.user_id,
    agent,
    agentDefId: null,
    began: null,
    route: null,
    traceId: null,
    deadline: null,
    agentId: newAgentId(),
    parentRunId: null,
    parentAgentId: null,
    parentToolUseId: null,
    spawnIndex: 0,
    rootRunId: id,
    depth: 0,
    awaited: null,
    leaseOwner: null,
    leaseEpoch: 0,
    tries: 0,
    interactive: false,
    options: {},
    historyAfter: 0,
    firstSeq: 1,
    turns: 0,
    provider: null,
    model: null,
    totals: { input: 0, output: 0, cacheCreation: 0, cacheRead: 0 },
    startedAt: now,
    heartbeatAt: null,
    state: { status: 'completed', endedAt: now, stopReason: 'replayed' },
  }
}

/** Undefined where the conversation is as short as it gets. */
async function summaryOf(
  ctx: AppContext,
  seed: RunRecord,
  sessionId: string,
  upTo: number,
): Promise<CompactionRow | undefined> {
  let summary: CompactionRow | undefined
  await ctx.engine.alone(seed.id, async (hold) => {
    const run = await loadToCompact(ctx, seed, { sessionId, after: 0, upTo })
    hold(run)
    try {
      if (await isShort(run)) return
      summary = await summarised(run, 'manual', await run.route())
    } catch (error) {
      if (error instanceof CompactionError || isWithoutModel(error)) throw compactionFailed(error.message)
      throw error
    }
  })
  return summary
}

/** About so much is copied at a time; others write in between. */
const batchBytes = 256 * 1024
const largestBatch = 2000

/** In steps, of which nobody sees any before the last. */
async function store(
  db: Database,
  source: SessionRow,
  seed: RunRecord,
  until: number,
  summary: CompactionRow | undefined,
  keep: (tx: Kysely<Schema>) => Promise<void>,
): Promise<void> {
  const { id: runId, sessionId, tenantId, startedAt: at } = seed
  const done: LogEvent = { type: 'done', stop_reason: 'replayed', usage: totalUsage(seed) }
  const own: LogEvent[] = until === 0 ? [] : [...(summary ? [summary] : []), done]
  const session = {
    id: sessionId,
    tenant_id: tenantId,
    user_id: seed.userId,
    agent: seed.agent,
    created_at: at,
    last_activity: at,
    opening: until === 0 ? '' : (source.title ?? source.opening),
  }
  await db.write([
    insertSession(session, { branched_from: source.id, branched_seq: until }),
    markDeleted(sessionId, unfinished),
  ])
  const batchSize = Math.min(Math.ceil((batchBytes * until) / Math.max(source.bytes, until)), largestBatch)
  for (let after = 0; after < until; after += batchSize) {
    const upTo = Math.min(after + batchSize, until)
    await db.write([
      copyEvents({ sessionId: source.id, after, upTo }, { sessionId, runId }),
      addBytesOf(sessionId, after, upTo),
    ])
  }
  await db.transaction(async (tx) => {
    if (!(await sessionExists(tx, source.id))) {
      throw new RuntimeError('session_not_found', `session not found: ${source.id}`)
    }
    await execute(tx, insertRun(seed))
    await execute(tx, recordTotals(runId, seed.totals))
    for (const [i, event] of own.entries()) {
      const row = { seq: until + 1 + i, run_id: runId, at, type: event.type, payload: JSON.stringify(event) }
      await execute(tx, insertEvent(tenantId, sessionId, row))
    }
    await execute(tx, markDeleted(sessionId, null))
    await execute(tx, copyDerived(source.id, sessionId, `${derivedPrefix}${newDerivedSuffix()}`, seed.agent))
    // Its texts are to be found, too.
    await execute(tx, touchSession(sessionId, at))
    await keep(tx)
  })
}
