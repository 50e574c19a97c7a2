import { stateOf } from '@loomcycle/proto/teams'
import { workersOf } from '../../../../components/teams/workers.ts'
import { isAside } from '../../model/cards.ts'
import { saysDone } from '../../model/done.ts'
import type { FieldSpec } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import type { BoardTeams } from '../../teams/team-words.ts'
import { byRank } from '../../writing/card-move.ts'
import { type BoardSetup, type Color, colors, type Grouping, titleOf } from './board-setup.ts'

export interface Column {
  /** The status, or the value of whatever the board is grouped by; empty for those without one. */
  key: string
  title: string
  color: Color
  limit?: number | undefined
  /** What stands here is done. */
  done: boolean
  about?: string | undefined
  agent?: string | undefined
  /** Who works here in the graph of the board’s team. */
  workers?: string | undefined
  /** The settings know it; any other is there because cards are. */
  isKnown: boolean
  /** All its cards, also those that a filter hides. */
  count: number
  /** The cards to be seen, in order, by lane; without lanes there is the lane `''` alone. */
  cells: ReadonlyMap<string, readonly string[]>
}

export interface Lane {
  key: string
  title: string
  count: number
}

/** Where a card stands. */
export interface CardPlace {
  column: string
  lane: string
}

export interface Board {
  group: Grouping
  lanesBy: Grouping | undefined
  /** Cards of a column stand by rank, and can be put between others. */
  isRanked: boolean
  columns: readonly Column[]
  lanes: readonly Lane[]
  /** Those to be seen, as they are to be seen. */
  cards: ReadonlyMap<string, OutlineChunk>
  places: ReadonlyMap<string, CardPlace>
  /** What it was made of. */
  from: BoardInput
}

/** Where a card stands for whoever has it in their hand, whatever has become of it. */
export interface Hold {
  status: string
  rank?: string | undefined
  /** The person has put it there, and the server has not answered. */
  isOwn?: true | undefined
}

export interface BoardInput {
  chunks: ReadonlyMap<string, OutlineChunk>
  rootId: string
  setup: BoardSetup
  found?: ReadonlySet<string> | undefined
  group: Grouping
  lanes?: Grouping | undefined
  /** `title`, `updated_at` or `field:<name>`; by rank where nothing is said. */
  sort?: string | undefined
  order?: string | undefined
  types: ReadonlyMap<string, readonly FieldSpec[]>
  holds?: ReadonlyMap<string, Hold> | undefined
  /** Whose graphs say where cards may go. */
  teams?: BoardTeams | undefined
}

function isCard(chunk: OutlineChunk, { rootId, setup: { types } }: BoardInput): boolean {
  return (Boolean(chunk.status) || types.includes(chunk.type ?? '')) && !isAside(chunk, rootId)
}

/** A card as it is to be seen, held where it is held; undefined for what is none. */
export function cardOf(input: BoardInput, id: string): OutlineChunk | undefined {
  const chunk = input.chunks.get(id)
  if (!chunk || !isCard(chunk, input)) return undefined
  const hold = input.holds?.get(id)
  if (!hold || hold.status === (chunk.status ?? '')) return chunk
  return { ...chunk, status: hold.status, ...(hold.rank ? { rank: hold.rank } : {}) }
}

export function placeIn({ group, lanes }: BoardInput, card: OutlineChunk): CardPlace {
  return { column: valueIn(card, group), lane: lanes ? valueIn(card, lanes) : '' }
}

/** What a chunk has of whatever a board is grouped by, as the name of a column. */
export function valueIn(chunk: OutlineChunk, grouping: Grouping): string {
  if (grouping === 'status') return chunk.status ?? ''
  if (grouping === 'type') return chunk.type ?? ''
  const value = chunk.fields?.[grouping.slice('field:'.length)]
  return value === undefined || value === null ? '' : String(value)
}

/** The board of a document; what is as it was before is the same object, so that nobody draws it again. */
export function toBoard(input: BoardInput, before?: Board): Board {
  const { group, lanes: lanesBy, found, sort } = input
  const { columns: heads, counts, cards } = gather(input)
  const shown = found ? cards.filter(({ id }) => found.has(id)) : cards
  shown.sort(comparing(input))
  const cells = new Map<string, Map<string, string[]>>()
  const places = new Map<string, CardPlace>()
  for (const card of shown) {
    const place = placeIn(input, card)
    const { column, lane } = place
    let ofColumn = cells.get(column)
    if (!ofColumn) cells.set(column, (ofColumn = new Map()))
    const cell = ofColumn.get(lane)
    if (cell) cell.push(card.id)
    else ofColumn.set(lane, [card.id])
    places.set(card.id, place)
  }
  const known = new Map(before?.columns.map((column) => [column.key, column]))
  const columns = heads.map((head) => {
    const count = counts.get(head.key) ?? 0
    return sameOrNew(known.get(head.key), { ...head, count, cells: cells.get(head.key) ?? new Map() })
  })
  const lanes = lanesBy
    ? toLanes(
        [...places.values()].map(({ lane }) => lane),
        valuesInOrder(input, lanesBy),
        lanesBy,
      )
    : [everything]
  return {
    group,
    lanesBy,
    isRanked: group === 'status' && !sort,
    columns: before && sameItems(before.columns, columns) ? before.columns : columns,
    lanes: before && JSON.stringify(before.lanes) === JSON.stringify(lanes) ? before.lanes : lanes,
    cards: new Map(shown.map((card) => [card.id, card])),
    places,
    from: input,
  }
}

const everything: Lane = { key: '', title: '', count: 0 }

