import { RuntimeError } from '@loomcycle/proto'
import { planRun, type Tree } from '../../engine/runs/plan-run.ts'
import { takeOfTree, userTierOfTree } from '../../engine/spawns/take-of-tree.ts'
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
    const tree = row.tree === null ? undefined : (JSON.parse(row.tree) as Tree)
    const user = await userTierOfTree(ctx, tree?.rootRunId)
    const model = await ctx.resolveModel(version.agent, user.userTier)
    const reached = await ctx.tokenLimits.admit({ tenantId: row.tenant_id, userId: row.user_id }, model.provider.id)
    const budget = tree ? await takeOfTree(ctx, tree.rootRunId, version.agent) : []
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
          ...user,
          parentContext: { board_scope: place.scope, board_document_id: row.document_id, board_chunk_id: card.id },
        },
        interactive: false,
        source: 'api',
        tree,
        declaredVolumes: ctx.declaredVolumes(),
        limits: reached,
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
