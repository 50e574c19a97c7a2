import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { AddColumn } from './add-column.tsx'
import type { Board } from './board-model.ts'
import { Column } from './column.tsx'
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
  const [isSaving, setSaving] = useState(false)
  const { isSaved, columns } = useSelected(desk.around, ({ setup }) => setup)
  if (isSaved || columns.length === 0) return null
  async function save(): Promise<void> {
    setSaving(true)
    await saveColumns(desk, columns)
    setSaving(false)
  }
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-2 px-3 pb-1.5 text-faint text-xs md:px-4">
      <span className="max-md:sr-only">These columns are made from the statuses of the cards.</span>
      <Button
        size="sm"
        variant="ghost"
        disabled={isSaving}
        onClick={() => void save()}
        className="h-6 text-accent-text text-xs"
      >
        {isSaving ? 'Saving…' : 'Save these columns'}
      </Button>
    </p>
  )
}

/** In pixels: where a column takes the screen, it and the gap to the next. */
function stepOf({ clientWidth }: HTMLElement): number {
  return Math.max(clientWidth - 12, 1)
}

/** Which column one looks at, of how many, and the ways to the next. */
function Strip({ scroller }: { scroller: React.RefObject<HTMLElement | null> }) {
  const desk = useDesk()
  const columns = useSelected(desk.board, (board) => board.columns)
  const [at, setAt] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => setAt(Math.round(element.scrollLeft / stepOf(element)))
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [scroller])
  const go = (to: number) => {
    const element = scroller.current
    element?.scrollTo({ left: to * stepOf(element), behavior: 'smooth' })
  }
  const [before, after] = [columns[at - 1], columns[at + 1]]
  const beside = 'min-w-0 max-w-[40%] flex-1 text-xs'
  return (
    <nav aria-label="Columns" className="flex shrink-0 items-center justify-between gap-1 px-1">
      <Button
        size="sm"
        variant="ghost"
        disabled={!before}
        onClick={() => go(at - 1)}
        className={cn(beside, 'justify-start')}
      >
        <ChevronLeft aria-hidden="true" />
        <span className="truncate">{before ? `${before.title} ${before.count}` : ''}</span>
        <span className="sr-only">, column before</span>
      </Button>
      <p role="status" className="shrink-0 text-faint text-xs tabular-nums">
        {Math.min(at + 1, columns.length)} of {columns.length}
      </p>
      <Button
        size="sm"
        variant="ghost"
        disabled={!after}
        onClick={() => go(at + 1)}
        className={cn(beside, 'justify-end')}
      >
        <span className="truncate">{after ? `${after.title} ${after.count}` : ''}</span>
        <span className="sr-only">, column after</span>
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  )
}
