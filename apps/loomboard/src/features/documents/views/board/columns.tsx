import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected, useStore } from '../../../../lib/browser/store.ts'
import { AddColumn } from './add-column.tsx'
import type { Board } from './board-model.ts'
import { Column } from './column.tsx'
import { ColumnDot } from './column-dot.tsx'
import { useDesk } from './desk.ts'
import { Lanes } from './lanes.tsx'
import { saveColumns } from './save-columns.ts'

const keysOf = ({ columns }: Board) => columns.map(({ key }) => key).join('\n')

/** The columns side by side; on a phone one at a time. */
export function Columns({ isNarrow }: { isNarrow: boolean }) {
  const desk = useDesk()
  const scroller = useRef<HTMLElement>(null)
  const keys = useSelected(desk.board, keysOf).split('\n')
  const lanesBy = useSelected(desk.board, (board) => board.lanesBy)
  const group = useSelected(desk.board, (board) => board.group)
  return (
    <>
      {isNarrow && <Strip scroller={scroller} />}
      {group === 'status' && <Offer />}
      <section
        ref={scroller}
        aria-label="Board"
        className="flex min-h-0 flex-1 snap-x snap-mandatory gap-3 overflow-x-auto overflow-y-hidden px-3 pb-3 md:snap-none md:px-4"
      >
        {lanesBy ? <Lanes /> : keys.map((key) => <Column key={key} columnKey={key} />)}
        {group === 'status' && !lanesBy && (
          <div className="shrink-0 pt-1 max-md:w-full max-md:snap-center">
            <AddColumn />
          </div>
        )}
      </section>
    </>
  )
}

/** Columns that nobody has saved are made from the cards, and can be kept. */
function Offer() {
  const desk = useDesk()
  useStore(desk.board)
  const [isSaving, setSaving] = useState(false)
  const { isSaved, columns } = desk.setup
  if (isSaved || columns.length === 0) return null
  async function save(): Promise<void> {
    setSaving(true)
    await saveColumns(desk, columns)
    setSaving(false)
  }
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-2 px-3 pb-1.5 text-faint text-xs md:px-4">
      These columns are made from the statuses of the cards.
      <Button
        size="sm"
        variant="ghost"
        disabled={isSaving}
        onClick={() => void save()}
        className="h-6 text-accent-text text-xs"
      >
        {isSaving ? 'Saving…' : 'Save them'}
      </Button>
    </p>
  )
}

/** Which column one looks at, of how many, and the ways to the next. */
function Strip({ scroller }: { scroller: React.RefObject<HTMLElement | null> }) {
  const desk = useDesk()
  const columns = useSelected(desk.board, (board) => board.columns)
  const [at, setAt] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => setAt(Math.round(element.scrollLeft / Math.max(element.clientWidth, 1)))
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [scroller])
  const column = columns[Math.min(at, columns.length - 1)]
  const go = (to: number) => {
    const element = scroller.current
    element?.scrollTo({ left: (to * element.scrollWidth) / (columns.length + 1), behavior: 'smooth' })
  }
  if (!column) return null
  return (
    <div className="flex shrink-0 items-center gap-1 px-2">
      <IconButton label="Column before" disabled={at <= 0} onClick={() => go(at - 1)}>
        <ChevronLeft />
      </IconButton>
      <p role="status" className="flex min-w-0 flex-1 items-center justify-center gap-2 text-muted text-sm">
        {at < columns.length ? (
          <>
            <ColumnDot color={column.color} />
            <span className="truncate">{column.title}</span>
            <span className="text-faint tabular-nums">{column.count}</span>
          </>
        ) : (
          'Another column'
        )}
        <span className="text-faint text-xs tabular-nums">
          {Math.min(at + 1, columns.length)} of {columns.length}
        </span>
      </p>
      <IconButton label="Column after" disabled={at >= columns.length - 1} onClick={() => go(at + 1)}>
        <ChevronRight />
      </IconButton>
    </div>
  )
}
