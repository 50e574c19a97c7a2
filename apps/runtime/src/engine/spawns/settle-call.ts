import { NothingChangedError } from '../../ground/db/errors.ts'
import { finalText } from '../log/final-text.ts'
import type { LogEvent } from '../log/log-event.ts'
import { isLive, type RunRecord } from '../rows/run-record.ts'
import { findRun, listSpawnedRuns } from '../rows/runs.ts'
import { answerCall, type CallAnswer, findSuspendedCall, listSpawningCalls } from '../rows/tool-calls.ts'
import type { SpawnContext } from './context.ts'
import type { RefusedTask } from './start-children.ts'

interface TaskResult {
  index: number
  agent: string
  ok: boolean
  output?: string
  error?: string
  run?: RunRecord
}

const defaultConcurrentChildren = 4

/** What a call waits with whose runs come one step after another. */
export const teamCall = 'team'

/**
 * Brings a spawning call forward: starts as many of its runs as may go on at once, and once all have ended, answers
 * it and wakes its run. May be called at any time and any number of times.
 */
export async function settleCall(ctx: SpawnContext, parentRunId: string, toolUseId: string): Promise<void> {
  const { db } = ctx
  const children = await listSpawnedRuns(db, parentRunId, toolUseId)
  const live = children.filter(isLive)
  if (live.length > 0) return startNext(ctx, parentRunId, live)
  const call = await findSuspendedCall(db, parentRunId, toolUseId)
  // Of a team, somebody else knows whether there is another step.
  if (!call || call.op === teamCall) return
  const refused = call.waitsFor.refused ?? []
  try {
    await db.write([
      answerCall(parentRunId, toolUseId, answerOf(call.op, toolUseId, await resultsOf(ctx, children, refused))),
    ])
  } catch (error) {
    // Somebody else has answered it, or its run does not wait any more.
    if (!(error instanceof NothingChangedError)) throw error
    return
  }
  ctx.wake(parentRunId)
}

/** After a restart: calls whose runs have ended without anybody noticing, and runs that nobody has started. */
export async function settleAllCalls(ctx: SpawnContext): Promise<void> {
  for (const { run_id, tool_use_id } of await listSpawningCalls(ctx.db)) await settleCall(ctx, run_id, tool_use_id)
}

async function startNext(ctx: SpawnContext, parentRunId: string, live: readonly RunRecord[]) {
  const parent = await findRun(ctx.db, parentRunId)
  const version = parent && (await ctx.definitions.find(parent.tenantId, parent.agent, parent.agentDefId))
  const limit = version?.agent.maxConcurrentChildren ?? defaultConcurrentChildren
  const isQueued = (run: RunRecord) =>
    run.state.status === 'running' && run.state.phase === 'queued' && !ctx.isWorking(run.id)
  const room = limit - live.filter((run) => !isQueued(run)).length
  for (const next of live.filter(isQueued).slice(0, Math.max(room, 0))) ctx.wake(next.id)
}

async function resultsOf(
  ctx: SpawnContext,
  children: readonly RunRecord[],
  refused: readonly RefusedTask[],
): Promise<TaskResult[]> {
  const ending = children.map(async (run): Promise<TaskResult> => {
    const base = { index: run.spawnIndex, agent: run.agent, run }
    if (run.state.status === 'completed') {
      return { ...base, ok: true, output: notWhole(await finalText(ctx.db, run), run.state.stopReason) }
    }
    return { ...base, ok: false, error: run.state.status === 'failed' ? run.state.error : stopReasonOf(run) }
  })
  const ran = await Promise.all(ending)
  const failed = refused.map((task): TaskResult => ({ ...task, ok: false }))
  return [...ran, ...failed].sort((a, b) => a.index - b.index)
}

const endings: Record<string, string> = {
  max_tokens: 'cut off at the limit of its model’s answers',
  content_filter: 'ended by the content filter of its service',
  refusal: 'ended by its model, which declined to go on',
  max_iterations: 'ended at its limit of steps',
}

/** How a run that has ended was kept from saying all it had to say; undefined where it was not. */
export function cutShort(stopReason: string): string | undefined {
  return Object.hasOwn(endings, stopReason) ? endings[stopReason] : undefined
}

/** Whoever asked would otherwise take half an answer for a whole one. */
function notWhole(text: string, stopReason: string): string {
  const ending = cutShort(stopReason)
  if (!ending) return text
  return `${text}\n\n[The sub-agent’s answer is not whole: it was ${ending}.]`.trim()
}

function stopReasonOf(run: RunRecord): string {
  return run.state.status === 'cancelled' ? run.state.stopReason : 'it did not end'
}

function answerOf(op: string, toolUseId: string, results: readonly TaskResult[]): CallAnswer {
  const events = results.map(
    ({ run, ...result }): LogEvent => ({
      type: 'spawn_child_result',
      spawn_child: { tool_use_id: toolUseId, ...result, ...(run ? { run_id: run.id, agent_id: run.agentId } : {}) },
    }),
  )
  if (op === 'parallel_spawn') {
    return { events, text: JSON.stringify({ results: results.map(({ run: _, ...result }) => result) }) }
  }
  const [only] = results
  const said = only?.output || `(sub-agent ${only?.agent} completed with no final text)`
  const mark = `[sub-agent agent_id=${only?.run?.agentId ?? ''}]`
  return only?.ok
    ? { events, text: `${mark}\n${said}` }
    : { events, text: `${mark}\nThe sub-agent ${only?.agent} failed: ${only?.error}`, isError: true }
}
