import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import type { Board, Lane } from './board-model.ts'
import { Card } from './card.tsx'
import { ColumnHead } from './column-head.tsx'
import { type Desk, type Hand, useDesk } from './desk.ts'
import { DropArea } from './drop-area.tsx'
import { NewCard } from './new-card.tsx'

const nobody: readonly string[] = []
/** A lane shows so many cards of a column before somebody asks for more. */
const first = 12
const more = 4 * first
/** In pixels: the heads of the columns, and a lane before it has been measured. */
const headHeight = 44
const laneHeight = 180

/** On a phone a column takes the screen, but for what is left beside it. */
const columnWidth = 'w-[calc(100vw-1.5rem)] shrink-0 md:w-72'

const keysOf = ({ columns }: Board) => columns.map(({ key }) => key).join('\n')

/** Columns crossed by lanes: a row of cells each, however many there are. */
export function Lanes() {
  const desk = useDesk()
  const columns = useSelected(desk.board, keysOf)
  const lanes = useSelected(desk.board, (board) => board.lanes)
  const kept = useSelected(desk.hand, (hand) => inUse(desk, hand))
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  // What is folded and unfolded stays so while it is out of sight.
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [most, setMost] = useState<ReadonlyMap<string, number>>(new Map())
  const toggle = useCallback((lane: string, isOpen: boolean) => setClosed((now) => withKey(now, lane, !isOpen)), [])
  const show = useCallback(
    (cell: string, count: number) =>
      setMost((now) => (count > (now.get(cell) ?? first) ? new Map(now).set(cell, count) : now)),
    [],
  )
  useEffect(() => {
    desk.lanes = {
      bring(lane, column, index) {
        toggle(lane, true)
        show(cellName(column, lane), index + 1)
        const at = desk.board.get().lanes.findIndex(({ key }) => key === lane)
        if (at >= 0) list.current?.scrollToIndex(at, { align: 'nearest' })
      },
    }
    return () => {
      desk.lanes = undefined
    }
  }, [desk, toggle, show])

  return (
    <div className="relative flex min-h-0 shrink-0">
      {/* What scrolls the lanes keeps what is in it from being where the board comes to rest. */}
      <div aria-hidden="true" className="pointer-events-none absolute inset-0 flex gap-3 md:hidden">
        {columns.split('\n').map((key) => (
          <span key={key} className={cn(columnWidth, 'snap-center')} />
        ))}
      </div>
      <div ref={scroller} className="flex min-h-0 flex-col overflow-y-auto md:pr-1 [overflow-anchor:none]">
        <div className="sticky top-0 z-10 flex shrink-0 gap-3 bg-bg pb-1">
          {columns.split('\n').map((key) => (
            <Head key={key} columnKey={key} />
          ))}
        </div>
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          startMargin={headHeight}
          itemSize={laneHeight}
          data={lanes as Lane[]}
          keepMounted={indexesOf(lanes, kept)}
        >
          {(lane) => (
            <LaneRow
              key={`lane ${lane.key}`}
              lane={lane}
              columns={columns}
              isOpen={!closed.has(lane.key)}
              onToggle={toggle}
              most={most}
              onShow={show}
            />
          )}
        </Virtualizer>
      </div>
    </div>
  )
}

/** The lanes that somebody has something of in their hand, or writes in. */
function inUse(desk: Desk, { at, dragging, writing, adding }: Hand): string {
  const { places } = desk.board.get()
  const lanes = [at, dragging, writing].map((id) => places.get(id ?? '')?.lane)
  return JSON.stringify([...new Set([...lanes, adding?.lane])].filter((lane) => lane !== undefined))
}

function indexesOf(lanes: readonly Lane[], kept: string): number[] {
  const keys: string[] = JSON.parse(kept)
  return keys.map((key) => lanes.findIndex((lane) => lane.key === key)).filter((index) => index >= 0)
}

function withKey(keys: ReadonlySet<string>, key: string, isIn: boolean): ReadonlySet<string> {
  if (keys.has(key) === isIn) return keys
  const next = new Set(keys)
  if (isIn) next.add(key)
  else next.delete(key)
  return next
}

const cellName = (column: string, lane: string) => `${column}\n${lane}`

