import { type KeyboardEvent, useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { isComposing } from '../../../../lib/composing.ts'
import { toast } from '../../../../lib/toast.ts'
import { useDerived } from '../../../../lib/use-derived.ts'
import { useHandlers } from '../../../../lib/use-handlers.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { countBy, type OutlineChunk } from '../../model/outline.ts'
import { all, extended, nothing, toggled } from '../../selection/selection.ts'
import { useSelection } from '../../selection/use-selection.ts'
import type { StatusChoice } from '../../teams/statuses.ts'
import { partOf, same } from '../../writing/patch.ts'
import type { ViewProps } from '../view.ts'
import { type Cell, cellAfter } from './cell-cursor.ts'
import type { Suggestions } from './cell-editor.tsx'
import { type Column, toColumns } from './columns.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow, type RowHandlers } from './grid-row.tsx'
import { useRows } from './use-rows.ts'
import { fitting, setWidth, withWidths } from './widths.ts'

const nothingKnown: Suggestions = () => []
const noStatuses: readonly StatusChoice[] = []

/** In pixels; all rows are as high. */
const rowHeight = 36

/** A sheet: one is on a cell, arrows go on, Enter writes. The head is the first row. */
export function Grid(props: ViewProps) {
  const { editing, document, types, statuses, search, onSearch, onOpen, selected } = props
  const [writing, setWriting] = useState<string>()
  const rows = useRows(props, writing !== undefined)
  const plain = useDerived<Column[]>(
    (before) => {
      const now = toColumns(rows, types, search.show)
      return before && same(before, now) ? before : now
    },
    [rows, types, search.show],
  )
  /** While it is dragged, nobody else needs to know. */
  const [resized, setResized] = useState<{ key: string; width: number }>()
  const columns = useMemo(
    () => withWidths(plain, resized ? setWidth(search.widths, resized.key, resized.width) : search.widths),
    [plain, search.widths, resized],
  )
  const { selection, select } = useSelection(document.document_id, editing.chunks)
  const suggestions = useSuggestions(editing.chunks)
  const now = useNow(60_000)
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [said, setSaid] = useState('')
  const [on, setOn] = useState<{ row: string; column: number }>({ row: '', column: 0 })
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const wasAt = useRef(0)
  // Where the row has gone, the one that stands in its place; above the first stands the head.
  const isHead = on.row === 'head'
  const known = order.indexOf(on.row === '' ? (selected ?? order[0] ?? '') : on.row)
  const at = isHead ? -1 : known >= 0 ? known : Math.min(wasAt.current, rows.length - 1)
  useLayoutEffect(() => {
    wasAt.current = Math.max(at, 0)
  }, [at])
  const column = Math.min(on.column, columns.length - 1)
  const row = rows[at]

  const go = useCallback(
    (to: Cell) => {
      const { row, column } = to
      setOn({ row: row === 0 ? 'head' : (order[row - 1] ?? ''), column })
      reveal(scroller.current, row - 1, columns, column)
    },
    [order, columns],
  )
  const leave = useCallback(() => {
    setWriting(undefined)
    scroller.current?.focus({ preventScroll: true })
  }, [])

  function sortBy({ sort }: Column): void {
    if (!sort) return
    const isSame = search.sort === sort
    if (isSame && search.order === 'desc') onSearch({ sort: undefined, order: undefined })
    else onSearch({ sort, order: isSame ? 'desc' : undefined })
  }

  function resize({ key, title }: Column, width: number, isOver: boolean): void {
    setResized(isOver ? undefined : { key, width })
    if (!isOver) return
    onSearch({ widths: setWidth(search.widths, key, width) })
    setSaid(`${title} is ${fitting(width)} wide.`)
  }

  function write(chunk: OutlineChunk, { key, kind }: Column): void {
    if (kind === 'checkbox') editing.edit(chunk.id, { [key]: partOf(chunk, key) === true ? null : true })
    else if (kind === 'shown') onOpen(chunk.id)
    else setWriting(chunk.id)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || isComposing(event.nativeEvent)) return
    if (event.altKey) {
      const wider = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      const column = columns[on.column]
      if (!wider || !column || event.shiftKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      resize(column, column.width + wider, true)
      return
    }
    const mod = event.ctrlKey || event.metaKey
    const { key, shiftKey } = event
    const size = { rows: rows.length + 1, columns: columns.length, page: pageOf(scroller.current) }
    const to = cellAfter({ row: at + 1, column }, { key, shiftKey, mod }, size)
    const here = columns[column]
    if (shiftKey && row && (key === 'ArrowUp' || key === 'ArrowDown')) {
      const next = order[key === 'ArrowUp' ? at - 1 : at + 1]
      if (next !== undefined)
        select((now) => extended(now.anchor === undefined ? toggled(now, row.id) : now, next, order))
      if (to && next !== undefined) go(to)
    } else if (to) go(to)
    else if (mod && key === 'a') select((now) => all(now, order))
    else if (mod || !here) return
    else if (key === 'Escape' && selection.ids.size > 0) select(() => nothing)
    else if (isHead && (key === 'Enter' || key === ' ')) sortBy(here)
    else if (!row) return
    else if (key === 'Enter' && here.kind === 'title') onOpen(row.id)
    else if (key === 'Enter' || key === 'F2' || key === 'e' || (key === ' ' && here.kind === 'checkbox'))
      write(row, here)
    else if (key === 'x' || key === ' ') select((now) => toggled(now, row.id))
    else if (key === 'X') select((now) => extended(now, row.id, order))
    else if (key === 'Delete' || key === 'Backspace') {
      if (here.kind === 'title' || here.kind === 'shown') return
      const refused = here.kind === 'status' && statuses.refusal(row, '')
      if (refused) toast.info(refused)
      else editing.edit(row.id, { [here.key]: here.kind === 'tags' ? [] : emptyOf(here) })
    } else return
    event.preventDefault()
  }

  const handlers = useHandlers<RowHandlers>({
    point: (chunk, to) => setOn({ row: chunk.id, column: to }),
    write: (chunk, to) => write(chunk, columns[to]!),
    open: ({ id }) => onOpen(id),
    select: ({ id }, isRange) => select((now) => (isRange ? extended(now, id, order) : toggled(now, id))),
    save: ({ id }, value) => editing.edit(id, { [columns[column]!.key]: value }),
    lose: () => setWriting(undefined),
    leave(row, direction) {
      leave()
      const from = { row: row + 1, column }
      const key = direction === 'down' ? 'ArrowDown' : 'Tab'
      const size = { rows: rows.length + 1, columns: columns.length, page: 1 }
      const next = direction && cellAfter(from, { key, shiftKey: direction === 'back' }, size)
      if (next) go(next)
    },
  })
  const width = columns.reduce((sum, { width }) => sum + width, 2.25)
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label="Table"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={`${id}-${isHead ? 'head' : row?.id}-${column}`}
        onKeyDown={onKeyDown}
        className="group/grid min-h-0 flex-1 overflow-auto border-t outline-none [overflow-anchor:none]"
      >
        <div style={{ width: `${width}rem` }} className="min-w-full">
          <GridHead
            id={id}
            columns={columns}
            search={search}
            active={isHead ? column : undefined}
            selected={order.length > 0 && order.every((each) => selection.ids.has(each))}
            onSelectAll={() => select((now) => all(now, order))}
            onSort={sortBy}
            onResize={resize}
          />
          <div role="rowgroup">
            <Virtualizer
              ref={list}
              scrollRef={scroller}
              startMargin={rowHeight}
              itemSize={rowHeight}
              data={rows as OutlineChunk[]}
              keepMounted={at < 0 ? [] : [at]}
            >
              {(chunk, i) => (
                <GridRow
                  key={chunk.id}
                  id={id}
                  chunk={chunk}
                  row={i}
                  columns={columns}
                  suggestions={chunk.id === writing ? suggestions : nothingKnown}
                  statuses={chunk.id === writing ? statuses.choicesFor(chunk) : noStatuses}
                  active={i === at ? column : undefined}
                  isWriting={chunk.id === writing && i === at}
                  isOpen={chunk.id === selected}
                  isSelected={selection.ids.has(chunk.id)}
                  isDone={editing.isDone(chunk)}
                  isStuck={editing.stuck.has(chunk.id)}
                  marks={props.marks}
                  self={props.self}
                  now={now}
                  on={handlers}
                />
              )}
            </Virtualizer>
          </div>
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  )
}

