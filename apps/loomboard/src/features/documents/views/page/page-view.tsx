import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { fromHref } from '../../../../components/documents/address.ts'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { queryClient } from '../../../../lib/query-client.ts'
import { toast } from '../../../../lib/toast.ts'
import { isFiltered, showAll } from '../../model/filter.ts'
import { bodiesQuery, documentEdgesQuery } from '../../queries.ts'
import type { ViewProps } from '../view.ts'
import { PageChunk } from './page-chunk.tsx'
import { type PageRow, toBatches, toPageRows } from './page-rows.ts'

/** The whole document in one scroll, as it reads; printed as it is. */
export function PageView(props: ViewProps) {
  const { editing, document, found, search, onSearch, selected } = props
  const { chunks } = editing
  const rootId = document.root_chunk_id
  const rows = useMemo(() => toPageRows(chunks, rootId, found), [chunks, rootId, found])
  const batches = useMemo(() => toBatches(rows), [rows])
  const { data: edges } = useQuery(documentEdgesQuery(document.document_id))
  const edgesOf = useMemo(() => Map.groupBy(edges ?? [], ({ from_id }) => from_id), [edges])
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const { printing, print } = usePrint(rows)
  useSelectedInSight(list, rows, selected)

  if (isFiltered(search) && found?.size === 0) {
    return (
      <EmptyState title="No chunk fits" action={<Button onClick={() => onSearch(showAll)}>Clear the filter</Button>}>
        Other words or another filter may find it.
      </EmptyState>
    )
  }
  /** A link to what is on this page leads there, and not away from it. */
  function onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const to = fromHref(link?.getAttribute('href') ?? '')
    const at = rows.findIndex(({ chunk }) => chunk.id === to?.chunk)
    if (at < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    list.current?.scrollToIndex(at)
    // It may be drawn only once it is in sight.
    requestAnimationFrame(() => {
      const heading = window.document.getElementById(headingId(rows[at]!.chunk.id))
      heading?.focus({ preventScroll: true })
    })
  }
  const draw = (row: PageRow) => (
    <PageChunk
      key={row.chunk.id}
      {...props}
      row={row}
      batch={batches.get(row.chunk.id) ?? []}
      edges={edgesOf.get(row.chunk.id) ?? none}
      headingId={headingId(row.chunk.id)}
    />
  )
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative min-h-0 flex-1 overflow-y-auto border-t -outline-offset-2"
    >
      <article
        aria-label={document.title}
        onClickCapture={onClick}
        className={
          printing ? 'print-page print-document mx-auto max-w-3xl px-4' : 'mx-auto w-full max-w-3xl px-4 pt-4 pb-16'
        }
      >
        <div className="flex justify-end print:hidden">
          <Button size="sm" variant="ghost" onClick={() => void print()}>
            <Printer aria-hidden="true" />
            Print
          </Button>
        </div>
        {printing ? (
          rows.map(draw)
        ) : (
          <Virtualizer ref={list} scrollRef={scroller} data={rows} startMargin={44}>
            {draw}
          </Virtualizer>
        )}
      </article>
    </div>
  )
}

const none: never[] = []
const headingId = (id: string) => `page-${id}`

/** All of it is read and drawn before it is printed. */
function usePrint(rows: readonly PageRow[]) {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const done = () => setPrinting(false)
    addEventListener('afterprint', done)
    return () => removeEventListener('afterprint', done)
  }, [])
  async function print(): Promise<void> {
    try {
      const batches = new Set(toBatches(rows).values())
      for (const batch of batches) await queryClient.ensureQueryData(bodiesQuery(batch))
      flushSync(() => setPrinting(true))
      // What is laid out in turns has its frames.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      window.print()
    } catch (error) {
      setPrinting(false)
      toast.error('It could not be read to be printed', error)
    }
  }
  return { printing, print }
}

/** Where the address names a chunk, the page begins there. */
function useSelectedInSight(
  list: React.RefObject<VirtualizerHandle | null>,
  rows: readonly PageRow[],
  selected: string | undefined,
): void {
  const first = useRef({ rows, selected })
  useEffect(() => {
    const { rows, selected } = first.current
    const at = rows.findIndex(({ chunk }) => chunk.id === selected)
    if (at > 0) list.current?.scrollToIndex(at)
  }, [list])
}