function Head({ columnKey }: { columnKey: string }) {
  const desk = useDesk()
  const column = useSelected(desk.board, ({ columns }) => columns.find(({ key }) => key === columnKey))
  return <div className={cn(columnWidth, 'rounded-xl bg-surface')}>{column && <ColumnHead column={column} />}</div>
}

interface LaneRowProps {
  lane: Lane
  /** Their keys, a line each. */
  columns: string
  isOpen: boolean
  onToggle: (lane: string, isOpen: boolean) => void
  /** How many cards are shown of which cell. */
  most: ReadonlyMap<string, number>
  onShow: (cell: string, count: number) => void
}

const LaneRow = memo(function LaneRow({ lane, columns, isOpen, onToggle, most, onShow }: LaneRowProps) {
  const { key, title, count } = lane
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section aria-label={`${title}, ${count}`} className="pb-2">
      <h2 className="sticky left-0 w-fit">
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => onToggle(key, !isOpen)}>
          <Chevron aria-hidden="true" />
          {title}
          <span className="text-faint tabular-nums">{count}</span>
        </Button>
      </h2>
      {isOpen && (
        <div className="flex items-stretch gap-3">
          {columns.split('\n').map((column, i) => (
            <Cell
              key={column}
              columnKey={column}
              lane={key}
              name={i > 0 ? title : ''}
              most={most.get(cellName(column, key)) ?? first}
              onShow={onShow}
            />
          ))}
        </div>
      )}
    </section>
  )
})

interface CellProps extends Pick<LaneRowProps, 'onShow'> {
  columnKey: string
  lane: string
  /** Of the lane: said again where its head is out of sight while a column takes the screen. */
  name: string
  most: number
}

const Cell = memo(function Cell(props: CellProps) {
  const { columnKey, lane, name } = props
  const desk = useDesk()
  const isOver = useSelected(desk.hand, ({ over }) => over?.column === columnKey && over.lane === lane && !over.refused)
  return (
    <DropArea
      column={columnKey}
      lane={lane}
      data-column={columnKey}
      className={cn('group/cell rounded-xl bg-surface px-2 py-1', columnWidth, isOver && 'bg-accent-soft')}
    >
      {name && (
        <p aria-hidden="true" className="truncate px-1 pt-1 text-faint text-xs md:hidden">
          {name}
        </p>
      )}
      <Cards {...props} />
    </DropArea>
  )
})

const Cards = memo(function Cards({ columnKey, lane, most, onShow }: Omit<CellProps, 'name'>) {
  const desk = useDesk()
  const ids = useSelected(desk.board, ({ columns }) => columnOf(columns, columnKey)?.cells.get(lane) ?? nobody)
  const title = useSelected(desk.board, ({ columns }) => columnOf(columns, columnKey)?.title ?? '')
  const isAdding = useSelected(desk.hand, ({ adding }) => adding?.column === columnKey && adding.lane === lane)
  return (
    <>
      <ul aria-label={title}>
        {ids.slice(0, most).map((id, index) => (
          <li key={id} className="py-1">
            <Card id={id} place={index + 1} count={ids.length} column={title} />
          </li>
        ))}
      </ul>
      {ids.length > most && (
        <Button size="sm" variant="ghost" onClick={() => onShow(cellName(columnKey, lane), most + more)}>
          {ids.length - most} more
        </Button>
      )}
      {isAdding ? (
        <Adding columnKey={columnKey} lane={lane} />
      ) : (
        <IconButton
          label={`New card in ${title}`}
          size="sm"
          className="opacity-0 focus-visible:opacity-100 group-hover/cell:opacity-100 pointer-coarse:opacity-100"
          onClick={() => desk.take({ adding: { column: columnKey, lane } })}
        >
          <Plus />
        </IconButton>
      )}
    </>
  )
})

const columnOf = (columns: Board['columns'], key: string) => columns.find((column) => column.key === key)

function Adding({ columnKey, lane }: { columnKey: string; lane: string }) {
  const desk = useDesk()
  const column = useSelected(desk.board, ({ columns }) => columnOf(columns, columnKey))
  return column && <NewCard column={column} lane={lane} />
}
