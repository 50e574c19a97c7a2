import { NothingChangedError } from '../db/commit-writer.ts'
import type { LogEvent } from '../log/log-event.ts'
import { totalUsage } from '../runs/run-record.ts'
import { deleteRunInput, endRun, listRunInputs, markParked, markWorking, type RunEnd } from '../runs/store.ts'
import { touchSession } from '../sessions/store.ts'
import { refuseOpenCalls, runToolCalls } from './tool-calls.ts'
import { streamTurn } from './turn.ts'
import type { WorkingRun } from './working-run.ts'

/**
 * Works a run until it parks, ends, or the process stops. Everything it needs to know is in the log, so it can be
 * left at any point and taken up again by another call with a fresh `WorkingRun`.
 */
export async function runLoop(run: WorkingRun): Promise<void> {
  await discardBrokenTurn(run)
  // Not waited for: should it fail, so will the next write of this run, and that one is.
  run.deps.db.write([markWorking(run.record.id, run.deps.clock.now())]).catch(() => {})
  for (;;) {
    if (run.control.suspend) return
    if (run.control.end) return end(run, run.control.end)
    run.control.beginTurn()

    if (run.history.openCalls.length > 0) {
      await runToolCalls(run)
      if (run.control.turnCancel && (await stopTurn(run))) return
      continue
    }
    await takeInputs(run)
    if (!run.history.owesModel) {
      if (await rest(run, 'end_turn')) return
      continue
    }
    if (run.iterations >= maxIterations(run)) {
      if (await restAtLimit(run)) return
      continue
    }

    run.iterations++
    const turn = await streamTurn(run)
    if (run.control.suspend || run.control.end) continue
    if (turn.kind === 'interrupted') {
      if (await stopTurn(run)) return
    } else if (turn.kind === 'failed') {
      await refuseOpenCalls(run, 'Not run: the model’s turn failed.')
      if (await restAfterFailure(run, turn.error.message)) return
    } else if (run.history.openCalls.length === 0) {
      if (await rest(run, turn.stopReason)) return
    }
  }
}

/** The process died while the model was speaking: what it had said is asked for again. */
async function discardBrokenTurn(run: WorkingRun) {
  if (!run.history.isMidTurn) return
  await run.append([
    {
      type: 'retry',
      retry: { provider: run.provider.id, attempt: 1, wait_ms: 0, reason: 'the runtime was restarted' },
    },
  ])
}

/** Waiting inputs become user turns. Only here: never between a call and its result. */
async function takeInputs(run: WorkingRun) {
  for (const input of listRunInputs(run.deps.db, run.record.id)) {
    run.iterations = 0
    await run.append(
      [
        {
          type: 'user_input',
          segments: [{ role: 'user', content: [{ type: 'trusted-text', text: input.text }] }],
          source: input.source,
          input_id: input.id,
          seen_at: new Date(run.deps.clock.now()).toISOString(),
        },
      ],
      [deleteRunInput(input.id)],
    )
  }
}

/** Parks an interactive run, ends any other. True when the run has left the loop. */
async function rest(run: WorkingRun, stopReason: string): Promise<boolean> {
  if (run.record.interactive) return park(run, [])
  if (listRunInputs(run.deps.db, run.record.id).length > 0) return false
  try {
    await end(run, { status: 'completed', stopReason }, { onlyWithoutInputs: true })
    return true
  } catch (error) {
    // Somebody said something while the run was about to end; it is heard.
    if (!(error instanceof NothingChangedError)) throw error
    run.log.rewind()
    return false
  }
}

async function restAtLimit(run: WorkingRun): Promise<boolean> {
  if (!run.record.interactive) return rest(run, 'max_iterations')
  const error = `Stopped after ${run.iterations} model calls without an end; the agent’s max_iterations says so. Say something to go on.`
  return park(run, [{ type: 'error', error }])
}

async function restAfterFailure(run: WorkingRun, error: string): Promise<boolean> {
  const message = run.deps.redact.text(error)
  if (run.record.interactive) return park(run, [{ type: 'error', error: message }])
  await run.append(
    [{ type: 'error', error: message }],
    ending(run, { status: 'failed', stopReason: 'error', error: message }),
  )
  return true
}

async function stopTurn(run: WorkingRun): Promise<boolean> {
  const cancel = run.control.turnCancel
  run.control.turnCancel = undefined
  await refuseOpenCalls(run, 'cancelled by operator')
  const turn_cancelled = { ...(cancel?.reason ? { reason: cancel.reason } : {}), since_turn: run.record.turns }
  const left = await park(run, [{ type: 'turn_cancelled', turn_cancelled }])
  cancel?.onStopped()
  return left
}

/** False when somebody has said something already: the run goes on at once. */
async function park(run: WorkingRun, events: readonly LogEvent[]): Promise<boolean> {
  const now = run.deps.clock.now()
  await run.append(
    [...events, { type: 'awaiting_input', awaiting_input: { since_turn: run.record.turns } }],
    [markParked(run.record.id, now), touchSession(run.record.sessionId, now)],
  )
  if (listRunInputs(run.deps.db, run.record.id).length === 0) return true
  await run.deps.db.write([markWorking(run.record.id, now)])
  return false
}

async function end(run: WorkingRun, how: RunEnd, options = { onlyWithoutInputs: false }) {
  await refuseOpenCalls(run, how.stopReason)
  await run.append(
    [
      {
        type: 'done',
        stop_reason: how.status === 'cancelled' ? 'cancelled' : how.stopReason,
        usage: totalUsage(run.record),
      },
    ],
    ending(run, how, options),
  )
}

function ending(run: WorkingRun, how: RunEnd, options = { onlyWithoutInputs: false }) {
  const now = run.deps.clock.now()
  return [endRun(run.record.id, now, how, options), touchSession(run.record.sessionId, now)]
}

function maxIterations(run: WorkingRun): number {
  const { agent, record, deps } = run
  if (agent.unboundedIterations || (record.interactive && !agent.maxIterations)) return 2 ** 20
  return agent.maxIterations ?? deps.config.limits.maxIterations
}
