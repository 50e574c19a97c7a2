import type { RunEvent } from '@loomcycle/proto'
import { addNotice } from './turn-changes.ts'
import type { ViewDraft } from './view-draft.ts'

type Adjustment = Extract<RunEvent, { type: 'request_adjusted' }>['request_adjusted']

/** A calm line: the conversation goes on, with something of it the model does not see. */
export function noteAdjustment(draft: ViewDraft, adjustment: Adjustment, seq: number | undefined, at: number): void {
  addNotice(draft, wordsFor(adjustment), seq, at, { detail: adjustment.reason, stays: true })
}

function wordsFor({ cause, model, pictures, max_context_tokens: max }: Adjustment): string {
  switch (cause) {
    case 'too_long':
      return `This was too long for ${model}${max ? `, which takes ${max.toLocaleString('en')} tokens` : ''}. It was made shorter and asked again.`
    case 'said_too_long':
      return `This message is too long for ${model}, which sees its beginning and its end.`
    case 'unreadable_picture':
      return `${model} could not read ${pictures === 'all' ? 'the pictures' : 'the picture'}. It was asked again without.`
  }
}
