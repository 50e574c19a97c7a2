import { TriangleAlert } from 'lucide-react'
import { cn } from '../../../../lib/cn.ts'
import { actorName, type Mark } from '../../model/changes.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { partOf } from '../../writing/patch.ts'
import { CellEditor, type Leave, type Suggestions } from './cell-editor.tsx'
import { CellValue } from './cell-value.tsx'
import type { Column } from './columns.ts'
import { firstColumn } from './grid-head.tsx'

export interface GridRowProps {
  id: string
  chunk: OutlineChunk
  /** Its number, from 0. */
  row: number
  columns: readonly Column[]
  suggestions: Suggestions
  /** The column one is on, where it is this row. */
  active: number | undefined
  isWriting: boolean
  isOpen: boolean
  isSelected: boolean
  isStuck: boolean
  mark: Mark | undefined
  self: string | undefined
  now: number
  onPoint: (column: number) => void
  onWrite: (column: number) => void
  onOpen: () => void
  onSelect: (isRange: boolean) => void
  onSave: (value: unknown) => void
  onLeave: (direction?: Leave) => void
  onGone: () => void
}

export function GridRow(props: GridRowProps) {
  const { id, chunk, row, columns, active, isSelected, isOpen } = props
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
          onPointerDown={() => props.onPoint(i)}
          onDoubleClick={() => i > 0 && column.kind !== 'checkbox' && props.onWrite(i)}
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
              onSave={props.onSave}
              onLeave={props.onLeave}
              onGone={props.onGone}
            />
          ) : i === 0 ? (
            <RowTitle {...props} />
          ) : (
            <CellValue chunk={chunk} column={column} now={props.now} onToggle={() => props.onWrite(i)} />
          )}
        </div>
      ))}
    </div>
  )
}

function RowCheck({ chunk, isSelected, onSelect }: GridRowProps) {
  return (
    <label className="flex h-full w-9 shrink-0 items-center justify-center">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${chunk.title || 'Untitled'}`}
        checked={isSelected}
        onChange={(event) => onSelect('shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)}
        className={cn(
          'size-3.5 accent-(--accent)',
          !isSelected && 'opacity-0 focus-visible:opacity-100 group-hover/row:opacity-100 coarse:opacity-100',
        )}
      />
    </label>
  )
}

function RowTitle({ chunk, isStuck, mark, self, onOpen }: GridRowProps) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5 pr-2 pl-1">
      <button type="button" tabIndex={-1} onClick={onOpen} className="truncate text-left hover:underline">
        {chunk.title || 'Untitled'}
      </button>
      {isStuck && (
        <span title="Not saved" className="shrink-0 text-warn">
          <TriangleAlert aria-hidden="true" className="size-3.5" />
          <span className="sr-only">not saved</span>
        </span>
      )}
      {mark && (
        <span title={actorName(mark.actor, self)} className="size-1.5 shrink-0 rounded-full bg-accent">
          <span className="sr-only">changed by {actorName(mark.actor, self)}</span>
        </span>
      )}
    </span>
  )
}
