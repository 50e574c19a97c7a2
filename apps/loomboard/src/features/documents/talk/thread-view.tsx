import { Check, CornerDownRight, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Face } from '../../../components/face.tsx'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { plural } from '../../../lib/format.ts'
import { actorName } from '../model/changes.ts'
import type { Thread } from '../model/comments.ts'
import type { NewComment } from '../writing/comment.ts'
import { commentDrafts } from '../writing/comment-drafts.ts'
import { CommentRow } from './comment-row.tsx'
import { SayField } from './say-field.tsx'
import type { Talking } from './talking.ts'

/** A comment with what was answered; a settled one is a line that opens. */
export function ThreadView({ thread, talking }: { thread: Thread; talking: Talking }) {
  const [isOpen, setOpen] = useState(false)
  if (!thread.isResolved) return <Open thread={thread} talking={talking} />
  const { first, replies } = thread
  const who = first?.by ? actorName(first.by, talking.self) : 'A comment'
  return (
    <Disclosure
      open={isOpen}
      onOpenChange={setOpen}
      lead={<Check aria-hidden="true" className="size-4 shrink-0 text-accent-text" />}
      label={
        <>
          <span className="min-w-0 flex-1 truncate">
            <span className="sr-only">Resolved: </span>
            <span className="text-text">{who === 'you' ? 'You' : who}</span> {firstLine(first?.body)}
          </span>
          <span className="shrink-0 text-faint text-xs tabular-nums">
            {replies.length > 0 ? plural(replies.length, 'reply', 'replies') : ''}
          </span>
        </>
      }
    >
      <div className="pt-1.5">
        <Open thread={thread} talking={talking} />
      </div>
    </Disclosure>
  )
}

function firstLine(body = ''): string {
  return body.trim().split('\n', 1)[0] ?? ''
}

function Open({ thread, talking }: { thread: Thread; talking: Talking }) {
  const { id, first, replies, sending, isResolved } = thread
  const [isReplying, setReplying] = useState(() => commentDrafts.read(id) !== '')
  const { editing } = talking
  const isSent = first !== undefined || replies.length > 0
  return (
    <div className="flex flex-col gap-2.5">
      {first ? (
        <CommentRow comment={first} talking={talking} />
      ) : (
        isSent && <p className="pl-8 text-faint text-sm">This comment was deleted.</p>
      )}
      {replies.length + sending.length > 0 && (
        <ul className={isSent ? 'ml-3 flex flex-col gap-2.5 border-l pl-3' : 'flex flex-col gap-2.5'}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <CommentRow comment={reply} talking={talking} />
            </li>
          ))}
          {sending.map((one) => (
            <li key={one.key}>
              <Sending comment={one} talking={talking} />
            </li>
          ))}
        </ul>
      )}
      {isReplying ? (
        <div className="pl-8">
          <SayField talking={talking} replyTo={id} onDone={() => setReplying(false)} />
        </div>
      ) : (
        isSent && (
          <div className="-mt-1.5 flex gap-1 pl-6">
            <Button size="sm" variant="ghost" onClick={() => setReplying(true)}>
              <CornerDownRight aria-hidden="true" />
              Reply
            </Button>
            {first && (
              <Button
                size="sm"
                variant="ghost"
                onClick={() => editing.edit(id, { 'fields.resolved': isResolved ? null : true })}
              >
                {isResolved ? <RotateCcw aria-hidden="true" /> : <Check aria-hidden="true" />}
                {isResolved ? 'Reopen' : 'Resolve'}
              </Button>
            )}
          </div>
        )
      )}
    </div>
  )
}

/** Said, and not acknowledged: it looks as it will, and says so. */
function Sending({ comment, talking }: { comment: NewComment; talking: Talking }) {
  return (
    <article aria-label="Your comment, being sent" className="flex min-w-0 gap-2 opacity-70">
      <Face name={talking.self ?? ''} isAgent={false} className="mt-px" />
      <div className="min-w-0 flex-1">
        <div className="flex h-6 items-center gap-2 text-sm">
          <span className="font-medium">You</span>
          <span role="status" className="text-faint text-xs">
            {talking.editing.waiting ? 'waits for the connection' : 'sending'}
          </span>
        </div>
        <Markdown text={comment.body} className="text-sm" />
      </div>
    </article>
  )
}
