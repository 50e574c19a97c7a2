import { ExternalLink } from 'lucide-react'
import { cn } from '../../../../lib/cn.ts'
import { inWords } from '../../../../lib/json-text.ts'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { fieldChips } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { partOf } from '../../writing/patch.ts'
import type { Column } from './columns.ts'

export interface CellValueProps {
  chunk: OutlineChunk
  column: Column
  isDone: boolean
  now: number
  onToggle: () => void
}

/** What a cell says. */
export function CellValue({ chunk, column, isDone, now, onToggle }: CellValueProps) {
  const { key, kind, title, options } = column
  const value = partOf(chunk, key)
  switch (kind) {
    case 'status':
      return <span className="truncate px-2">{chunk.status && <Status status={chunk.status} isDone={isDone} />}</span>
    case 'type':
      return <span className="truncate px-2 text-muted">{chunk.type}</span>
    case 'tags':
      return <span className="truncate px-2 text-muted text-xs">{chunk.tags?.map((tag) => `#${tag}`).join(' ')}</span>
    case 'checkbox':
      return (
        <label className="flex h-full w-full items-center px-2">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={title}
            checked={value === true}
            onChange={onToggle}
            className="size-3.5 accent-(--accent)"
          />
        </label>
      )
    default: {
      if (value === null || value === '') return null
      const name = key.slice('fields.'.length)
      // The column says what it is, and as which kind.
      const [chip] = fieldChips({ [name]: value }, [{ name, kind, options }], { now, done: isDone })
      if (!chip) return null
      if (kind === 'select') {
        return (
          <span className="px-1">
            <Chip chip={chip} />
          </span>
        )
      }
      return (
        <span
          title={inWords(value)}
          className={cn(
            'flex min-w-0 items-center gap-1 px-2',
            kind === 'number' && 'w-full justify-end tabular-nums',
            chip.overdue && 'text-danger',
          )}
        >
          <span className="truncate">{chip.text}</span>
          {chip.overdue && <span className="sr-only">, overdue</span>}
          {chip.href && (
            <a
              href={chip.href}
              target="_blank"
              rel="noopener noreferrer"
              tabIndex={-1}
              aria-label={`Open ${chip.text}`}
              className="shrink-0 text-accent-text [&_svg]:size-3.5"
            >
              <ExternalLink aria-hidden="true" />
            </a>
          )}
        </span>
      )
    }
  }
}
