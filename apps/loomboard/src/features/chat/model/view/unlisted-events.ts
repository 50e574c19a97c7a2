import { picturesOf } from '../typed.ts'
import type { UnlistedEvent } from '../types.ts'
import { takeInput } from './turn-changes.ts'
import type { ViewDraft } from './view-draft.ts'

/** Rows only the log has, and events that are not declared yet. What nobody knows is skipped. */
export function reduceUnlisted(draft: ViewDraft, event: UnlistedEvent, seq: number | undefined, at: number): void {
  if (event.type === 'user_input') {
    const text = segmentsText(event.payload)
    const pictures = picturesOf(event.payload)
    const input_id = typeof event.input_id === 'string' ? event.input_id : undefined
    if (text || pictures.length > 0) takeInput(draft, text, { pictures, input_id }, seq, at)
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