/** The cards, held ones where they are held, and the columns they stand in. */
function gather(input: BoardInput) {
  const cards: OutlineChunk[] = []
  const counts = new Map<string, number>()
  for (const id of input.chunks.keys()) {
    const card = cardOf(input, id)
    if (!card) continue
    const key = valueIn(card, input.group)
    counts.set(key, (counts.get(key) ?? 0) + 1)
    cards.push(card)
  }
  return { columns: toHeads(input, counts), counts, cards }
}

type Head = Omit<Column, 'count' | 'cells'>

function toHeads(
  { setup, group, types, teams }: Pick<BoardInput, 'setup' | 'group' | 'types' | 'teams'>,
  counts: Map<string, number>,
) {
  const heads: Head[] = []
  const add = (key: string, more: Partial<Head> = {}) => {
    if (heads.some((head) => head.key === key)) return
    const own = colors[(heads.length + 1) % colors.length] ?? 'slate'
    const done = group === 'status' && saysDone(key)
    const state = group === 'status' && teams?.board ? stateOf(teams.board.graph, key) : undefined
    if (state) more.workers = workersOf(state)
    heads.push({ key, title: titleOf(key), color: own, done, isKnown: true, ...more })
  }
  if (group === 'status') {
    // What has come to no column yet stands before them all.
    if (counts.has('')) add('', { title: 'No status', color: 'slate' })
    for (const { status, title, color, limit, done, about, agent } of setup.columns) {
      const name = title || titleOf(status)
      add(status, { title: name, color: color ?? 'slate', limit, done: done ?? saysDone(status), about, agent })
    }
    for (const status of [...counts.keys()].sort()) add(status, { color: 'slate', isKnown: false })
    return heads
  }
  for (const value of orderedValues(types, group, counts.keys())) if (value !== '') add(value, { title: value })
  if (counts.has('')) add('', { title: `No ${nameOf(group)}`, color: 'slate' })
  return heads
}

function nameOf(grouping: Grouping): string {
  return grouping.startsWith('field:') ? grouping.slice('field:'.length).replaceAll('_', ' ') : grouping
}

/** The choices of a field as they were declared, and then what else occurs. */
function orderedValues(
  types: BoardInput['types'],
  grouping: Grouping,
  occurring: Iterable<string>,
): ReadonlySet<string> {
  const name = grouping.slice('field:'.length)
  const declared = grouping.startsWith('field:')
    ? [...types.values()].flatMap((specs) =>
        specs.filter((spec) => spec.name === name).flatMap(({ options }) => options),
      )
    : []
  return new Set([...declared, ...[...occurring].sort()])
}

function valuesInOrder({ setup, types }: BoardInput, grouping: Grouping): readonly string[] {
  return grouping === 'status' ? setup.columns.map(({ status }) => status) : [...orderedValues(types, grouping, [])]
}

function toLanes(values: readonly string[], order: readonly string[], by: Grouping): Lane[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const place = (key: string) => {
    const at = order.indexOf(key)
    return key === '' ? order.length + 1 : at < 0 ? order.length : at
  }
  return [...counts]
    .map(([key, count]) => ({
      key,
      count,
      title: key === '' ? `No ${nameOf(by)}` : by === 'status' ? titleOf(key) : key,
    }))
    .sort((a, b) => place(a.key) - place(b.key) || (a.key < b.key ? -1 : 1))
}

/** The order of cards: of any two, one comes first. */
export function comparing({ setup, group, sort, order }: BoardInput): (a: OutlineChunk, b: OutlineChunk) => number {
  const stages = new Map(setup.columns.map(({ status }, at) => [status, at]))
  const stage = ({ status = '' }: OutlineChunk) => (status === '' ? -1 : (stages.get(status) ?? stages.size))
  // Ranks of different columns have nothing to do with one another.
  const byPlace = (a: OutlineChunk, b: OutlineChunk) =>
    (group === 'status' ? 0 : stage(a) - stage(b)) || (rankOf(a) === rankOf(b) ? byPosition(a, b) : byRank(a, b))
  if (!sort) return byPlace
  const key = (card: OutlineChunk): string | number | undefined => {
    if (sort === 'title') return card.title.toLowerCase()
    if (sort === 'updated_at') return card.updated_at
    const value = card.fields?.[sort.replace(/^field:/, '')]
    return typeof value === 'number' ? value : value === undefined || value === null ? undefined : String(value)
  }
  const sign = order === 'desc' ? -1 : 1
  return (a, b) => {
    const [x, y] = [key(a), key(b)]
    // What has no value is last, whichever way.
    if (x === undefined || y === undefined) return x === y ? byPlace(a, b) : x === undefined ? 1 : -1
    // Numbers before texts, where a field has both.
    if (typeof x !== typeof y) return typeof x === 'number' ? -sign : sign
    return (x < y ? -sign : x > y ? sign : 0) || byPlace(a, b)
  }
}

const rankOf = ({ rank = '' }: OutlineChunk) => rank

function byPosition(a: OutlineChunk, b: OutlineChunk): number {
  return a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function sameOrNew(before: Column | undefined, now: Column): Column {
  if (!before) return now
  const cells = new Map(
    [...now.cells].map(([lane, ids]) => {
      const known = before.cells.get(lane)
      return [lane, known && sameItems(known, ids) ? known : ids]
    }),
  )
  const { cells: _, ...head } = now
  const { cells: __, ...knownHead } = before
  const sameCells =
    cells.size === before.cells.size && [...cells].every(([lane, ids]) => before.cells.get(lane) === ids)
  return sameCells && JSON.stringify(head) === JSON.stringify(knownHead) ? before : { ...now, cells }
}

const sameItems = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((item, at) => item === b[at])
