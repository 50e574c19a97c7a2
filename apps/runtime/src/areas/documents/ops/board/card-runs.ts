import { type RunRecord, toAgentRow } from '../../../../engine/rows/run-record.ts'
import { openQuestions } from '../../../interrupts/open-questions.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getDocument } from '../../find.ts'
import { look } from '../../look.ts'
import { listEndedCardRuns, listLiveCardRuns } from '../../store/card-runs.ts'
import { type CardStart, listWaiting } from '../../store/card-starts.ts'
import { listStatuses } from '../../store/ranks.ts'

const usualLimit = 100

export function cardRuns(deps: DocumentDeps): DocumentOp<'card_runs'> {
  const { db } = deps
  return async (caller, { scope, document_id, id, limit = usualLimit }) => {
    const within = await look(deps, caller, scope)
    await getDocument(within, document_id)
    const { tenantId } = within.place
    const live = await listLiveCardRuns(db.read, { tenantId, documentId: document_id, chunkId: id }, limit)
    const left = limit - live.length
    const ended =
      id === undefined || left <= 0
        ? []
        : await listEndedCardRuns(db.read, { tenantId, documentId: document_id, chunkId: id }, left)
    const waiting = await listWaiting(db.read, document_id, id, limit)
    const statuses = await listStatuses(
      db.read,
      waiting.map(({ chunk_id }) => chunk_id),
    )
    return {
      runs: await Promise.all([...live, ...ended].map(async (run) => ({ ...toCardRun(run), ...(await asked(run)) }))),
      waiting: waiting.filter((start) => isInLine(start, statuses.get(start.chunk_id))).map(toWaiting),
    }
  }

  async function asked(run: RunRecord) {
    return { questions: run.awaited?.state === 'interrupted' ? await openQuestions(db.read, run.id) : [] }
  }
}

/** Whoever has left the column is out, though the row is only taken away at its turn. */
function isInLine({ comment_id, status }: CardStart, now: string | undefined): boolean {
  return now !== undefined && (comment_id !== '' || status === now)
}

function toCardRun(run: RunRecord) {
  return { chunk_id: run.options.parentContext?.board_chunk_id ?? '', ...toAgentRow(run) }
}

function toWaiting({ chunk_id, agent, comment_id, status, asked_by, created_at }: CardStart) {
  return {
    chunk_id,
    agent,
    ...(comment_id === '' ? { status } : { comment_id }),
    asked_by: JSON.parse(asked_by),
    since: new Date(created_at).toISOString(),
  }
}
