import { useDroppable } from '@dnd-kit/core'
import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { Card } from './card.tsx'
import { ColumnHead } from './column-head.tsx'
import { type Desk, useDesk } from './desk.ts'
import { NewCard } from './new-card.tsx'

const nobody: readonly string[] = []
/** A lane shows so many cards of a column before somebody asks for more. */
const first = 12

/** Columns crossed by lanes: a row of cells each. */
export function Lanes() {
  const desk = useDesk()
  const columns = useSelected(desk.board, (board) => board.columns)
  const lanes = useSelected(desk.board, (board) => board.lanes)
  return (
    <div className="flex min-h-0 flex-col overflow-y-auto pr-1">
      <div className="sticky top-0 z-10 flex gap-3 bg-bg pb-1">
        {columns.map((column) => (
          <div key={column.key} className="w-72 shrink-0 rounded-xl bg-surface">
            <ColumnHead column={column} />
          </div>
        ))}
      </div>
      {lanes.map((lane) => (
        <LaneRow key={lane.key} desk={desk} title={lane.title} lane={lane.key} count={lane.count} />
      ))}
    </div>
  )
}

function LaneRow({ desk, lane, title, count }: { desk: Desk; lane: string; title: string; count: number }) {
  const columns = useSelected(desk.board, (board) => board.columns)
  const [isOpen, setOpen] = useState(true)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section aria-label={`${title}, ${count}`} className="pb-2">
      <h2 className="sticky left-0 w-fit">
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Chevron aria-hidden="true" />
          {title}
          <span className="text-faint tabular-nums">{count}</span>
        </Button>
      </h2>
      {isOpen && (
        <div className="flex items-stretch gap-3">
          {columns.map(({ key }) => (
            <Cell key={key} columnKey={key} lane={lane} />
          ))}
        </div>
      )}
    </section>
  )
}

function Cell({ columnKey, lane }: { columnKey: string; lane: string }) {
  const desk = useDesk()
  const column = useSelected(desk.board, ({ columns }) => columns.find(({ key }) => key === columnKey))
  const list = useRef<VirtualizerHandle>(null)
  const [most, setMost] = useState(first)
  const { setNodeRef } = useDroppable({ id: `${columnKey}\n${lane}`, data: { column: columnKey, lane, list } })
  const isOver = useSelected(desk.hand, ({ over }) => over?.column === columnKey && over.lane === lane && !over.refused)
  const isAdding = useSelected(desk.hand, ({ adding }) => adding?.column === columnKey && adding.lane === lane)
  if (!column) return null
  const ids = column.cells.get(lane) ?? nobody
  return (
    <div
      ref={setNodeRef}
      data-column={columnKey}
      className={cn('group/cell w-72 shrink-0 rounded-xl bg-surface px-2 py-1', isOver && 'bg-accent-soft')}
    >
      <ul>
        {ids.slice(0, most).map((id, index) => (
          <li key={id} className="py-1">
            <Card id={id} place={index + 1} count={ids.length} column={column.title} isDone={column.done} />
          </li>
        ))}
      </ul>
      {ids.length > most && (
        <Button size="sm" variant="ghost" onClick={() => setMost(most + 4 * first)}>
          {ids.length - most} more
        </Button>
      )}
      {isAdding ? (
        <NewCard column={column} lane={lane} />
      ) : (
        <IconButton
          label={`New card in ${column.title}`}
          size="sm"
          className="opacity-0 focus-visible:opacity-100 group-hover/cell:opacity-100 pointer-coarse:opacity-100"
          onClick={() => desk.take({ adding: { column: columnKey, lane } })}
        >
          <Plus />
        </IconButton>
      )}
    </div>
  )
}
