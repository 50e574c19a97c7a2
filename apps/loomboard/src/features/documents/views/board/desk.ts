import { createContext, useContext } from 'react'
import { createStore, type Store, useSelected } from '../../../../lib/browser/store.ts'
import { toast } from '../../../../lib/toast.ts'
import type { Marks } from '../../model/changes.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { sent } from '../../teams/running.ts'
import type { ViewProps } from '../view.ts'
import { type Board, type Column, type Hold, toBoard } from './board-model.ts'
import type { BoardSetup } from './board-setup.ts'
import { cellOf, drop, type Over, overAt } from './drop.ts'
import { isAway } from './holds.ts'
import { columnStop } from './navigate.ts'

export type Opened = 'menu' | 'move' | 'tags'

/** What the person at the board is doing. */
export interface Hand {
  /** The card one is on, or an empty column: the one stop of the board for Tab. */
  at?: string | undefined
  /** The board has the keyboard. */
  isFocused: boolean
  /** Under the mouse. */
  pointed?: string | undefined
  open?: { id: string; what: Opened } | undefined
  /** The card whose title is being written. */
  writing?: string | undefined
  /** The column that a new card is written in. */
  adding?: { column: string; lane: string } | undefined
  /** In the air, and where it would come down. */
  dragging?: string | undefined
  by?: 'pointer' | 'keys' | undefined
  over?: (Over & { index: number; refused?: string | undefined }) | undefined
  selected: ReadonlySet<string>
}

/** What somebody else has done to a card in this hand: where it is by now, and who has put it there. */
export interface Waiting {
  to: string
  who: string
}

type Around = ViewProps & { setup: BoardSetup }

/** The board and whoever sits at it; parts of the view watch what concerns them. */
export class Desk {
  readonly board: Store<Board>
  readonly hand: Store<Hand> = createStore<Hand>({ isFocused: false, selected: new Set() })
  readonly marks: Store<Marks>
  readonly waiting: Store<ReadonlyMap<string, Waiting>> = createStore<ReadonlyMap<string, Waiting>>(new Map())
  /** What is read out. */
  readonly said: Store<string> = createStore('')
  /** The hand let something go that others have moved: it is to be drawn where it is. */
  readonly released: Store<number> = createStore(0)
  holds: ReadonlyMap<string, Hold> = new Map()
  /** What else there is to know of the document. */
  readonly around: Store<Around>
  /** The lists of the columns, to bring a card of theirs into sight. */
  readonly lists = new Map<string, { bring(index: number): void }>()
  /** Where there are lanes, they bring a card of a cell into sight. */
  lanes: { bring(lane: string, column: string, index: number): void } | undefined
  /** Brings a card into sight and gives it the keyboard. */
  reveal: (id: string) => void = () => {}

  /** The same for a card that had the keyboard until now, unless something else has taken it. */
  regain(id: string): void {
    requestAnimationFrame(() => {
      const isStillThere = document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card === id
      if (isStillThere || isKeyboardFree()) this.reveal(id)
    })
  }

  constructor(props: ViewProps, setup: BoardSetup) {
    this.around = createStore({ ...props, setup })
    this.marks = props.marks
    const { chunks } = props.editing
    const input = { chunks, rootId: props.document.root_chunk_id, setup, types: props.types }
    this.board = createStore(toBoard({ ...input, group: 'status' }))
    this.hand.subscribe(() => {
      const inHand = this.inHand()
      if ([...this.holds.keys()].some((id) => !inHand.has(id) && this.waiting.get().has(id))) {
        this.released.set(this.released.get() + 1)
      }
    })
  }

  get props(): ViewProps {
    return this.around.get()
  }

  get setup(): BoardSetup {
    return this.around.get().setup
  }

  inHand(): ReadonlySet<string> {
    const { at, isFocused, pointed, open, writing, dragging } = this.hand.get()
    const seen = [isFocused ? at : undefined, pointed].filter((id) => id !== undefined && !sent.has(id))
    return new Set([...seen, open?.id, writing, dragging].filter((id) => id !== undefined))
  }

  take(change: Partial<Hand>): void {
    const now = this.hand.get()
    const isNew = Object.entries(change).some(([key, value]) => now[key as keyof Hand] !== value)
    if (isNew) this.hand.set({ ...now, ...change })
  }

  card(id: string): OutlineChunk | undefined {
    return this.board.get().cards.get(id)
  }

  column(key: string): Column | undefined {
    return this.board.get().columns.find((column) => column.key === key)
  }

  say(words: string): void {
    // The same words again are something new to whoever listens.
    this.said.set(words === this.said.get() ? `${words}\u00a0` : words)
  }

  title(id: string): string {
    return `“${this.card(id)?.title || 'Untitled'}”`
  }

