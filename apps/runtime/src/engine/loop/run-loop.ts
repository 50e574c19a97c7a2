import type { LimitInfo } from '@loomcycle/proto'
import { isCodeAgent } from '../../ground/config/code-agents.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { isWithoutModel, type ResolvedModel } from '../../models/routing/resolve.ts'
import { begunAnew } from '../../models/routing/run-route.ts'
import { type LogEvent, toSegments } from '../log/log-event.ts'
import { lastWord } from '../rows/last-word.ts'
import { isToChange, putRoutes } from '../rows/run-agents.ts'
import { countRunInputs, deleteRunInput, deleteRunInputs, listRunInputs } from '../rows/run-inputs.ts'
import { deadlineOf, totalUsage, turnsBefore } from '../rows/run-record.ts'
import { endRun, limitTurn, markParked, markWaiting, type RunEnd, releaseRun } from '../rows/runs.ts'
import { touchSession } from '../rows/sessions.ts'
import { listCallStates } from '../rows/tool-calls.ts'
import { beginTreeBudget } from '../rows/trees.ts'
import { dropSuspension, dropTurnWishes } from '../rows/wishes.ts'
import { adjustRequest, noteShortened } from './adjust-request.ts'
import { compactIfDue } from './compaction.ts'
import { fallBack } from './fall-back.ts'
import { hearWishes } from './hear-wishes.ts'
import { meetLimits } from './meet-limits.ts'
import { returnInputs, type UnreadInputs } from './return-inputs.ts'
import { takeModelCall } from './take-model-call.ts'
import { refusal, refuseOpenCalls, runToolCalls } from './tool-calls.ts'
import { streamTurn } from './turn.ts'
import { windowOf } from './window.ts'
import type { WorkingRun } from './working-run.ts'

/**
 * Works a run until it parks, waits, ends, or is to leave memory. Everything it needs to know is in the log, so it can
 * be left at any point and taken up again by another call with a fresh `WorkingRun`.
 */
export async function runLoop(run: WorkingRun): Promise<void> {
  await run.deps.telemetry.span('run', run.labels, () => work(run))
}

async function work(run: WorkingRun): Promise<void> {
  await discardBrokenTurn(run)
  for (let isTakenUp = true; ; isTakenUp = false) {
    // Right after the turn that made the calls nothing is due that is not announced.
    const isBetween = !isTakenUp && run.history.openCalls.length > 0
    const isSpokenTo = !isBetween && (await hearWishes(run))
    if (run.control.isLost) return
    if (run.control.end) return end(run, run.control.end)
    if (run.control.turnCancel) return stopTurn(run, run.control.turnCancel.reason)
    if (run.control.suspend) return release(run)
    run.control.beginTurn()

    if (run.history.openCalls.length > 0) {
      await runToolCalls(run, { isTakenUp })
      if (run.history.openCalls.length > 0 && !run.control.isWanted) return waitForAnswers(run)
      continue
    }
    if (isSpokenTo) await takeInputs(run)
    const { owesModel } = run.history
    if (!owesModel && !run.control.compact) {
      if (await rest(run, run.history.stopReason ?? 'end_turn')) return
      continue
    }
    if (owesModel && run.iterations >= maxIterations(run)) {
      if (await restAtLimit(run)) return
      continue
    }
    const answering = await answeringModel(run)
    if (run.control.isWanted) continue
    if (typeof answering === 'string') return restAfterFailure(run, { message: answering })
    const limit = owesModel ? await meetLimits(run, answering) : undefined
    if (limit) return restAtTokenLimit(run, limit)
    const window = await windowOf(run, answering)
    const { route } = run.record
    await compactIfDue(run, answering, window)
    if (run.control.isWanted || !owesModel || run.record.route !== route) continue
    await noteShortened(run, answering, window)
    const spent = await takeModelCall(run)
    if (spent) return restAfterFailure(run, { message: spent, code: 'tree_budget_spent' })

    run.iterations++
    const labels = { ...run.labels, provider: answering.provider.id, model: answering.model }
    const turn = await run.deps.telemetry.span('turn', labels, () => streamTurn(run, answering, window))
    if (turn.kind === 'failed' && !run.control.isWanted) {
      if (await adjustRequest(run, answering, turn.error)) continue
      if (run.control.isWanted || run.record.route !== route) continue
      const fallback = await fallBack(run, answering, turn.error)
      if (fallback.kind === 'taken') continue
      const { message, retryAt, code } = turn.error
      return restAfterFailure(run, { message: [message, fallback.why].filter(Boolean).join('; '), retryAt, code })
    }
    if (turn.kind === 'ended' && run.history.openCalls.length === 0 && !run.control.isWanted) {
      if (await rest(run, run.history.stopReason ?? 'end_turn')) return
    }
  }
}

