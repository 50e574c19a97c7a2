import { RuntimeError } from '@loomcycle/proto'
import { treeLimits } from '../../engine/agents/tree-limits.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { roomForRuns, spentOf, spentSentence } from '../../engine/rows/tree-budget.ts'
import { reserveTreeRuns, settleTreeRuns, treeUse } from '../../engine/rows/trees.ts'
import { planRun, type Tree } from '../../engine/runs/plan-run.ts'
import type { Statement } from '../../ground/db/commit-writer.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { type CardStart, type Limit, markStarted } from '../documents/store/card-starts.ts'
import { findChunk } from '../documents/store/chunks.ts'
import { findPlaceById } from '../documents/store/places.ts'
import { sayNotStarted } from './answer.ts'
import type { CardContext } from './context.ts'
import { forget } from './forget.ts'
import { taskOf } from './task.ts'
import { readThread } from './thread.ts'

/** What cannot be had now is had later. */
const passing: ReadonlySet<string> = new Set(['store_unavailable', 'shutting_down', 'runtime_paused'])

/**
 * Makes the run of a card, in one commit with the note that it is made, so that there is one of it whoever else looks.
 * Where it cannot be, the card says why.
 */
export async function start(ctx: CardContext, row: CardStart, limits: readonly Limit[]): Promise<void> {
  const { db, clock } = ctx
  const card = await findChunk(db.read, row.place_id, row.chunk_id)
  const isMention = row.comment_id !== ''
  const comment = isMention ? await findChunk(db.read, row.place_id, row.comment_id) : undefined
  // What it was for is gone, or has left the column before its turn.
  if (!card || (isMention ? !comment : card.status !== row.status)) return forget(ctx, row)
  try {
    const version = await ctx.definitions.get(row.tenant_id, row.agent)
    const model = await ctx.resolveModel(version.agent)
    const tree = row.tree === null ? undefined : (JSON.parse(row.tree) as Tree)
    const budget = tree ? await takeOfTree(ctx, tree, version.agent) : []
    // A run of its tree that ends makes room, and has us look again.
    if (budget === 'later') return
    const place = await findPlaceById(db.read, row.place_id)
    const segments = taskOf({ row, card, scope: place.scope, ...(await readThread(db.read, row, card)) })
    const length = segments.reduce((sum, { content }) => sum + JSON.stringify(content).length, 0)
    await ctx.sessionQuotas.take({ tenantId: row.tenant_id, userId: row.user_id }, { sessions: 1, bytes: length })
    const { record, statements } = await planRun(
      ctx,
      {
        tenantId: row.tenant_id,
        userId: row.user_id,
        version,
        model,
        segments,
        opening: `${row.agent}: ${card.title}`,
        options: {
          unattended: true,
          parentContext: { board_scope: place.scope, board_document_id: row.document_id, board_chunk_id: card.id },
        },
        interactive: false,
        source: 'api',
        tree,
        declaredVolumes: ctx.declaredVolumes(),
        now: clock.now(),
      },
      null,
    )
    await db.write([markStarted(row, record.id, limits), ...budget, ...statements])
    ctx.wake(record.id)
  } catch (error) {
    // Somebody else was faster.
    if (error instanceof NothingChangedError) return
    if (!(error instanceof RuntimeError) || passing.has(error.code)) throw error
    await sayNotStarted(ctx, row, error.message)
  }
}

/** What a run sets off by a comment or a move counts among the runs of its tree; it comes later where too many are at work. */
async function takeOfTree(
  { db, definitions, limits }: CardContext,
  { rootRunId }: Tree,
  agent: Parameters<typeof treeLimits>[1]['agent'],
): Promise<Statement[] | 'later'> {
  if (!(await findRun(db, rootRunId))) throw new RuntimeError('run_not_found', 'the run that asked for it is gone')
  const own = await treeLimits({ db, definitions, limits }, { id: '', rootId: rootRunId, agent })
  const use = await treeUse(db, rootRunId)
  if (roomForRuns(use, own) === 0) {
    const spent = spentOf(use, own) ?? 'runs'
    if (spent === 'runsAtOnce') return 'later'
    throw new RuntimeError('quota_exceeded', spentSentence(spent, own))
  }
  return [reserveTreeRuns(rootRunId, 1, own), settleTreeRuns(rootRunId, 1, 1)]
}
