import type { RunEvent } from '@loomcycle/proto'
import { addNotice } from './turn-changes.ts'
import type { ViewDraft } from './view-draft.ts'

type Adjustment = Extract<RunEvent, { type: 'request_adjusted' }>['request_adjusted']

/** A calm line: the conversation goes on, with something of it the model does not see. */
export function noteAdjustment(draft: ViewDraft, adjustment: Adjustment, seq: number | undefined, at: number): void {
  addNotice(draft, wordsFor(adjustment), seq, at, { detail: adjustment.reason, stays: true })
}

function wordsFor({ cause, model, pictures, pictures_kept: kept, max_context_tokens: max }: Adjustment): string {
  switch (cause) {
    case 'too_long':
      return `This was too long for ${model}${max ? `, which takes ${max.toLocaleString('en')} tokens` : ''}. It was made shorter and asked again.`
    case 'said_too_long':
      return `This message is too long for ${model}, which sees its beginning and its end.`
    case 'unreadable_picture':
      return `${model} could not read ${pictures === 'all' ? 'the pictures' : 'the picture'}. It was asked again without.`
    case 'too_many_pictures':
      return `These are more pictures than ${model} takes. It was asked again with ${latestPictures(kept)}.`
    case 'refused_words':
      return `A filter of the service of ${model} refused this. The model is not shown it again.`
    case 'refused_tools':
      return `${model} takes no tools. It was asked again without, and has none in this conversation.`
    case 'refused_thinking':
      return `${model} did not take what it had thought before. It was asked again without.`
  }
}

function latestPictures(kept = 0): string {
  if (kept === 0) return 'none of them'
  return kept === 1 ? 'the latest' : `the latest ${kept}`
}
