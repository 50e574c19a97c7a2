import { commentType, RuntimeError } from '@loomcycle/proto'
import { cutText } from '@loomcycle/proto/wire'
import { finalText } from '../../engine/log/final-text.ts'
import type { RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { findSession } from '../../engine/rows/sessions.ts'
import { cutShort } from '../../engine/spawns/settle-call.ts'
import type { Actor } from '../../ground/identity/place.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { type Edit, edit } from '../documents/edit.ts'
import { onBehalfOf } from '../documents/on-behalf-of.ts'
import { createIn } from '../documents/ops/chunks/create-chunk.ts'
import { type CardStart, deleteStart } from '../documents/store/card-starts.ts'
import { findChunk } from '../documents/store/chunks.ts'
import { findDocument } from '../documents/store/documents.ts'
import { findPlaceById } from '../documents/store/places.ts'
import type { CardContext } from './context.ts'
import { forget } from './forget.ts'

/** A chunk has a limit of its own; the rest is in the run. */
const longestAnswer = 64 * 1024

/** What a run that has ended came to, as a comment of its agent. */
export async function answer(ctx: CardContext, row: CardStart): Promise<void> {
  const run = await findRun(ctx.db, row.run_id!)
  const by = { kind: 'agent', id: row.agent, run_id: row.run_id! } as const
  const outcome = run ? await outcomeOf(ctx, run) : 'This run was deleted before it could answer.'
  await say(ctx, row, by, outcome, run && (await cardOf(ctx, run)))
}

export async function sayNotStarted(ctx: CardContext, row: CardStart, why: string): Promise<void> {
  await say(
    ctx,
    row,
    { kind: 'system', id: 'board' },
    `The agent ${row.agent} could not be started: ${why.replace(/\.$/, '')}.`,
  )
}

async function outcomeOf({ db }: CardContext, run: RunRecord): Promise<string> {
  const { state } = run
  if (state.status === 'failed') return `I could not finish this: ${state.error}`
  if (state.status !== 'completed') return `I was stopped before I was done (${reasonOf(run)}).`
  const text = (await finalText(db, run)).trim()
  const ending = cutShort(state.stopReason)
  const whole = text === '' ? 'I have finished, and have nothing to say.' : cutText(text, longestAnswer)
  const isCut = ending ? `it was ${ending}` : text.length > longestAnswer ? 'the rest is in the run' : undefined
  return isCut ? `${whole}\n\n[This answer is not whole: ${isCut}.]` : whole
}

function reasonOf({ state }: RunRecord): string {
  return state.status === 'cancelled' && state.stopReason !== '' ? state.stopReason : 'it was ended'
}

/** What the card was called when the run began: its session is named after both. */
async function cardOf({ db }: CardContext, { agent, sessionId }: RunRecord): Promise<string> {
  const { opening = '' } = (await findSession(db, sessionId)) ?? {}
  return opening.slice(`${agent}: `.length)
}

/**
 * Says it in the commit in which the row goes, so that it is said once: on the card; or, what somebody has worked for,
 * on the document where the card is gone.
 */
async function say(ctx: CardContext, row: CardStart, actor: Actor, body: string, title?: string): Promise<void> {
  const place = await findPlaceById(ctx.db.read, row.place_id)
  const caller = onBehalfOf(place, row.user_id, actor)
  try {
    await edit(ctx.documents, caller, place.scope, async (current) => {
      if (!(await deleteStart(current.tx, row))) return
      const card = await findChunk(current.tx, row.place_id, row.chunk_id)
      const about = card ?? (title === undefined ? undefined : await findRoot(current, row))
      if (!about) return
      const comment = row.comment_id === '' ? undefined : await findChunk(current.tx, row.place_id, row.comment_id)
      await createIn(current, 'create_chunk', {
        document_id: about.document_id,
        parent_id: about.id,
        type: commentType,
        title: `Comment by ${actor.id}`,
        body: card ? body : `The card “${title}” was deleted while I was at work on it.\n\n${body}`,
        ...(comment ? { fields: { reply_to: comment.id } } : {}),
      })
    })
  } catch (error) {
    if (!(error instanceof RuntimeError || error instanceof ToolError)) throw error
    // There is no room for it, and there will not be soon; it is in the run.
    report(ctx.telemetry, 'an answer on a card', error)
    await forget(ctx, row)
  }
}

async function findRoot({ tx, placeId }: Edit, { document_id }: CardStart) {
  const document = await findDocument(tx, placeId, document_id)
  return document && findChunk(tx, placeId, document.root_chunk_id)
}
