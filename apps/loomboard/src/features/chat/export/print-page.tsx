import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Printer } from 'lucide-react'
import { startTransition, useEffect, useState } from 'react'
import { ErrorState } from '../../../components/error-state.tsx'
import { ShowsAll } from '../../../components/markdown/show-more.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatTime } from '../../../lib/format.ts'
import { RowView } from '../components/transcript/row-view.tsx'
import { createRowBuilder } from '../model/rows/rows.ts'
import { readWholeChat } from './export-chat.ts'

/** Rows that are drawn in one go: between them the page answers. */
const atOnce = 40

/** A whole conversation on one page, to read and to print. */
export function PrintPage({ sessionId }: { sessionId: string }) {
  const chat = useQuery({ queryKey: ['whole-chat', sessionId], queryFn: () => readWholeChat(sessionId), gcTime: 0 })
  const [toRows] = useState(createRowBuilder)
  const rows = chat.data && toRows(chat.data.turns)
  const all = rows ? [...rows.settled, ...rows.live] : []
  const [shown, setShown] = useState(atOnce)
  const isWhole = shown >= all.length
  useEffect(() => {
    if (isWhole) return
    const timer = setTimeout(() => startTransition(() => setShown(shown + atOnce)))
    return () => clearTimeout(timer)
  }, [shown, isWhole])
  if (chat.isError)
    return <ErrorState title="This chat could not be opened" error={chat.error} onRetry={() => void chat.refetch()} />
  return (
    <main id="main" className="print-page min-h-0 flex-1 overflow-y-auto">
      <header className="mx-auto flex max-w-3xl items-center gap-3 px-4 pt-6 print:pt-0">
        <h1 className="min-w-0 flex-1 font-display font-semibold text-xl">{chat.data?.title ?? 'Chat'}</h1>
        <Link
          to="/chat/$sessionId"
          params={{ sessionId }}
          className="inline-flex items-center gap-1.5 text-muted text-sm hover:text-text print:hidden"
        >
          <ArrowLeft aria-hidden="true" className="size-4" /> Back to the chat
        </Link>
        <Button
          variant="primary"
          size="sm"
          className="print:hidden"
          disabled={!rows || !isWhole}
          onClick={() => print()}
        >
          <Printer aria-hidden="true" /> Print
        </Button>
      </header>
      {chat.data && (
        <p className="mx-auto max-w-3xl px-4 text-muted text-sm">
          With {chat.data.transcript.session.agent}, begun{' '}
          {formatTime(Date.parse(chat.data.transcript.session.created_at))}
        </p>
      )}
      {!rows && (
        <div role="status" aria-label="Loading the conversation" className="mx-auto max-w-3xl space-y-4 px-4 pt-8">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-full" />
        </div>
      )}
      <h2 className="sr-only">Messages</h2>
      <ShowsAll value={true}>{rows && all.slice(0, shown).map((row) => <RowView key={row.id} row={row} />)}</ShowsAll>
      <div className="h-8" />
    </main>
  )
}
