import { changedIds } from '../../model/changed-ids.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import {
  type Board,
  type BoardInput,
  type CardPlace,
  type Column,
  cardOf,
  comparing,
  placeIn,
  toBoard,
} from './board-model.ts'

/** The board of a document after a change: what is not touched by it is what it was, and is not gone through again. */
export function nextBoard(input: BoardInput, before: Board): Board {
  return patched(input, before) ?? toBoard(input, before)
}

/** What leaves the cards of a column in a lane, and what comes to them. */
interface Traffic {
  gone: Set<string>
  come: OutlineChunk[]
}

type Compare = (a: OutlineChunk, b: OutlineChunk) => number

/** Undefined where there are other columns or lanes now, or far too much is another. */
function patched(input: BoardInput, before: Board): Board | undefined {
  const { from } = before
  const touched = isArrangedAlike(from, input) ? touchedIds(from, input) : undefined
  if (!touched) return undefined
  const compare = comparing(input)
  const cards = new Map(before.cards)
  // Most changes move nothing.
  let places: Map<string, CardPlace> | undefined
  const traffic = new Map<string, Map<string, Traffic>>()
  const inColumns = new Map<string, number>()
  const inLanes = new Map<string, number>()
  for (const id of touched) {
    const [was, is] = [cardOf(from, id), cardOf(input, id)]
    if (was) add(inColumns, placeIn(from, was).column, -1)
    if (is) add(inColumns, placeIn(input, is).column, 1)
    const shown = is && (input.found?.has(id) ?? true) ? is : undefined
    const [seen, left] = [before.cards.get(id), before.places.get(id)]
    const entered = shown && placeIn(input, shown)
    if (shown) cards.set(id, shown)
    else cards.delete(id)
    if (seen && shown && isSamePlace(left, entered) && compare(seen, shown) === 0) continue
    places ??= new Map(before.places)
    places.delete(id)
    if (left) trafficAt(traffic, left).gone.add(id)
    if (left) add(inLanes, left.lane, -1)
    if (!shown || !entered) continue
    places.set(id, entered)
    trafficAt(traffic, entered).come.push(shown)
    add(inLanes, entered.lane, 1)
  }
  const counted = recounted(
    before.columns,
    inColumns,
    ({ isKnown, key }) => isKnown && key !== '' && from.group === 'status',
  )
  const lanes = input.lanes ? recounted(before.lanes, inLanes, () => false) : before.lanes
  if (!counted || !lanes) return undefined
  const columns = counted.map((column) => withTraffic(column, traffic.get(column.key), { cards, compare }))
  const isSame = columns.every((column, at) => column === before.columns[at])
  return {
    ...before,
    from: input,
    columns: isSame ? before.columns : columns,
    lanes,
    cards,
    places: places ?? before.places,
  }
}

function isArrangedAlike(a: BoardInput, b: BoardInput): boolean {
  const keys = ['rootId', 'setup', 'group', 'lanes', 'sort', 'order', 'types', 'teams'] as const
  return keys.every((key) => a[key] === b[key]) && (a.found === undefined) === (b.found === undefined)
}

const none: ReadonlyMap<string, unknown> = new Map()

function touchedIds(a: BoardInput, b: BoardInput): ReadonlySet<string> | undefined {
  const chunks = changedIds(a.chunks, b.chunks)
  const holds = changedIds(a.holds ?? none, b.holds ?? none)
  if (!chunks || !holds) return undefined
  const touched = new Set([...chunks, ...holds])
  for (const id of a.found ?? []) if (!b.found?.has(id)) touched.add(id)
  for (const id of b.found ?? []) if (!a.found?.has(id)) touched.add(id)
  return touched
}

const isSamePlace = (a: CardPlace | undefined, b: CardPlace | undefined) =>
  a?.column === b?.column && a?.lane === b?.lane

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

function trafficAt(traffic: Map<string, Map<string, Traffic>>, { column, lane }: CardPlace): Traffic {
  const ofColumn = traffic.get(column) ?? new Map<string, Traffic>()
  const there = ofColumn.get(lane) ?? { gone: new Set(), come: [] }
  traffic.set(column, ofColumn.set(lane, there))
  return there
}

/** The same columns or lanes with so many more cards each; undefined where one comes or goes with them. */
function recounted<Counted extends { key: string; count: number }>(
  before: readonly Counted[],
  more: ReadonlyMap<string, number>,
  stays: (each: Counted) => boolean,
): readonly Counted[] | undefined {
  const known = new Map(before.map((each) => [each.key, each]))
  for (const [key, count] of more) {
    const each = known.get(key)
    if (count !== 0 && (!each || (each.count + count === 0 && !stays(each)))) return undefined
  }
  return before.map((each) => {
    const count = more.get(each.key) ?? 0
    return count === 0 ? each : { ...each, count: each.count + count }
  })
}

function withTraffic(
  column: Column,
  traffic: ReadonlyMap<string, Traffic> | undefined,
  among: { cards: ReadonlyMap<string, OutlineChunk>; compare: Compare },
): Column {
  if (!traffic) return column
  const cells = new Map(column.cells)
  for (const [lane, { gone, come }] of traffic) {
    const ids = (cells.get(lane) ?? []).filter((id) => !gone.has(id))
    for (const card of come) ids.splice(indexFor(card, ids, among), 0, card.id)
    if (ids.length > 0) cells.set(lane, ids)
    else cells.delete(lane)
  }
  return { ...column, cells }
}

/** Where a card comes in among others that are in order. */
function indexFor(
  card: OutlineChunk,
  ids: readonly string[],
  { cards, compare }: { cards: ReadonlyMap<string, OutlineChunk>; compare: Compare },
): number {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compare(cards.get(ids[middle]!)!, card) < 0) from = middle + 1
    else to = middle
  }
  return from
}
