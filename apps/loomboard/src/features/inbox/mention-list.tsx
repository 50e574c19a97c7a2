import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { DocumentLink } from '../../components/documents/document-link.tsx'
import { Face } from '../../components/face.tsx'
import { formatRelative } from '../../lib/format.ts'
import { type Mention, mentionsQuery } from '../../lib/mentions.ts'
import { markSeen, useUnread, useUnreadCount } from '../../lib/runs/seen.ts'
import { useNow } from '../../lib/use-now.ts'
import { GroupHeading } from './group-heading.tsx'
import { NotRead } from './not-read.tsx'

const none: readonly Mention[] = []

/** Comments that mention this person; what is new stays marked until they leave. */
export function MentionList() {
  const { data: mentions = none, error, refetch } = useQuery(mentionsQuery)
  const unread = useUnreadCount(mentions)
  const now = useNow(30_000)
  const leave = useEffectEvent(() => {
    for (const { id, at } of mentions) markSeen(id, at)
  })
  useEffect(() => () => leave(), [])
  if (mentions.length === 0 && !error) return null
  return (
    <section aria-label="Mentions you">
      <GroupHeading count={unread}>Mentions you</GroupHeading>
      {error && mentions.length === 0 ? (
        <NotRead what="They" error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className="overflow-hidden rounded-lg border">
          {mentions.map((mention) => (
            <li key={mention.id} className="border-b last:border-b-0">
              <Line mention={mention} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ mention, now }: { mention: Mention; now: number }) {
  const { id, documentId, cardId, card, by, isAgent, body, at } = mention
  const isUnread = useUnread(id, at)
  return (
    <DocumentLink to={{ id: documentId, chunk: cardId }} className="flex min-w-0 gap-2.5 px-3 py-2.5 hover:bg-hover">
      <Face name={by} isAgent={isAgent} />
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-baseline gap-2 text-sm">
          {isUnread && (
            <span className="size-1.5 shrink-0 self-center rounded-full bg-accent">
              <span className="sr-only">New: </span>
            </span>
          )}
          <span className="shrink-0 font-medium">{by}</span>
          <span className="min-w-0 flex-1 truncate text-muted">on {card}</span>
          <span className="shrink-0 text-faint text-xs tabular-nums">{formatRelative(at, now)}</span>
        </span>
        <span className="line-clamp-2 text-muted text-sm [overflow-wrap:anywhere]">{body}</span>
      </span>
    </DocumentLink>
  )
}
