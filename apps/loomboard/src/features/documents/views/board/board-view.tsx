import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { useSelected, useStore } from '../../../../lib/browser/store.ts'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { useSharedSelection } from '../../selection/use-shared-selection.ts'
import type { ViewProps } from '../view.ts'
import { onBoardKey } from './board-keys.ts'
import { Columns } from './columns.tsx'
import { type Desk, DeskContext, isKeyboardFree } from './desk.ts'
import { DragLayer } from './drag-layer.tsx'
import { cellOf } from './drop.ts'
import { EmptyBoard } from './empty-board.tsx'
import { FirstStep } from './first-step.tsx'
import { columnOfStop } from './navigate.ts'
import { useBoard } from './use-board.ts'

/** The cards of a document in columns. */
export function BoardView(props: ViewProps) {
  const root = useRef<HTMLDivElement>(null)
  const desk = useBoard(props, root)
  const isNarrow = useMedia('(max-width: 767px)')
  useReveal(desk, root)
  useLeft(desk, props.selected)
  useSharedSelection(desk.hand, props.document.document_id)
  const hasColumns = useSelected(desk.board, ({ columns }) => columns.length > 0)

  return (
    <DeskContext value={desk}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the cards, in one place */}
      <div
        ref={root}
        onKeyDown={(event: KeyboardEvent) => onBoardKey(desk, event)}
        onFocus={() => desk.take({ isFocused: true })}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) desk.take({ isFocused: false })
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <FirstStep desk={desk} />
        {hasColumns ? <Carried isNarrow={isNarrow} /> : <EmptyBoard />}
        <p id="board-keys" className="sr-only">
          Arrows go from card to card. Space lifts a card, Enter opens it.
        </p>
        <Said desk={desk} />
      </div>
    </DeskContext>
  )
}

/** What changes on the board changes neither how it is carried about nor which columns there are. */
const Carried = memo(function Carried({ isNarrow }: { isNarrow: boolean }) {
  return (
    <DragLayer isTouchable={!isNarrow}>
      <Columns isNarrow={isNarrow} />
    </DragLayer>
  )
})

function Said({ desk }: { desk: Desk }) {
  const said = useStore(desk.said)
  return (
    <p aria-live="assertive" className="sr-only">
      {said}
    </p>
  )
}

/** What comes into a list is hidden until it has been measured, and cannot be focused before that. */
const mostFrames = 20

function useReveal(desk: Desk, root: React.RefObject<HTMLElement | null>): void {
  const soon = useRef(0)
  useEffect(() => {
    desk.reveal = (id) => {
      const board = desk.board.get()
      const place = board.places.get(id)
      const column = place?.column ?? columnOfStop(id)
      desk.take({ at: id })
      if (place) {
        const index = cellOf(board, place.column, place.lane).indexOf(id)
        if (desk.lanes) desk.lanes.bring(place.lane, place.column, index)
        else desk.lists.get(place.column)?.bring(index)
      }
      const find = () => root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
      const target = desk.lanes ? find() : root.current?.querySelector(`[data-column="${CSS.escape(column ?? '')}"]`)
      target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      cancelAnimationFrame(soon.current)
      const from = document.activeElement
      const focus = (frames: number) => {
        const found = find()
        // Whoever has gone elsewhere meanwhile stays there.
        if (document.activeElement !== from && !isKeyboardFree()) return
        found?.focus({ preventScroll: true })
        if ((found && document.activeElement === found) || frames === 0) return
        soon.current = requestAnimationFrame(() => focus(frames - 1))
      }
      focus(mostFrames)
    }
  }, [desk, root])
}

/** Whoever closes a card is back on it, where nothing else has taken the keyboard. */
function useLeft(desk: Desk, selected: string | undefined): void {
  const before = useRef(selected)
  useEffect(() => {
    const was = before.current
    before.current = selected
    if (selected !== undefined) desk.take({ at: selected })
    else if (was !== undefined) desk.regain(was)
  }, [desk, selected])
}
