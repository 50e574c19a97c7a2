import { addNotice, takeInput } from './turn-changes.ts'
import type { UnlistedEvent } from './types.ts'
import type { ViewDraft } from './view-draft.ts'

const noticeTypes = new Set(['fallback_suppressed', 'cache_invalidated', 'reasoning_invalidated', 'model_downgraded'])

/** Rows only the log has, and events that are not declared yet. What nobody knows is skipped. */
export function reduceUnlisted(draft: ViewDraft, event: UnlistedEvent, seq: number | undefined, at: number): void {
  if (event.type === 'user_input') {
    const text = segmentsText(event.payload)
    if (text) takeInput(draft, text, {}, seq, at)
  } else if (event.type === 'interruption_pending') {
    askQuestion(draft, event.interruption, seq, at)
  } else if (event.type === 'interruption_resolved') {
    const id = member(event.interruption, 'interrupt_id')
    draft.closeQuestions((question) => question.interruptId === id)
  } else if (event.type === 'limit') {
    const message = member(event.limit, 'message')
    addNotice(draft, message || 'A token budget has been reached.', seq, at, 'warn')
  } else if (noticeTypes.has(event.type) && typeof event.text === 'string') {
    addNotice(draft, event.text, seq, at)
  }
}

/** What the operator typed: the text blocks of the user segments. */
function segmentsText(payload: unknown): string {
  if (!Array.isArray(payload)) return ''
  return payload
    .filter((segment) => segment?.role === 'user' && Array.isArray(segment.content))
    .flatMap((segment) => segment.content)
    .map((block) => (typeof block?.text === 'string' ? block.text : ''))
    .filter(Boolean)
    .join('\n')
}

function askQuestion(draft: ViewDraft, interruption: unknown, seq: number | undefined, at: number): void {
  const turn = draft.ensureTurn(seq, at)
  draft.closeOpenPart(turn, at)
  const asked = new Set(turn.parts.flatMap((part) => (part.kind === 'question' ? [part.callId] : [])))
  // The event names no call; calls are asked in order, so it belongs to the first that has no question yet.
  const call = turn.parts.find(
    (part) =>
      part.kind === 'tool' && part.name === 'Interruption' && part.state === 'running' && !asked.has(part.callId),
  )
  draft.addPart(turn, {
    kind: 'question',
    id: draft.newId(seq),
    interruptId: member(interruption, 'interrupt_id'),
    callId: call?.kind === 'tool' ? call.callId : undefined,
    question: member(interruption, 'question'),
    options: stringList((interruption as { options?: unknown } | undefined)?.options),
    context: member(interruption, 'context') || undefined,
    state: 'open',
  })
}

function member(value: unknown, name: string): string {
  const found = value && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined
  return typeof found === 'string' ? found : ''
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
