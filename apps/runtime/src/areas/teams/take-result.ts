import { RuntimeError } from '@loomcycle/proto'
import { edgeOf, edgesFrom, edgeTaken, failedReason, type Outcome, type Scope } from '@loomcycle/proto/teams'
import { cutText } from '@loomcycle/proto/wire'
import { finalText } from '../../engine/log/final-text.ts'
import type { RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { cutShort } from '../../engine/spawns/settle-call.ts'
import type { Actor } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { enterColumn } from '../documents/board/enter-column.ts'
import { changeChunk } from '../documents/chunks/change-chunk.ts'
import { type Edit, edit } from '../documents/edit.ts'
import { onBehalfOf } from '../documents/on-behalf-of.ts'
import { findChunk } from '../documents/store/chunks.ts'
import { findPlaceById } from '../documents/store/places.ts'
import type { TeamContext } from './context.ts'
import { endTeamRun } from './end-team-run.ts'
import { enterState } from './enter-state.ts'
import type { StepWork } from './make-step-run.ts'
import type { Said } from './step-task.ts'
import { endStep, findTeamRun, type TeamStepRunRow, updateTeamRun } from './store.ts'
import { saidValue, verdictOf } from './verdict.ts'

const longestOutput = 64 * 1024

interface Result {
  said: Said[]
  outcome: Outcome
  /** For each, what conditions look into. */
  values: unknown[]
  /** Everybody’s run has failed: why. */
  failure: string | undefined
}

/** What the runs of a step came to, which have all ended. */
export async function resultOf({ db }: TeamContext, rows: readonly TeamStepRunRow[]): Promise<Result> {
  const ends = await Promise.all(
    rows.map(async (row) => {
      const run = row.run_id === null ? undefined : await findRun(db, row.run_id)
      const failure = row.error ?? (run ? failureOf(run) : 'its conversation was deleted')
      if (failure !== undefined) return { agent: row.agent, failure, text: '', outcome: undefined }
      const { text, outcome } = verdictOf(whole(await finalText(db, run!), run!))
      return { agent: row.agent, failure, text: cutText(text, longestOutput), outcome }
    }),
  )
  const failures = ends.flatMap(({ agent, failure }) => (failure === undefined ? [] : [`${agent}: ${failure}`]))
  const back = ends.find(({ outcome }) => outcome?.kind === 'pushback')?.outcome
  const hasFailed = failures.length === ends.length
  return {
    said: ends.map(({ agent, text, failure }) => ({
      agent,
      output: failure === undefined ? text : `[failed: ${failure}]`,
    })),
    values: ends.map(({ text }) => saidValue(text)),
    outcome: hasFailed ? { kind: 'pushback', reason: failedReason } : (back ?? { kind: 'success' }),
    failure: hasFailed ? failures.join('; ') : undefined,
  }
}

function failureOf({ state }: RunRecord): string | undefined {
  if (state.status === 'failed') return state.error
  if (state.status === 'cancelled') return `it was stopped${state.stopReason ? ` (${state.stopReason})` : ''}`
  return undefined
}

function whole(text: string, { state }: RunRecord): string {
  const ending = state.status === 'completed' ? cutShort(state.stopReason) : undefined
  return ending ? `${text}\n\n[This is not whole: it was ${ending}.]` : text
}

/** Takes the edge that the result of a step leads along, and the card with it: one commit, or none. */
export async function takeResult(
  ctx: TeamContext,
  { run, graph, state, card }: StepWork,
  rows: readonly TeamStepRunRow[],
): Promise<void> {
  const result = await resultOf(ctx, rows)
  const output = JSON.stringify(result.said)
  const reason = result.outcome.kind === 'pushback' ? result.outcome.reason : null
  const values: Scope = {
    output: state.handler.kind === 'parallel' ? result.values : result.values[0],
    iteration: run.iterations,
  }
  if (result.failure !== undefined && !edgesFrom(graph, run.state).some(({ on }) => isOnFailure(on))) {
    await endTeamRun(ctx, run.id, { status: 'failed', error: result.failure })
    return
  }
  const move = async (tx: Edit['tx'], scope: Scope, moveCard: (to: string) => Promise<void>) => {
    const edge = edgeTaken(graph, run.state, result.outcome, { ...scope, ...values })
    if (!edge) return { refused: `${run.state} was pushed back (${reason}), and no edge takes that` }
    const at = ctx.clock.now()
    if (!(await endStep(tx, run, { edge: edge.on, next: edge.to, reason, output, ended_at: at }))) return {}
    if (edge.to !== run.state) await moveCard(edge.to)
    await enterState(tx, run, graph, { state: edge.to, output, at })
    return {}
  }
  try {
    const { refused } = card
      ? await moveWithCard(ctx, { run, card }, rows, move)
      : await ctx.db.transaction((tx) => move(tx, {}, async () => {}))
    if (refused) await endTeamRun(ctx, run.id, { status: 'failed', error: refused })
  } catch (error) {
    if (!(error instanceof RuntimeError || error instanceof ToolError)) throw error
    if (error instanceof RuntimeError && error.code === 'store_unavailable') throw error
    await waitOrFail(ctx, run.id, error)
  }
}

type Move = (tx: Edit['tx'], scope: Scope, moveCard: (to: string) => Promise<void>) => Promise<{ refused?: string }>

async function moveWithCard(
  ctx: TeamContext,
  { run, card }: Required<Pick<StepWork, 'run' | 'card'>>,
  rows: readonly TeamStepRunRow[],
  move: Move,
): Promise<{ refused?: string }> {
  const worker = rows.findLast(({ run_id }) => run_id !== null)
  const actor: Actor = worker
    ? { kind: 'agent', id: worker.agent, run_id: worker.run_id! }
    : { kind: 'system', id: run.name }
  const caller = onBehalfOf(await findPlaceById(ctx.db.read, run.place_id), run.user_id, actor)
  return edit(ctx.documents, caller, run.scope, async (current) => {
    const now = await findChunk(current.tx, run.place_id, card!.id)
    // Somebody has moved it meanwhile, which is looked at next.
    if (!now || now.status !== run.state) return {}
    const { status, type, title, tags } = now
    return move(current.tx, { status, type, title, tags, fields: now.fields ?? {} }, async (to) => {
      const { rank } = await enterColumn(current, now, to)
      await changeChunk(current, now, { content: { status: to }, rank }, { op: 'move_card', newRevision: true })
    })
  })
}

function isOnFailure(on: string): boolean {
  const edge = edgeOf(on)
  return edge?.kind === 'pushback' && edge.reason === failedReason
}

/** A full column may have room later; whatever else refuses it refuses it for good. */
async function waitOrFail(ctx: TeamContext, id: string, error: Error): Promise<void> {
  const isFull = error instanceof RuntimeError && error.code === 'column_full'
  if (!isFull) {
    await endTeamRun(ctx, id, { status: 'failed', error: error.message })
    return
  }
  const before = await findTeamRun(ctx.db.read, id)
  if (before?.waits_for === 'room') return
  await ctx.db.transaction((tx) => updateTeamRun(tx, id, { status: 'waiting', waits_for: 'room' }))
}