/** The process died while the model was speaking: what it had said is asked for again. */
async function discardBrokenTurn(run: WorkingRun) {
  if (!run.history.isMidTurn) return
  const retry = { provider: run.record.provider ?? '', attempt: 1, wait_ms: 0, reason: 'the runtime was restarted' }
  await run.append([{ type: 'retry', retry }])
}

/** The model, or why there is none. */
async function answeringModel(run: WorkingRun): Promise<ResolvedModel | string> {
  try {
    return await run.route()
  } catch (error) {
    if (isWithoutModel(error)) return error.message
    throw error
  }
}

/** Waiting inputs become user turns. Only here: never between a call and its result. */
async function takeInputs(run: WorkingRun) {
  for (const input of await listRunInputs(run.deps.db, run.record.id)) {
    run.iterations = 0
    const deadline = deadlineOf(run.record.options, run.deps.clock.now())
    const route = begunAnew(run.record.route)
    await run.append(
      [
        {
          type: 'user_input',
          segments: input.segments ?? toSegments(input.text),
          source: input.source,
          input_id: input.id,
          seen_at: new Date(run.deps.clock.now()).toISOString(),
        },
      ],
      [
        deleteRunInput(input.id),
        ...(deadline === null ? [] : [limitTurn(run.record.id, deadline)]),
        ...(run.record.depth === 0 ? [beginTreeBudget(run.record.id)] : []),
        ...(route ? putRoutes(run.record, route) : []),
      ],
    )
    if (route) run.record.route = route
    if (deadline !== null) run.deps.watchDeadline(deadline)
  }
}

/**
 * Parks an interactive run, ends any other. False when somebody has said something and the run goes on at once; one that
 * goes on as another agent parks all the same, and is taken up as that.
 */
async function rest(run: WorkingRun, stopReason: string): Promise<boolean> {
  const { deps, record } = run
  const isSpokenTo = (await countRunInputs(deps.db, record.id)) > 0
  if (isSpokenTo && !(record.interactive && (await isToChange(deps.db, record)))) return false
  if (run.record.interactive) {
    await park(run, [], stopReason)
    return true
  }
  try {
    const done = { type: 'done', stop_reason: stopReason, usage: totalUsage(run.record) } as const
    await run.append([done], ending(run, { status: 'completed', stopReason }))
    return true
  } catch (error) {
    // It was said while the run was about to end; it is heard.
    if (!(error instanceof NothingChangedError)) throw error
    await run.log.rewind()
    return false
  }
}

function restAtTokenLimit(run: WorkingRun, limit: LimitInfo) {
  const code = 'token_limit_exceeded'
  const told = run.history.hasTold(limit) ? [] : [{ type: 'limit', limit } as const]
  return restAfterFailure(run, { message: limit.message ?? code, code, stopReason: code, told })
}

interface TurnFailure {
  message: string
  retryAt?: number | undefined
  code?: string | undefined
  stopReason?: string
  /** What is said before it. */
  told?: LogEvent[]
}

async function restAfterFailure(
  run: WorkingRun,
  { message, retryAt, code, stopReason = 'error', told = [] }: TurnFailure,
) {
  const error = run.deps.redact.text(message)
  const events = [...closedTurn(run, 'error', 'Not run: the model’s turn failed.'), ...told]
  const retry_at = retryAt === undefined ? {} : { retry_at: new Date(retryAt).toISOString() }
  const failure = { type: 'error', error, ...retry_at, ...(code ? { code } : {}) } as const
  if (run.record.interactive) return park(run, [...events, failure], stopReason)
  await storeEnd(run, events, failure, { status: 'failed', stopReason, error })
}