  /** Lets cards go there, as far as they may. */
  drop(ids: readonly string[], over: Over): void {
    let after = over
    const refused: string[] = []
    const moved: string[] = []
    for (const id of ids) {
      const dropped = drop(this.board.get(), id, after)
      if ('refused' in dropped) {
        refused.push(dropped.refused)
        continue
      }
      for (const op of dropped.ops) {
        if (op.kind === 'move') this.props.editing.moveCard(op.id, op.to, op.into)
        else this.props.editing.edit(op.id, op.patch)
      }
      if (dropped.ops.length > 0) moved.push(id)
      // Cards that are moved together stay together.
      if (after.afterId !== undefined || after.beforeId !== undefined) after = { ...over, afterId: id }
    }
    const to = this.column(over.column)?.title ?? ''
    const what = moved.length === 1 ? this.title(moved[0]!) : `${moved.length} cards`
    if (refused[0]) toast.info(refused[0], moved.length > 0 ? `${what} moved, the others stay.` : undefined)
    else this.say(moved.length > 0 ? `${what} moved to ${to}.` : `${this.title(ids[0] ?? '')} stays where it was.`)
  }

  /** To the end of a column. */
  moveTo(id: string, column: string): void {
    const lane = this.board.get().places.get(id)?.lane ?? ''
    const { selected } = this.hand.get()
    this.drop(selected.has(id) ? [...selected] : [id], { column, lane })
  }

  /** To the column beside its own. */
  step(id: string, direction: -1 | 1): void {
    const { columns, places } = this.board.get()
    const from = columns.findIndex(({ key }) => key === places.get(id)?.column)
    const to = columns[from + direction]
    if (from >= 0 && to) this.moveTo(id, to.key)
  }

  /** One place up or down in its column. */
  shift(id: string, direction: -1 | 1): void {
    const board = this.board.get()
    const place = board.places.get(id)
    if (!place || !board.isRanked) return
    const cell = cellOf(board, place.column, place.lane)
    const index = cell.indexOf(id) + (direction < 0 ? -1 : 2)
    if (index >= 0 && index <= cell.length) this.drop([id], overAt(board, id, place.column, place.lane, index))
  }

  toggle(id: string, isSelected = !this.hand.get().selected.has(id)): void {
    const selected = new Set(this.hand.get().selected)
    if (isSelected) selected.add(id)
    else selected.delete(id)
    this.take({ selected })
    this.say(`${selected.size} selected.`)
  }

  clearSelection(): void {
    if (this.hand.get().selected.size > 0) this.take({ selected: new Set() })
  }

  /** The card goes where others have put it, and whoever was on it with it. */
  follow(id: string): void {
    const { at } = this.hand.get()
    this.holds = new Map([...this.holds].filter(([each]) => each !== id))
    this.take({ pointed: undefined, isFocused: false })
    this.released.set(this.released.get() + 1)
    if (at === id) this.regain(id)
  }

  /** The card comes back to where it was held. */
  keepHere(id: string): void {
    const hold = this.holds.get(id)
    if (!hold) return
    const place = this.board.get().places.get(id)
    const cell = place ? cellOf(this.board.get(), place.column, place.lane) : []
    const after = cell[cell.indexOf(id) - 1]
    const to = { status: hold.status, ...(after ? { afterId: after } : {}) }
    this.props.editing.moveCard(id, to, this.column(hold.status)?.title)
  }

  /** What others have done to what is held, as of these chunks. */
  waitingFor(chunks: ReadonlyMap<string, OutlineChunk>, who: (id: string) => string): ReadonlyMap<string, Waiting> {
    const away = [...this.holds].flatMap(([id, hold]) => {
      const chunk = chunks.get(id)
      return chunk && isAway(chunk, hold) ? [[id, { to: chunk.status ?? '', who: who(id) }] as const] : []
    })
    return new Map(away)
  }

  /** Where the keyboard comes in: where one was, or the first card there is. */
  stop(): string | undefined {
    const { at } = this.hand.get()
    const board = this.board.get()
    if (at !== undefined && (board.places.has(at) || board.columns.some(({ key }) => columnStop(key) === at))) return at
    for (const { cells } of board.columns) {
      for (const lane of board.lanes) {
        const first = cells.get(lane.key)?.[0]
        if (first) return first
      }
    }
    return board.columns[0] && columnStop(board.columns[0].key)
  }
}

/** Browsers give the keyboard to the page itself when what had it is gone. */
export function isKeyboardFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

export const DeskContext = createContext<Desk | undefined>(undefined)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('This part of a board stands outside of one.')
  return desk
}

/** Whether Tab comes to this card, or empty column. */
export function useIsStop(desk: Desk, stop: string): boolean {
  const isStop = () => desk.stop() === stop
  const byHand = useSelected(desk.hand, isStop)
  const byBoard = useSelected(desk.board, isStop)
  return byHand && byBoard
}
