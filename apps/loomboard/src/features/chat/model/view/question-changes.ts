import type { RunEvent } from '@loomcycle/proto'
import { type QuestionState, timeOf } from '../../../../lib/runs/question.ts'
import { addNotice } from './turn-changes.ts'
import type { ViewDraft } from './view-draft.ts'

type Asked = Extract<RunEvent, { type: 'interruption_pending' }>['interruption']
type Resolved = Extract<RunEvent, { type: 'interruption_resolved' }>['interruption']

/** A question opens where the agent asks it; a notice only says something. */
export function askQuestion(draft: ViewDraft, asked: Asked, seq: number | undefined, at: number): void {
  const { question = '', options = [], context, priority = 'normal', expires_at } = asked
  if (asked.kind === 'notice') {
    addNotice(draft, question, seq, at, { fromAgent: true })
    return
  }
  const turn = draft.ensureTurn(seq, at)
  draft.closeOpenPart(turn, at)
  const asking = new Set(turn.parts.flatMap((part) => (part.kind === 'question' ? [part.callId] : [])))
  // Older servers name no call; calls ask in order, so it belongs to the first that has no question yet.
  const call = turn.parts.find(
    (part) =>
      part.kind === 'tool' && part.name === 'Interruption' && part.state === 'running' && !asking.has(part.callId),
  )
  draft.addPart(turn, {
    kind: 'question',
    id: draft.newId(seq),
    interruptId: asked.interrupt_id,
    runId: draft.view.run.runId,
    callId: asked.tool_use_id ?? (call?.kind === 'tool' ? call.callId : undefined),
    question,
    options,
    context: context || undefined,
    priority,
    expiresAt: timeOf(expires_at),
    state: 'pending',
  })
}

const states: Record<Resolved['status'], QuestionState> = {
  resolved: 'answered',
  declined: 'declined',
  timed_out: 'expired',
  cancelled: 'cancelled',
}

export function resolveQuestion(draft: ViewDraft, resolved: Resolved): void {
  const { interrupt_id, status, answer, resolved_by } = resolved
  draft.settleQuestions((question) => question.interruptId === interrupt_id, {
    state: states[status] ?? 'cancelled',
    answer,
    answeredBy: resolved_by,
  })
}
