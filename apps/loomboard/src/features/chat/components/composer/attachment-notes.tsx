import { formatCount } from '../../../../lib/format.ts'
import type { Attachment } from '../../attachments/attachment.ts'
import { picturesIn, withAttachments } from '../../attachments/use-attachments.ts'
import { estimateTokens } from '../../model/typed.ts'
import type { ContextGauge } from '../../model/types.ts'

export interface AttachmentNotesProps {
  list: readonly Attachment[]
  /** Why some files are not among them. */
  turnedAway: string
  text: string
  gauge?: ContextGauge
}

/** From here on a message is worth a word, whatever the window. */
const many = 50_000

/** What is worth knowing before a message with files is sent. */
export function AttachmentNotes({ list, turnedAway, text, gauge }: AttachmentNotesProps) {
  if (list.length === 0) return null
  const budget = budgetNote(estimateTokens(withAttachments(text, list), picturesIn(list)), gauge)
  return (
    <div className="flex flex-col gap-1 px-3.5 pt-2 text-sm empty:hidden">
      {turnedAway && (
        <p role="alert" className="text-danger [overflow-wrap:anywhere]">
          {turnedAway}
        </p>
      )}
      {budget && (
        <p role="status" className="text-warn">
          {budget}
        </p>
      )}
    </div>
  )
}

function budgetNote(tokens: number, gauge: ContextGauge | undefined): string | undefined {
  const about = `About ${formatCount(tokens)} tokens`
  if (gauge?.max) {
    const left = gauge.max - gauge.used
    if (tokens > left)
      return `${about}: more than the ${formatCount(Math.max(0, left))} that fit in this model’s window.`
    if (gauge.used + tokens > gauge.max * 0.8) return `${about}: the model’s window will be nearly full.`
    return undefined
  }
  return tokens > many ? `${about}: more than some models take in.` : undefined
}
