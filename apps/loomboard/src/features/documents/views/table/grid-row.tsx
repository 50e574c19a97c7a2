import { memo } from 'react'
import { type Store, useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { ChunkMarks } from '../../components/chunk-marks.tsx'
import { actorName, type Marks } from '../../model/changes.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { RunBadge } from '../../runs/run-badge.tsx'
import type { StatusChoice } from '../../teams/statuses.ts'
import { partOf } from '../../writing/patch.ts'
import { CellEditor, type Leave, type Suggestions } from './cell-editor.tsx'
import { CellValue } from './cell-value.tsx'
import type { Column } from './columns.ts'
import { firstColumn } from './grid-head.tsx'

/** What somebody does in a row. */
export type RowHandlers = {
  point: (chunk: OutlineChunk, column: number) => void
  write: (chunk: OutlineChunk, column: number) => void
  open: (chunk: OutlineChunk) => void
  select: (chunk: OutlineChunk, isRange: boolean) => void
  save: (chunk: OutlineChunk, value: unknown) => void
  leave: (row: number, direction?: Leave) => void
  /** The cell that is written in is not there any more. */
  lose: () => void
}

export interface GridRowProps {
  id: string
  chunk: OutlineChunk
  /** Its number, from 0. */
  row: number
  columns: readonly Column[]
  suggestions: Suggestions
  /** What is offered where its status is written. */
  statuses: readonly StatusChoice[]
  /** The column one is on, where it is this row. */
  active: number | undefined
  isWriting: boolean
  isOpen: boolean
  isSelected: boolean
  isStuck: boolean
  isDone: boolean
  marks: Store<Marks>
  self: string | undefined
  now: number
  on: RowHandlers
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, chunk, row, columns, active, isSelected, isOpen, on } = props
  const shade = isSelected ? 'bg-accent-soft' : isOpen ? 'bg-hover' : 'bg-bg group-hover/row:bg-surface'
  return (
    <div role="row" aria-rowindex={row + 2} aria-selected={isSelected} className="group/row flex h-9 border-b text-sm">
      {columns.map((column, i) => (
        <div
          key={column.key}
          id={`${id}-${chunk.id}-${i}`}
          role={i === 0 ? 'rowheader' : 'gridcell'}
          aria-colindex={i + 1}
          aria-readonly={column.kind === 'shown' || undefined}
          onPointerDown={() => on.point(chunk, i)}
          onDoubleClick={() => i > 0 && column.kind !== 'checkbox' && on.write(chunk, i)}
          style={{ width: `${i === 0 ? column.width + 2.25 : column.width}rem` }}
          className={cn(
            'relative flex shrink-0 items-center border-r',
            shade,
            i === 0 && firstColumn,
            i === columns.length - 1 && 'flex-1 border-r-0',
            i === active &&
              'group-focus/grid:outline-2 group-focus/grid:outline-ring group-focus/grid:-outline-offset-2',
          )}
        >
          {i === 0 && <RowCheck {...props} />}
          {i === active && props.isWriting ? (
            <CellEditor
              column={column}
              value={partOf(chunk, column.key)}
              suggestions={props.suggestions}
              statuses={props.statuses}
              onSave={(value) => on.save(chunk, value)}
              onLeave={(direction) => on.leave(row, direction)}
              onGone={on.lose}
            />
          ) : i === 0 ? (
            <RowTitle {...props} />
          ) : (
            <CellValue
              chunk={chunk}
              column={column}
              isDone={props.isDone}
              now={props.now}
              onToggle={() => on.write(chunk, i)}
            />
          )}
        </div>
      ))}
    </div>
  )
})

function RowCheck({ chunk, isSelected, on }: GridRowProps) {
  return (
    <label className="flex h-full w-9 shrink-0 items-center justify-center">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${chunk.title || 'Untitled'}`}
        checked={isSelected}
        onChange={(event) => on.select(chunk, 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)}
        className={cn(
          'size-3.5 accent-(--accent)',
          !isSelected && 'opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100 coarse:opacity-100',
        )}
      />
    </label>
  )
}

function RowTitle({ chunk, isStuck, marks, self, on }: GridRowProps) {
  const mark = useSelected(marks, (all) => all.get(chunk.id))
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5 pr-2 pl-1">
      <button type="button" tabIndex={-1} onClick={() => on.open(chunk)} className="truncate text-left hover:underline">
        {chunk.title || 'Untitled'}
      </button>
      <RunBadge cardId={chunk.id} className="ml-auto shrink-0" />
      <ChunkMarks isStuck={isStuck} changedBy={mark && actorName(mark.actor, self)} />
    </span>
  )
}
