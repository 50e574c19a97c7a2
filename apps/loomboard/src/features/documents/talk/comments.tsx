import { useQuery } from '@tanstack/react-query'
import { Bot } from 'lucide-react'
import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { useSelected } from '../../../lib/browser/store.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { useNow } from '../../../lib/use-now.ts'
import { runsOfCardQuery } from '../queries.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { askAbout } from './ask.ts'
import { useNames } from './names.ts'
import { SayField } from './say-field.tsx'
import { ThreadView } from './thread-view.tsx'
import { useTalk } from './use-talk.ts'
import { wantsComment } from './wants-comment.ts'

export interface CommentsProps {
  documentId: string
  cardId: string
  editing: EditDocument
  self: string | undefined
}

/** What is said about a card, in threads, and where to say something. */
export function Comments({ documentId, cardId, editing, self }: CommentsProps) {
  const { threads, error, isReading, refetch } = useTalk(cardId, editing)
  const names = useNames(documentId)
  const sessionOf = useSessions(documentId, cardId)
  const now = useNow(30_000)
  const field = useRef<HTMLTextAreaElement>(null)
  const talking = { documentId, cardId, editing, names, self, now, sessionOf }
  const focus = () => {
    field.current?.scrollIntoView({ block: 'nearest' })
    field.current?.focus()
  }
  useShortcut('m', focus)
  const isWanted = useSelected(wantsComment, (id) => id === cardId)
  const begin = useEffectEvent(focus)
  useEffect(() => {
    if (!isWanted) return
    // The menu that it was chosen in gives the focus back first.
    const timer = setTimeout(() => {
      wantsComment.set(undefined)
      begin()
    })
    return () => clearTimeout(timer)
  }, [isWanted])
  return (
    <section aria-label="Comments" className="mt-5">
      <div className="mb-1.5 flex items-center justify-between">
        <h3 className="font-medium text-faint text-xs">Comments</h3>
        <Button size="sm" variant="ghost" onClick={() => askAbout(cardId)}>
          <Bot aria-hidden="true" />
          Ask an agent
        </Button>
      </div>
      {error && !isReading && threads.some(({ first }) => first && first.body === undefined) ? (
        <p role="alert" className="mb-2 flex items-center gap-2 text-muted text-sm">
          <span className="min-w-0 flex-1">The comments could not be read. {describeError(error).reason}</span>
          <Button size="sm" onClick={refetch}>
            Try again
          </Button>
        </p>
      ) : (
        <ul className="mb-3 flex flex-col gap-4 empty:hidden">
          {threads.map((thread) => (
            <li key={thread.id}>
              <ThreadView thread={thread} talking={talking} />
            </li>
          ))}
        </ul>
      )}
      <SayField talking={talking} field={field} />
    </section>
  )
}

/** The conversations of the runs that have worked on a card. */
function useSessions(documentId: string, cardId: string) {
  const { data } = useQuery(runsOfCardQuery(documentId, cardId))
  return useCallback((runId: string) => data?.runs.find(({ run_id }) => run_id === runId)?.session_id, [data])
}
