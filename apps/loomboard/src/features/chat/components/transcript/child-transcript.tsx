import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '../../../../components/error-state.tsx'
import { Skeleton } from '../../../../components/ui/skeleton.tsx'
import { agentQuery } from '../../../../lib/queries.ts'
import { BranchingScope } from '../../branching/branching.ts'
import { childConversation } from '../../conversations.ts'
import { rowsOf } from '../../model/rows/rows.ts'
import { ExpandedScope } from './expanded.ts'
import { RowView } from './row-view.tsx'
import { useChildConversation } from './use-child-conversation.ts'

/** More than fits here is read on a page of its own. */
const shown = 80

export function ChildTranscript(props: { agentId: string; sessionId?: string; isOver: boolean }) {
  const { data, error, refetch } = useQuery({ ...agentQuery(props.agentId), enabled: props.sessionId === undefined })
  const sessionId = props.sessionId ?? data?.session_id
  if (sessionId) return <ChildMessages sessionId={sessionId} isOver={props.isOver} />
  if (error)
    return <ErrorState title="Its conversation could not be found" error={error} onRetry={() => void refetch()} />
  return <Loading />
}

function ChildMessages({ sessionId, isOver }: { sessionId: string; isOver: boolean }) {
  const conversation = childConversation(sessionId)
  const { status, error, view } = useChildConversation(conversation, isOver)
  if (status === 'failed') {
    return (
      <ErrorState title="Its conversation could not be opened" error={error} onRetry={() => void conversation.open()} />
    )
  }
  if (status !== 'ready') return <Loading />
  const rows = view.turns.flatMap((turn) => rowsOf(turn))
  return (
    <ExpandedScope value={sessionId}>
      {/* biome-ignore lint/a11y/useSemanticElements: neither a set of fields nor a landmark */}
      <div role="group" aria-label="Conversation of the sub-agent" className="-mx-4 text-sm [&>:first-child>*]:pt-1">
        {/* Its turns are not those of the conversation around it, whose branches these would become. */}
        <BranchingScope value={undefined}>
          {rows.slice(-shown).map((row) => (
            <RowView key={row.id} row={row} />
          ))}
        </BranchingScope>
      </div>
      <Link
        to="/chat/$sessionId"
        params={{ sessionId }}
        className="inline-block rounded-md py-1 text-muted text-xs underline underline-offset-2 hover:text-text"
      >
        {rows.length > shown ? 'Read all of it on its own page' : 'Open on its own page'}
      </Link>
    </ExpandedScope>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading its conversation" className="flex flex-col gap-2 py-2">
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}