/**
 * What was being said stays in the conversation. Stored together with what comes of it: otherwise a restart in between
 * would take the half for a whole turn.
 */
function closedTurn(run: WorkingRun, stop_reason: 'error' | 'cancelled', reason: string): LogEvent[] {
  if (!run.history.isMidTurn) return []
  return [
    { type: 'assistant_turn', stop_reason },
    ...run.history.callsOfThisTurn.map((call) => refusal(run, call, reason)),
  ]
}

async function restAtLimit(run: WorkingRun): Promise<boolean> {
  if (!run.record.interactive) return rest(run, 'max_iterations')
  const error = `Stopped after ${run.iterations} model calls without an end; the agent’s max_iterations says so. Say something to go on.`
  await park(run, [{ type: 'error', error }], 'max_iterations')
  return true
}

async function stopTurn(run: WorkingRun, why: string) {
  const reason = 'cancelled by operator'
  await refuseOpenCalls(run, reason)
  const turn_cancelled = { ...(why ? { reason: why } : {}), since_turn: turnsBefore(run.record) }
  await park(run, [...closedTurn(run, 'cancelled', reason), { type: 'turn_cancelled', turn_cancelled }], 'cancelled')
}

/** The run costs a row from here on. Whatever was said in the same instant wakes it again. */
async function park(run: WorkingRun, events: readonly LogEvent[], stop_reason: string) {
  const now = run.deps.clock.now()
  await run.append(
    [...events, { type: 'awaiting_input', awaiting_input: { since_turn: turnsBefore(run.record), stop_reason } }],
    [markParked(run.record.id, now), dropTurnWishes(run.record.id), touchSession(run.record.sessionId, now)],
  )
}

/** Like `park`, until what its calls wait for is there. */
async function waitForAnswers(run: WorkingRun) {
  const { db, clock } = run.deps
  const [waiting] = [...(await listCallStates(db, run.record.id)).values()].filter((call) => call.state === 'waiting')
  const now = clock.now()
  const awaited = waiting?.waitsFor ?? { state: 'child' as const, on: '' }
  const statements = [markWaiting(run.record, now, awaited), touchSession(run.record.sessionId, now)]
  await db.write([...statements, ...run.log.countBytes()])
}

async function release(run: WorkingRun) {
  const { record, deps, log } = run
  await deps.db.write([releaseRun(record, deps.clock.now()), dropSuspension(record), ...log.countBytes()])
}

async function end(run: WorkingRun, how: RunEnd) {
  const reason = how.error ?? how.stopReason
  await refuseOpenCalls(run, reason)
  await storeEnd(run, closedTurn(run, 'cancelled', reason), lastWord(run.record, how), how)
}

/** What was said and not taken in goes back to whoever said it, up to the last instant. */
async function storeEnd(run: WorkingRun, events: readonly LogEvent[], last: LogEvent, how: RunEnd) {
  const { db } = run.deps
  for (;;) {
    const unread = await returnInputs(db, run.record)
    try {
      return await run.append([...events, ...unread.events, last], ending(run, how, unread))
    } catch (error) {
      if (!(error instanceof NothingChangedError)) throw error
      if ((await countRunInputs(db, run.record.id)) === unread.count) throw error
      await run.log.rewind()
    }
  }
}

function ending(run: WorkingRun, how: RunEnd, unread?: UnreadInputs) {
  const { id, sessionId } = run.record
  const now = run.deps.clock.now()
  const end = endRun(id, now, how, unread?.count ?? 0)
  return [end, ...(unread?.statements ?? []), deleteRunInputs(id), touchSession(sessionId, now)]
}

function maxIterations(run: WorkingRun): number {
  const { agent, record, deps } = run
  if (isCodeAgent(agent) || agent.unboundedIterations || (record.interactive && !agent.maxIterations)) return 2 ** 20
  return agent.maxIterations ?? deps.config.limits.maxIterations
}
