import { Bot, Check, Plus } from 'lucide-react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import type { Column } from './board-model.ts'
import { ColumnDot } from './column-dot.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { useDesk } from './desk.ts'

/** What a column is called, how full it is, and what happens to what comes in. */
export function ColumnHead({ column }: { column: Column }) {
  const desk = useDesk()
  const { key, title, color, count, limit, done, isKnown, agent, workers } = column
  const isFull = limit !== undefined && count >= limit
  const group = useSelected(desk.board, (board) => board.group)
  return (
    <header className="shrink-0">
      <div className="flex h-10 items-center gap-2 pr-1.5 pl-3">
        <ColumnDot color={color} />
        <h2 className="min-w-0 truncate font-medium text-sm" title={column.about || undefined}>
          {title}
        </h2>
        <span
          title={isFull ? 'Full' : undefined}
          className={cn(
            'shrink-0 rounded-full px-1.5 text-xs tabular-nums',
            isFull ? 'bg-warn-soft font-medium text-warn' : 'text-faint',
          )}
        >
          {limit === undefined ? count : `${count}/${limit}`}
          {isFull && <span className="sr-only">, full</span>}
        </span>
        {done && (
          <span title="What stands here is done" className="shrink-0 text-accent-text">
            <Check aria-hidden="true" className="size-3.5" />
            <span className="sr-only">done</span>
          </span>
        )}
        {agent && (
          <span title={`${agent} starts with each card that comes in`} className="shrink-0 text-faint">
            <Bot aria-hidden="true" className="size-3.5" />
            <span className="sr-only">{agent} starts with each card that comes in</span>
          </span>
        )}
        {!isKnown && (
          <span title="The board’s settings do not name this status" className="shrink-0 text-faint text-xs">
            not in settings
          </span>
        )}
        <span className="flex-1" />
        <IconButton
          label={`New card in ${title}`}
          size="sm"
          onClick={() => desk.take({ adding: { column: key, lane: '' } })}
        >
          <Plus />
        </IconButton>
        {group === 'status' && key !== '' && <ColumnMenu column={column} />}
      </div>
      {workers && (
        <p title={workers} className="-mt-1.5 truncate pr-3 pb-1.5 pl-[1.9rem] text-faint text-xs">
          <span className="sr-only">Who works here: </span>
          {workers}
        </p>
      )}
    </header>
  )
}
