import { useDraggable } from '@dnd-kit/core'
import { CalendarDays } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { Popover } from '../../../../components/ui/popover.tsx'
import { cn } from '../../../../lib/cn.ts'
import { type Day, dayOf, whenOf } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'

/** Puts a chunk on a day, or on none. */
export type Put = (chunk: OutlineChunk, day: Day | undefined) => void

export interface ItemProps {
  chunk: OutlineChunk
  field: string
  isDone: boolean
  /** Its day is over, and it is not done. */
  isLate: boolean
  isOpen: boolean
  isStuck: boolean
  onOpen: () => void
  onPut: Put
  onKeyDown?: (event: KeyboardEvent) => void
}

/** A chunk on a day: opened by a click, taken to another day by hand, or by its menu. */
export function CalendarItem(props: ItemProps) {
  const { chunk, field, isDone, isLate, isOpen, isStuck } = props
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: chunk.id, data: { chunk } })
  const value = chunk.fields?.[field]
  const when = typeof value === 'string' ? whenOf(value) : undefined
  return (
    <li
      ref={setNodeRef}
      className={cn(
        'group/item relative flex min-h-6 shrink-0 items-center rounded-md border text-xs coarse:min-h-10',
        isLate ? 'bg-danger-soft' : isDone ? 'bg-surface' : 'bg-raised',
        isOpen ? 'border-accent' : isLate ? 'border-danger-line' : 'border-line',
        isDragging && 'opacity-40',
      )}
    >
      <button
        type="button"
        data-item={chunk.id}
        onClick={props.onOpen}
        onKeyDown={props.onKeyDown}
        {...(listeners ?? {})}
        className={cn(
          'flex h-full min-w-0 flex-1 items-baseline gap-1 rounded-md px-1.5 py-0.5 text-left -outline-offset-2',
          isDone ? 'text-muted line-through' : isLate ? 'text-danger' : 'text-text',
        )}
      >
        {when?.hasTime && (
          <span className="shrink-0 text-faint tabular-nums">
            {when.date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}
          </span>
        )}
        <span className="line-clamp-2 [overflow-wrap:anywhere]">{chunk.title || 'Untitled'}</span>
        {isLate && <span className="sr-only">, overdue</span>}
        {isStuck && <span className="sr-only">, not saved</span>}
      </button>
      <span className="absolute top-0 right-0 rounded-md bg-raised opacity-0 focus-within:opacity-100 has-data-[state=open]:opacity-100 group-hover/item:opacity-100">
        <PutMenu chunk={chunk} day={dayOf(value)} onPut={props.onPut} />
      </span>
    </li>
  )
}

/** The way to another day without dragging. */
export function PutMenu(props: { chunk: OutlineChunk; day: Day | undefined; onPut: Put }) {
  const { chunk, day, onPut } = props
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const title = chunk.title || 'Untitled'
  function put(to: Day | undefined): void {
    setOpen(false)
    onPut(chunk, to)
  }
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setTyped(day ?? '')
        setOpen(next)
      }}
      label={`Another day for ${title}`}
      align="end"
      className="w-56"
      trigger={
        <IconButton
          label={`Another day for ${title}`}
          size="sm"
          data-put={chunk.id}
          className="shrink-0 [&_svg]:size-3.5"
        >
          <CalendarDays />
        </IconButton>
      }
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (dayOf(typed)) put(typed)
        }}
      >
        <Input
          aria-label="Day"
          type="date"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          className="h-8 text-sm"
        />
        <div className="flex justify-between gap-2">
          <Button size="sm" variant="ghost" disabled={day === undefined} onClick={() => put(undefined)}>
            No date
          </Button>
          <Button size="sm" variant="primary" type="submit" disabled={!dayOf(typed)}>
            Move
          </Button>
        </div>
      </form>
    </Popover>
  )
}