/** A status or a type is a text, everything else is taken away. */
const emptyOf = ({ kind }: Column) => (kind === 'status' || kind === 'type' ? '' : null)

function pageOf(element: HTMLElement | null): number {
  return Math.max(1, Math.floor((element?.clientHeight ?? 0) / rowHeight) - 2)
}

/** Brings a cell out from under the head and the first column. */
function reveal(element: HTMLElement | null, row: number, columns: readonly Column[], column: number): void {
  if (!element) return
  const rem = Number.parseFloat(getComputedStyle(element.ownerDocument.documentElement).fontSize)
  if (row >= 0) {
    const top = row * rowHeight
    element.scrollTop = Math.min(Math.max(element.scrollTop, top + 2 * rowHeight - element.clientHeight), top)
  }
  if (column === 0) return
  const first = (columns[0]?.width ?? 0) + 2.25
  const left = columns.slice(1, column).reduce((sum, { width }) => sum + width, 0) * rem
  const right = left + (first + (columns[column]?.width ?? 0)) * rem
  element.scrollLeft = Math.min(Math.max(element.scrollLeft, right - element.clientWidth), left)
}

/** What is offered in the cells of each column: what others have there. */
function useSuggestions(chunks: ReadonlyMap<string, OutlineChunk>): Suggestions {
  return useMemo(() => {
    const known = new Map<string, readonly string[]>()
    return (key) => {
      let values = known.get(key)
      if (!values) {
        values = countBy(chunks, (chunk) => {
          const value = partOf(chunk, key)
          if (Array.isArray(value)) return value.map(String)
          return typeof value === 'string' && value !== '' ? [value] : []
        }).map(({ value }) => value)
        known.set(key, values)
      }
      return values
    }
  }, [chunks])
}
