import { type Ref, useRef } from 'react'
import { mentionsIn } from '../model/mentions.ts'
import { TalkField } from './talk-field.tsx'
import type { Talking } from './talking.ts'
import { useCommentDraft } from './use-comment-draft.ts'

interface SayFieldProps {
  talking: Talking
  /** The thread that it goes to; a new one without. */
  replyTo?: string
  onDone?: () => void
  field?: Ref<HTMLTextAreaElement>
}

/** Where a comment is written. It is seen as soon as it is sent; whoever it mentions is told. */
export function SayField({ talking, replyTo, onDone, field }: SayFieldProps) {
  const { cardId, editing, names } = talking
  const draft = useCommentDraft(replyTo ?? cardId)
  const own = useRef<HTMLTextAreaElement>(null)
  const asks = mentionsIn(draft.text, names).filter((name) => names.agents.includes(name))
  return (
    <TalkField
      label={replyTo ? 'Your reply' : 'Your comment'}
      placeholder={replyTo ? 'Reply…' : 'Comment, or ask an agent with @'}
      action={replyTo ? 'Reply' : 'Comment'}
      text={draft.text}
      onText={draft.type}
      problem={draft.problem}
      talking={talking}
      takesFocus={replyTo !== undefined}
      field={field ?? own}
      onSend={() => {
        const body = draft.text.trim()
        editing.comment({ cardId, body, mentions: mentionsIn(body, names), asks, ...(replyTo ? { replyTo } : {}) })
        draft.type('')
        onDone?.()
      }}
      onCancel={onDone}
    >
      {asks.length > 0 && (
        <span className="min-w-0 flex-1 truncate px-1 text-faint text-xs">{asks.join(', ')} will start</span>
      )}
    </TalkField>
  )
}
