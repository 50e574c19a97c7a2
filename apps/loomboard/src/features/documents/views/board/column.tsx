import { type CSSProperties, memo, useEffect, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { plural } from '../../../../lib/format.ts'
import type { Column as ColumnModel } from './board-model.ts'
import { Card } from './card.tsx'
import { ColumnHead } from './column-head.tsx'
import { useDesk, useIsStop } from './desk.ts'
import { refusalOf } from './drop.ts'
import { DropArea } from './drop-area.tsx'
import { columnStop } from './navigate.ts'
import { NewCard } from './new-card.tsx'

const nobody: readonly string[] = []

/** A column: its head, its cards, and where a new one is written. It watches itself alone. */
export const Column = memo(function Column({ columnKey }: { columnKey: string }) {
  const desk = useDesk()
  const column = useSelected(desk.board, ({ columns }) => columns.find(({ key }) => key === columnKey))
  const isAdding = useSelected(desk.hand, ({ adding }) => adding?.column === columnKey)
  const refused = useSelected(desk.hand, ({ dragging }) =>
    dragging && column ? refusalOf(desk.board.get(), dragging, column) : undefined,
  )
  if (!column) return null
  return (
    <section
      aria-label={`${column.title}, ${plural(column.count, 'card')}`}
      data-column={columnKey}
      className={cn(
        'flex h-full w-full shrink-0 snap-center flex-col rounded-xl bg-surface md:w-72',
        refused && 'opacity-60',
      )}
    >
      <ColumnHead column={column} />
      {refused && <p className="px-3 pb-1 text-warn text-xs">{refused}</p>}
      <Cards column={column} ids={column.cells.get('') ?? nobody} lane="" />
      {isAdding && <NewCard column={column} lane="" />}
    </section>
  )
})

/** The cards of a column, however many there are. */
function Cards({ column, ids, lane }: { column: ColumnModel; ids: readonly string[]; lane: string }) {
  const desk = useDesk()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const at = useSelected(desk.hand, (hand) => ids.indexOf(hand.at ?? ''))
  const held = useSelected(desk.hand, (hand) => ids.indexOf(hand.dragging ?? ''))
  const kept = [...new Set([at, held])].filter((index) => index >= 0)

  useEffect(() => {
    desk.lists.set(column.key, { bring: (index) => list.current?.scrollToIndex(index, { align: 'nearest' }) })
    return () => void desk.lists.delete(column.key)
  }, [desk, column.key])
  return (
    <div
      ref={scroller}
      data-list={column.key}
      className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-2 pb-2 [overflow-anchor:none]"
    >
      <DropArea column={column.key} lane={lane} list={list} className="relative min-h-full">
        {ids.length === 0 ? (
          <Nothing column={column} />
        ) : (
          <Virtualizer
            ref={list}
            as="ul"
            item={Item}
            data={ids as string[]}
            scrollRef={scroller}
            itemSize={88}
            keepMounted={kept}
          >
            {(id, index) => <Card key={id} id={id} place={index + 1} count={ids.length} column={column.title} />}
          </Virtualizer>
        )}
        <Gap columnKey={column.key} lane={lane} list={list} size={ids.length} />
      </DropArea>
    </div>
  )
}

function Item({
  style,
  children,
  ref,
}: {
  style: CSSProperties
  children: React.ReactNode
  ref?: React.Ref<HTMLLIElement>
}) {
  return (
    <li ref={ref} style={style}>
      {/* Its own room is measured without its padding. */}
      <div className="py-1">{children}</div>
    </li>
  )
}

/** Where a card in the air would come down. */
function Gap(props: {
  columnKey: string
  lane: string
  list: React.RefObject<VirtualizerHandle | null>
  size: number
}) {
  const { columnKey, lane, list, size } = props
  const desk = useDesk()
  const index = useSelected(desk.hand, ({ over }) =>
    over && over.column === columnKey && over.lane === lane && !over.refused ? over.index : undefined,
  )
  if (index === undefined || size === 0) return null
  const last = size - 1
  const handle = list.current
  const top = !handle
    ? 0
    : index > last
      ? handle.getItemOffset(last) + handle.getItemSize(last)
      : handle.getItemOffset(index)
  return (
    <div
      aria-hidden="true"
      style={{ transform: `translateY(${top - 1}px)` }}
      className="pointer-events-none absolute inset-x-0 top-0 h-0.5 rounded-full bg-accent"
    />
  )
}

/** An empty column says what belongs in it, and is a place for the keyboard and for cards. */
function Nothing({ column }: { column: ColumnModel }) {
  const desk = useDesk()
  const stop = columnStop(column.key)
  const isStop = useIsStop(desk, stop)
  const isOver = useSelected(desk.hand, ({ over }) => over?.column === column.key && !over.refused)
  const hidden = column.count
  return (
    <p
      data-card={stop}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => desk.take({ at: stop })}
      className={cn(
        'mt-1 rounded-lg border border-dashed px-3 py-4 text-center text-faint text-xs [overflow-wrap:anywhere]',
        isOver && 'border-accent bg-accent-soft text-accent-text',
      )}
    >
      {hidden > 0 ? `No card fits; ${hidden} here.` : column.about || 'No cards.'}
    </p>
  )
}
