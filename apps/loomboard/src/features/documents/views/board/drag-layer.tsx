import {
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  type DragMoveEvent,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { ReactNode, RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { useSelected } from '../../../../lib/browser/store.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { placeOf } from './card.tsx'
import { CardFace } from './card-face.tsx'
import { type Desk, useDesk } from './desk.ts'
import { overAt, refusalOf } from './drop.ts'

interface List {
  column: string
  lane: string
  list: RefObject<VirtualizerHandle | null> | undefined
}

/** The column below the pointer, wherever in its height; and there the place between its cards, which are not measured. */
const columnBelow: CollisionDetection = ({ droppableContainers, droppableRects, pointerCoordinates }) => {
  if (!pointerCoordinates) return []
  const { x, y } = pointerCoordinates
  const below = droppableContainers.filter(({ id }) => {
    const rect = droppableRects.get(id)
    return rect && x >= rect.left && x <= rect.right
  })
  const inHeight = below.filter(({ id }) => {
    const rect = droppableRects.get(id)
    return rect && y >= rect.top && y <= rect.bottom
  })
  const container = inHeight[0] ?? below[0]
  const rect = container && droppableRects.get(container.id)
  if (!container || !rect) return []
  const handle = (container.data.current as List | undefined)?.list?.current
  return [{ id: container.id, data: { droppableContainer: container, index: indexAt(handle, y - rect.top) } }]
}

function indexAt(handle: VirtualizerHandle | null | undefined, y: number): number {
  if (!handle || y <= 0) return 0
  const index = handle.findItemIndex(y)
  return y > handle.getItemOffset(index) + handle.getItemSize(index) / 2 ? index + 1 : index
}

const longPress = 250
const never = 86_400_000

const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

/** Cards are taken up with the mouse, or by a long press; what they are moved over says where they would come down. */
export function DragLayer({ children, isTouchable }: { children: ReactNode; isTouchable: boolean }) {
  const desk = useDesk()
  const mouse = useSensor(MouseSensor, { activationConstraint: { distance: 6 } })
  // Where a column takes the whole screen there is nowhere to carry a card to.
  const touch = useSensor(TouchSensor, {
    activationConstraint: { delay: isTouchable ? longPress : never, tolerance: 8 },
  })
  const sensors = useSensors(mouse, touch)

  function onEnd({ active }: DragEndEvent): void {
    const { over } = desk.hand.get()
    const id = String(active.id)
    desk.take({ dragging: undefined, over: undefined })
    if (!over) {
      desk.say(`${desk.title(id)} is back where it was.`)
      return
    }
    const { selected } = desk.hand.get()
    const ids = selected.has(id) ? [id, ...[...selected].filter((each) => each !== id)] : [id]
    desk.drop(ids, overAt(desk.board.get(), id, over.column, over.lane, over.index))
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={columnBelow}
      accessibility={{ announcements: silent }}
      autoScroll={{ threshold: { x: 0.12, y: 0.15 } }}
      onDragStart={({ active }) => {
        desk.take({ dragging: String(active.id), by: 'pointer', at: String(active.id) })
        desk.say(`${desk.title(String(active.id))} lifted.`)
      }}
      onDragMove={(event) => hover(desk, event)}
      onDragOver={(event) => hover(desk, event)}
      onDragEnd={onEnd}
      onDragCancel={({ active }) => {
        desk.take({ dragging: undefined, over: undefined })
        desk.say(`${desk.title(String(active.id))} is back where it was.`)
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        <Lifted />
      </DragOverlay>
    </DndContext>
  )
}

function hover(desk: Desk, { active, over, collisions }: Pick<DragMoveEvent, 'active' | 'over' | 'collisions'>): void {
  const found = over?.data.current as List | undefined
  const before = desk.hand.get().over
  if (!found) {
    desk.take({ over: undefined })
    return
  }
  const { column: key, lane } = found
  const index = Number(collisions?.[0]?.data?.index ?? 0)
  if (before?.column === key && before.lane === lane && before.index === index) return
  const board = desk.board.get()
  const column = desk.column(key)
  const refused = column && refusalOf(board, String(active.id), column)
  desk.take({ over: { column: key, lane, index, refused } })
  if (before?.column !== key) desk.say(refused ?? `Over ${column?.title ?? ''}.`)
}

/** The card in the air. */
function Lifted() {
  const desk = useDesk()
  const now = useNow(0)
  const card = useSelected(desk.hand, ({ dragging, by }) =>
    dragging && by === 'pointer' ? desk.card(dragging) : undefined,
  )
  const isRefused = useSelected(desk.hand, ({ over }) => over?.refused !== undefined)
  const more = useSelected(desk.hand, ({ dragging, selected }) =>
    dragging && selected.has(dragging) ? selected.size - 1 : 0,
  )
  if (!card) return null
  const { document, editing, types } = desk.props
  return (
    <div
      className={`relative rotate-1 cursor-grabbing rounded-lg border border-line-strong bg-raised px-2.5 py-2 shadow-pop ${isRefused ? 'opacity-70' : ''}`}
    >
      <CardFace
        card={card}
        place={placeOf(editing.chunks, document.root_chunk_id, card.id)}
        specs={types.get(card.type ?? '') ?? []}
        show={desk.setup.show}
        isDone={editing.isDone(card)}
        withStatus={false}
        comments={editing.comments.get(card.id) ?? 0}
        isStuck={false}
        now={now}
      />
      {more > 0 && (
        <span className="absolute -top-2 -right-2 rounded-full bg-accent px-1.5 font-medium text-on-accent text-xs">
          +{more}
        </span>
      )}
    </div>
  )
}
