import { useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cn } from '../../../../lib/cn.ts'
import { inWords } from '../../../../lib/json-text.ts'

/** The rows of an answer; one that is a chunk opens it. */
export function QueryTable(props: {
  columns: readonly string[]
  rows: readonly (readonly unknown[])[]
  ids: number | undefined
  selected: string | undefined
  onOpen: (id: string) => void
}) {
  const { columns, rows, ids, selected, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto border-t -outline-offset-2"
    >
      <div style={{ minWidth: `${columns.length * 9}rem` }}>
        <div
          aria-hidden="true"
          className="sticky top-0 z-10 flex h-8 items-center border-b bg-surface text-muted text-xs"
        >
          {columns.map((column) => (
            <span key={column} className="min-w-36 flex-1 truncate px-3 font-medium">
              {column}
            </span>
          ))}
        </div>
        <Virtualizer scrollRef={scroller} data={rows as unknown[][]} startMargin={32} itemSize={32}>
          {(row, i) => {
            const id = ids === undefined ? undefined : String(row[ids])
            const cells = row.map((value, at) => {
              const text = value === null ? '' : inWords(value)
              return (
                <span key={columns[at]} title={text} className="min-w-36 flex-1 truncate px-3 text-left">
                  <span className="sr-only">{columns[at]}: </span>
                  {text}
                </span>
              )
            })
            const style = cn(
              'flex min-h-8 w-full items-center border-b text-sm',
              id !== undefined && id === selected && 'bg-hover',
            )
            return id === undefined ? (
              <div key={i} className={style}>
                {cells}
              </div>
            ) : (
              <button
                key={i}
                type="button"
                onClick={() => onOpen(id)}
                className={cn(style, '-outline-offset-2 hover:bg-hover')}
              >
                {cells}
              </button>
            )
          }}
        </Virtualizer>
      </div>
    </div>
  )
}
