import type { KeyboardEvent } from 'react'
import { isTyping } from '../../../../lib/shortcuts.ts'
import { comment } from './comment.ts'
import type { Desk } from './desk.ts'
import { type Over, overAt, refusalOf } from './drop.ts'
import { cardsBetween, cardsOf, columnOfStop, navigate } from './navigate.ts'

const arrows = /^(?:Arrow(?:Up|Down|Left|Right)|Home|End)$/

/** What the keyboard does at a board; the page has the keys that it leaves. */
export function onBoardKey(desk: Desk, event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey) return
  const at = desk.stop()
  if (at === undefined) return
  const isDone = desk.hand.get().dragging ? liftedKey(desk, event) : restingKey(desk, event, at)
  if (isDone) event.preventDefault()
}

function restingKey(desk: Desk, event: KeyboardEvent, at: string): boolean {
  const { key, altKey, shiftKey } = event
  const card = desk.card(at)
  if (arrows.test(key)) {
    if (altKey && card) return moved(desk, at, key)
    const to = navigate(desk.board.get(), at, key)
    if (to === undefined) return !altKey
    if (shiftKey && card && desk.card(to))
      for (const id of cardsBetween(desk.board.get(), at, to)) desk.toggle(id, true)
    desk.reveal(to)
    return true
  }
  if (altKey) return false
  if (key === 'c') {
    const place = desk.board.get().places.get(at)
    const column = place?.column ?? columnOfStop(at)
    if (column !== undefined) desk.take({ adding: { column, lane: place?.lane ?? '' } })
    return column !== undefined
  }
  if (key === 'Escape' && desk.hand.get().selected.size > 0) {
    desk.clearSelection()
    desk.say('Nothing is selected.')
    return true
  }
  return card ? cardKey(desk, event, at) : false
}

function cardKey(desk: Desk, { key, target }: KeyboardEvent, id: string): boolean {
  // A button has its own.
  const isOnCard = target instanceof HTMLElement && target.dataset.card === id
  switch (key) {
    case 'Enter':
      if (isOnCard) desk.props.onOpen(id)
      return isOnCard
    case ' ':
      if (isOnCard) lift(desk, id)
      return isOnCard
    case 'e':
      desk.take({ writing: id })
      return true
    case 'x':
    case 'X':
      desk.toggle(id)
      return true
    case 's':
      desk.take({ open: { id, what: 'move' } })
      return true
    case 'l':
      desk.take({ open: { id, what: 'tags' } })
      return true
    case '.':
      desk.take({ open: { id, what: 'menu' } })
      return true
    case 'm':
      comment(desk, id)
      return true
    case '[':
    case ']':
      desk.step(id, key === '[' ? -1 : 1)
      desk.regain(id)
      return true
    case 'Delete':
      desk.reveal(navigate(desk.board.get(), id, 'ArrowDown') ?? navigate(desk.board.get(), id, 'ArrowUp') ?? id)
      desk.props.editing.remove(id)
      return true
    default:
      return false
  }
}

function moved(desk: Desk, id: string, key: string): boolean {
  if (key === 'ArrowUp' || key === 'ArrowDown') desk.shift(id, key === 'ArrowUp' ? -1 : 1)
  else if (key === 'ArrowLeft' || key === 'ArrowRight') desk.step(id, key === 'ArrowLeft' ? -1 : 1)
  else return false
  desk.regain(id)
  return true
}

/** Takes a card up, to be put down by arrows and another space. */
function lift(desk: Desk, id: string): void {
  const board = desk.board.get()
  const place = board.places.get(id)
  if (!place) return
  const index = cardsOf(board, place.column).indexOf(id)
  desk.take({ dragging: id, by: 'keys', over: { ...place, index } })
  desk.say(`${desk.title(id)} lifted. Arrows choose where it goes, space puts it down, Escape puts it back.`)
}

function liftedKey(desk: Desk, { key }: KeyboardEvent): boolean {
  const { dragging: id, over } = desk.hand.get()
  if (!id || !over) return false
  const board = desk.board.get()
  const at = board.columns.findIndex((column) => column.key === over.column)
  const size = (column: string) => cardsOf(board, column).length
  const put = (column: string, index: number) => {
    const target = board.columns.find((each) => each.key === column)
    const refused = target && refusalOf(board, id, target)
    const bounded = Math.min(Math.max(index, 0), size(column))
    desk.take({ over: { column, lane: over.lane, index: bounded, refused } })
    desk.lists.get(column)?.bring(Math.min(bounded, size(column) - 1))
    const where = `${target?.title ?? ''}, place ${bounded + 1} of ${size(column) + 1}`
    desk.say(refused ?? where)
  }
  if (key === 'ArrowUp' || key === 'ArrowDown') put(over.column, over.index + (key === 'ArrowUp' ? -1 : 1))
  else if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const column = board.columns[at + (key === 'ArrowLeft' ? -1 : 1)]
    if (column) put(column.key, over.index)
  } else if (key === ' ' || key === 'Enter') letGo(desk, id, { ...over })
  else if (key === 'Escape') {
    desk.take({ dragging: undefined, over: undefined })
    desk.say(`${desk.title(id)} is back where it was.`)
  } else return true
  return true
}

function letGo(desk: Desk, id: string, over: Over & { index: number }): void {
  desk.take({ dragging: undefined, over: undefined })
  desk.drop([id], overAt(desk.board.get(), id, over.column, over.lane, over.index))
  desk.regain(id)
}
