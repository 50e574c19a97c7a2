import { type RefObject, useCallback, useMemo, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row, TranscriptRows } from '../../model/rows/rows.ts'

export interface RowFinder {
  /** Brings a row to the top, or to the middle; false when it is not here. */
  show(rowId: string, align: 'start' | 'center'): boolean
  /** The turn at the top of the screen. */
  turnAtTop(): string | undefined
  /** Where the messages of a person begin. */
  anchors(): { turnId: string; top: number }[]
}

/** Where rows are, in the virtual list and below it. */
export function useRows(
  rows: TranscriptRows,
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  startMargin: number,
): RowFinder {
  const latest = useRef({ rows, startMargin })
  latest.current = { rows, startMargin }

  const liveTop = useCallback(
    (row: Row): number | undefined => {
      const element = scroller.current
      const found = element?.querySelector(`[data-row="${CSS.escape(row.id)}"]`)
      if (!element || !found) return undefined
      return found.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop
    },
    [scroller],
  )

  return useMemo(
    () => ({
      show(rowId, align) {
        const { settled, live } = latest.current.rows
        const index = settled.findIndex((row) => row.id === rowId)
        if (index >= 0) {
          list.current?.scrollToIndex(index, { align })
          return true
        }
        const row = live.find((candidate) => candidate.id === rowId)
        const top = row && liveTop(row)
        if (top === undefined || !scroller.current) return false
        scroller.current.scrollTop = align === 'start' ? top : top - scroller.current.clientHeight / 3
        return true
      },
      turnAtTop() {
        const { settled, live } = latest.current.rows
        const top = (scroller.current?.scrollTop ?? 0) + 24
        const firstLive = live[0] && liveTop(live[0])
        if (firstLive !== undefined && firstLive <= top) {
          return (live.findLast((row) => (liveTop(row) ?? Number.POSITIVE_INFINITY) <= top) ?? live[0])?.turn.id
        }
        return settled[list.current?.findItemIndex(top) ?? 0]?.turn.id ?? live[0]?.turn.id
      },
      anchors() {
        const { rows, startMargin } = latest.current
        const inList = rows.settled.flatMap((row, i) =>
          row.kind === 'input'
            ? [{ turnId: row.turn.id, top: startMargin + (list.current?.getItemOffset(i) ?? 0) }]
            : [],
        )
        const below = rows.live.flatMap((row) =>
          row.kind === 'input' ? [{ turnId: row.turn.id, top: liveTop(row) ?? 0 }] : [],
        )
        return [...inList, ...below]
      },
    }),
    [scroller, list, liveTop],
  )
}
