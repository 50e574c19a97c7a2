import { ArrowDown, ArrowUp } from 'lucide-react'
import { type PointerEvent, useRef } from 'react'
import { cn } from '../../../../lib/cn.ts'
import type { DocumentSearch } from '../../model/document-search.ts'
import type { Column } from './columns.ts'

export const firstColumn = 'sticky left-0 z-10'

/** The names of the columns; each sorts the rows by it, then the other way round, then not. */
export function GridHead(props: {
  id: string
  columns: readonly Column[]
  search: DocumentSearch
  /** The column one is on, where one is on the head. */
  active: number | undefined
  selected: boolean
  onSelectAll: () => void
  onSort: (column: Column) => void
  /** To so many rem; `isOver`: for good. */
  onResize: (column: Column, width: number, isOver: boolean) => void
}) {
  const { id, columns, search, active, onSort } = props
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div role="row" aria-rowindex={1} className="flex h-9 border-b bg-surface text-muted text-xs">
        {columns.map((column, i) => {
          const { key, title, sort, width } = column
          const direction =
            sort !== undefined && search.sort === sort
              ? search.order === 'desc'
                ? 'descending'
                : 'ascending'
              : undefined
          return (
            <div
              key={key}
              id={`${id}-head-${i}`}
              role="columnheader"
              aria-colindex={i + 1}
              aria-sort={sort === undefined ? undefined : (direction ?? 'none')}
              style={{ width: `${i === 0 ? width + 2.25 : width}rem` }}
              className={cn(
                'relative flex shrink-0 items-center border-r bg-surface',
                i === 0 && firstColumn,
                i === columns.length - 1 && 'flex-1 border-r-0',
                i === active &&
                  'group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-ring group-focus-visible/grid:-outline-offset-2',
              )}
            >
              {i === 0 && (
                <label className="flex h-full w-9 shrink-0 items-center justify-center">
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label="Select all rows"
                    checked={props.selected}
                    onChange={props.onSelectAll}
                    className="size-3.5 accent-(--accent)"
                  />
                </label>
              )}
              <button
                type="button"
                tabIndex={-1}
                disabled={sort === undefined}
                onClick={() => onSort(column)}
                className={cn(
                  'flex h-full min-w-0 flex-1 items-center gap-1 px-2 text-left font-medium enabled:hover:text-text [&_svg]:size-3',
                  i === 0 && 'pl-1',
                )}
              >
                <span className="truncate first-letter:uppercase">{title}</span>
                {direction === 'ascending' && <ArrowUp aria-hidden="true" />}
                {direction === 'descending' && <ArrowDown aria-hidden="true" />}
              </button>
              <Edge column={column} onResize={props.onResize} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Where a column ends: dragged, it is wider or narrower; by keyboard that is Alt and an arrow. */
function Edge({ column, onResize }: Pick<Parameters<typeof GridHead>[0], 'onResize'> & { column: Column }) {
  const from = useRef<{ x: number; width: number } | undefined>(undefined)
  function drag({ clientX }: PointerEvent, isOver: boolean): void {
    const began = from.current
    if (!began) return
    if (isOver) from.current = undefined
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    if (!isOver || clientX !== began.x) onResize(column, began.width + (clientX - began.x) / rem, isOver)
  }
  return (
    <span
      aria-hidden="true"
      title="Drag to make it wider or narrower (Alt and an arrow)"
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width: column.width }
      }}
      onPointerMove={(event) => drag(event, false)}
      onPointerUp={(event) => drag(event, true)}
      onPointerCancel={(event) => drag(event, true)}
      className="absolute inset-y-0 -right-px z-10 w-2.5 touch-none cursor-col-resize hover:bg-accent-soft active:bg-accent"
    />
  )
}
