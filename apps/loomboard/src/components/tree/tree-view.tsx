import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { cn } from '../../lib/cn.ts'
import { findTyped, shiftOf, type TreeRow, treeAction } from './tree-row.ts'

export interface TreeViewProps<Row extends TreeRow> {
  label: string
  rows: readonly Row[]
  /** The line whose page is open. */
  selected: string | undefined
  onSelect: (row: Row) => void
  onToggle: (row: Row, expanded: boolean) => void
  /** Keys that do something to the line one is on; the tree has those that it leaves. */
  onKey?: (event: KeyboardEvent, row: Row) => void
  /** Everything after the chevron; all lines have the same height. */
  children: (row: Row) => ReactNode
  rowClassName: string
  className?: string
}

/** What was typed belongs together for this long. */
const typingPause = 700

/** One list of lines of the same height, as long as it likes; the list has the focus and says which line one is on. */
export function TreeView<Row extends TreeRow>(props: TreeViewProps<Row>) {
  const { rows, selected, onSelect, onToggle, children } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [chosen, setActive] = useState<string>()
  const typed = useRef({ text: '', at: 0 })
  const pointed = useRef<string>(undefined)
  // What is opened elsewhere is where one is.
  useEffect(() => {
    if (selected !== undefined) setActive(selected)
  }, [selected])
  const wasAt = useRef(0)
  const known = [chosen, selected].find((id) => rows.some((row) => row.id === id))
  // Where the line has gone, the one that stands in its place.
  const active = known ?? rows[Math.min(wasAt.current, rows.length - 1)]?.id
  const at = rows.findIndex((row) => row.id === active)
  useLayoutEffect(() => {
    wasAt.current = Math.max(at, 0)
  }, [at])
  useSteady(rows, scroller, list, pointed)

  function go(target: string): void {
    setActive(target)
    const element = scroller.current
    if (!element || !list.current) return
    // The virtualizer would go on correcting its own way there for a while, against lines that come meanwhile.
    const height = list.current.getItemSize(0)
    const top = rows.findIndex((row) => row.id === target) * height
    element.scrollTop = Math.min(Math.max(element.scrollTop, top + height - element.clientHeight), top)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const on = rows[at]
    if (on) props.onKey?.(event, on)
    if (event.defaultPrevented) return
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const action = treeAction(rows, active, event.key)
    const row = rows.find((candidate) => candidate.id === action?.id)
    if (action && row) {
      if (action.kind === 'go') go(row.id)
      else if (action.kind === 'choose') onSelect(row)
      else onToggle(row, action.kind === 'open')
    } else if (event.key.length === 1 && event.key !== '/' && event.key !== '?') {
      const text = event.timeStamp - typed.current.at < typingPause ? typed.current.text + event.key : event.key
      typed.current = { text, at: event.timeStamp }
      const found = findTyped(rows, active, text)
      if (found) go(found)
    } else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `${id}-${active}`}
      onKeyDown={onKeyDown}
      onPointerLeave={() => {
        pointed.current = undefined
      }}
      className={cn('group/tree overflow-y-auto -outline-offset-2 [overflow-anchor:none]', props.className)}
    >
      <Virtualizer ref={list} scrollRef={scroller} data={rows as Row[]} keepMounted={at < 0 ? [] : [at]}>
        {(row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's
          // biome-ignore lint/a11y/useFocusableInteractive: the tree keeps the focus
          <div
            key={row.id}
            id={`${id}-${row.id}`}
            role="treeitem"
            aria-label={undefined}
            aria-level={row.level}
            aria-posinset={row.place}
            aria-setsize={row.count}
            aria-expanded={row.expanded}
            aria-selected={row.id === selected}
            onPointerMove={() => {
              pointed.current = row.id
            }}
            onClick={() => {
              setActive(row.id)
              onSelect(row)
            }}
            style={{ paddingLeft: `${Math.min(row.level - 1, 12) * 0.875}rem` }}
            className={cn(
              'flex cursor-pointer items-center rounded-md pr-2 hover:bg-hover',
              row.id === selected && 'bg-hover',
              row.id === active &&
                'group-focus-visible/tree:outline-2 group-focus-visible/tree:outline-ring group-focus-visible/tree:-outline-offset-2',
              props.rowClassName,
            )}
          >
            <Chevron row={row} onToggle={onToggle} />
            {children(row)}
          </div>
        )}
      </Virtualizer>
    </div>
  )
}

function Chevron<Row extends TreeRow>({ row, onToggle }: { row: Row; onToggle: (row: Row, open: boolean) => void }) {
  if (row.expanded === undefined) return <span className="w-6 shrink-0 coarse:w-9" />
  return (
    <span
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation()
        onToggle(row, !row.expanded)
      }}
      className="flex w-6 shrink-0 items-center justify-center self-stretch coarse:w-9"
    >
      <ChevronRight className={cn('size-3.5 text-faint transition-transform', row.expanded && 'rotate-90')} />
    </span>
  )
}

/** What one points at, or else the first line on the screen, stays where it is when lines come and go above it. */
function useSteady(
  rows: readonly TreeRow[],
  scroller: React.RefObject<HTMLElement | null>,
  list: React.RefObject<VirtualizerHandle | null>,
  pointed: React.RefObject<string | undefined>,
): void {
  const before = useRef(rows)
  useLayoutEffect(() => {
    const old = before.current
    before.current = rows
    const element = scroller.current
    if (!element || old === rows || old.length === 0 || rows.length === 0 || element.scrollTop === 0) return
    const underPointer = old.findIndex(({ id }) => id === pointed.current)
    const anchor = underPointer < 0 ? (list.current?.findItemIndex(element.scrollTop) ?? 0) : underPointer
    const shift = shiftOf(old, rows, anchor)
    if (shift !== 0) element.scrollTop += shift * (list.current?.getItemSize(0) ?? 0)
  }, [rows, scroller, list, pointed])
}
