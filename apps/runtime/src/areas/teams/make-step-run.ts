import { RuntimeError, type TeamGraph } from '@loomcycle/proto'
import type { GraphState } from '@loomcycle/proto/teams'
import { findRun } from '../../engine/rows/runs.ts'
import { planRun } from '../../engine/runs/plan-run.ts'
import { settleCall } from '../../engine/spawns/settle-call.ts'
import { takeOfTree, userTierOfTree } from '../../engine/spawns/take-of-tree.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { StoredChunk } from '../documents/chunks/chunk.ts'
import { listComments } from '../documents/store/chunks.ts'
import type { TeamContext } from './context.ts'
import { type Said, stepTask } from './step-task.ts'
import {
  countVisits,
  findStepBefore,
  markStepRun,
  refuseStepRun,
  setRoot,
  type TeamRunRow,
  type TeamStepRow,
  type TeamStepRunRow,
} from './store.ts'

/** What cannot be had now is had later. */
const passing: ReadonlySet<string> = new Set(['store_unavailable', 'shutting_down', 'runtime_paused'])
const mostComments = 50
/** Runs of a call are sorted by it. */
const mostPlaces = 100

export interface StepWork {
  run: TeamRunRow
  graph: TeamGraph
  state: GraphState
  card: StoredChunk | undefined
}

/**
 * Makes the run of one agent of a step, in one commit with the note that it is made, so that there is one of it whoever
 * else looks. False where it has to wait for another one of its tree to end.
 */
export async function makeStepRun(ctx: TeamContext, work: StepWork, row: TeamStepRunRow): Promise<boolean> {
  const { db, clock } = ctx
  const { run, card } = work
  try {
    const version = await ctx.definitions.get(run.tenant_id, row.agent)
    const parent = await parentOf(ctx, run)
    const root = parent?.rootRunId ?? (await livingRoot(ctx, run))
    const user = await userTierOfTree(ctx, root)
    const model = await ctx.resolveModel(version.agent, user.userTier)
    const limits = await ctx.tokenLimits.admit({ tenantId: run.tenant_id, userId: run.user_id }, model.provider.id)
    const budget = root === undefined ? [] : await takeOfTree(ctx, root, version.agent)
    if (budget === 'later') return false
    const segments = await taskFor(ctx, work)
    const length = segments.reduce((sum, { content }) => sum + JSON.stringify(content).length, 0)
    await ctx.sessionQuotas.take({ tenantId: run.tenant_id, userId: run.user_id }, { sessions: 1, bytes: length })
    const { record, statements } = await planRun(
      ctx,
      {
        tenantId: run.tenant_id,
        userId: run.user_id,
        version,
        model,
        segments,
        opening: `${row.agent}: ${card?.title ?? `${run.name}, ${run.state}`}`,
        options: {
          // A run that waits for it ends what it started; without one, nobody has to listen.
          ...(parent ? {} : { unattended: true }),
          ...user,
          parentContext: {
            team_run_id: run.id,
            ...(card
              ? { board_scope: run.scope, board_document_id: run.document_id, board_chunk_id: run.chunk_id }
              : {}),
          },
        },
        interactive: false,
        source: 'api',
        traceId: run.trace_id ?? undefined,
        ...(parent
          ? {
              parent: {
                record: parent,
                volumes: parent.options.volumes,
                toolUseId: run.parent_tool_use_id!,
                index: row.step * mostPlaces + row.place,
              },
            }
          : root === undefined
            ? {}
            : { tree: { rootRunId: root, depth: run.depth } }),
        declaredVolumes: ctx.declaredVolumes(),
        limits,
        now: clock.now(),
      },
      null,
    )
    const begun = root === undefined ? [setRoot(run.id, record.id)] : []
    await db.write([markStepRun(row, record.id), ...budget, ...begun, ...statements])
    if (parent) await settleCall(ctx, parent.id, run.parent_tool_use_id!)
    else ctx.wake(record.id)
    return true
  } catch (error) {
    // Somebody else was faster, or the run of the team is over.
    if (error instanceof NothingChangedError) return true
    if (!(error instanceof RuntimeError) || passing.has(error.code)) throw error
    await db.write([refuseStepRun(row, error.message)])
    return true
  }
}

async function parentOf({ db }: TeamContext, { parent_run_id }: TeamRunRow) {
  return parent_run_id === null ? undefined : findRun(db, parent_run_id)
}

/** Its own first run, whose conversation somebody may have deleted. */
async function livingRoot({ db }: TeamContext, { root_run_id }: TeamRunRow): Promise<string | undefined> {
  return root_run_id !== null && (await findRun(db, root_run_id)) ? root_run_id : undefined
}

async function taskFor({ db }: TeamContext, { run, graph, state, card }: StepWork) {
  const before = await findStepBefore(db.read, run)
  const last = before?.reason == null ? undefined : await findStepBefore(db.read, run, run.state)
  return stepTask({
    ...{ run, graph, state },
    card: card && { chunk: card, comments: await listComments(db.read, card, mostComments) },
    before: before && { state: before.state, said: saidIn(before), reason: before.reason ?? undefined },
    visit: await countVisits(db.read, run),
    last: saidIn(last),
  })
}

function saidIn(step: Pick<TeamStepRow, 'output'> | undefined): Said[] {
  return step?.output == null ? [] : (JSON.parse(step.output) as Said[])
}
