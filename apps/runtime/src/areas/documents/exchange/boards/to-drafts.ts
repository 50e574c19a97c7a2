import { boardType, commentType, mainBoard } from '@loomcycle/proto'
import { cutText } from '@loomcycle/proto/wire'
import { requireBounded, requireBoundedType } from '../../bounds.ts'
import type { Draft } from '../../chunks/add-chunks.ts'
import { toTags, toTitle } from '../../chunks/chunk.ts'
import type { FieldSpec } from '../../chunks/field-kinds.ts'
import { newDocumentId } from '../../ids.ts'
import type { Edge } from '../../store/edges.ts'
import { inCycles } from '../cycles.ts'
import type { BoardRead, CardRead, ColumnRead, CommentRead } from './board-read.ts'
import { requireFewColumns } from './limits.ts'

export interface BoardDrafts {
  drafts: [Draft, ...Draft[]]
  edges: Edge[]
  /** In order, as they are stored. */
  columns: ColumnRead[]
  /** What cards declare. */
  type: { name: string; fields: FieldSpec[] }
  cards: number
  comments: number
}

const cardType = 'card'
const longestTitle = 1000
const longestTag = 100
const mostTags = 100
const mostShown = 4
const longestKey = 400
/** What a table without a column for it begins with. */
const usualColumns: ColumnRead[] = [
  { status: 'to do', title: 'To do' },
  { status: 'doing', title: 'Doing' },
  { status: 'done', title: 'Done', done: true },
]

/** A document of a board: its settings, a chunk for every card and, below, for what was said about it. */
export function* toBoardDrafts(board: BoardRead, title: string, format: string): Generator<unknown, BoardDrafts> {
  const rootId = newDocumentId()
  const columns = board.columns.length === 0 ? usualColumns : board.columns
  requireFewColumns(columns.length)
  const specs = yield* usedFields(board)
  requireBoundedType(JSON.stringify(specs), { entries: specs.length, specs })
  const drafts: [Draft, ...Draft[]] = [
    { id: rootId, parent_id: '', title, body: board.about },
    {
      id: newDocumentId(),
      parent_id: rootId,
      title: 'Board',
      type: boardType,
      natural_key: mainBoard,
      fields: { columns, types: [cardType], show: shownOf(specs) },
    },
  ]
  requireBounded(drafts[0])
  const seated = yield* seatedCards(board.cards)
  const known = seated.filter(({ isFirst }) => isFirst)
  const ids = new Map(known.map(({ card, id }) => [card.key, id]))
  const lost = yield* inCycles(new Map(known.map(({ card }) => [card.key, card.parent])))
  let comments = 0
  for (const { card, id, isFirst } of seated) {
    yield
    const parent = card.parent === undefined || (isFirst && lost.has(card.key)) ? undefined : ids.get(card.parent)
    const natural_key = isFirst ? keyOf(format, card) : null
    drafts.push({ ...contentOf(card, board), id, parent_id: parent ?? rootId, natural_key })
    for (const comment of card.comments) {
      yield
      if (comment.body.trim() === '') continue
      comments++
      drafts.push({ ...commentOf(comment), id: newDocumentId(), parent_id: id })
    }
  }
  const edges = yield* edgesOf(board, ids)
  return { drafts, edges, columns, type: { name: cardType, fields: specs }, cards: board.cards.length, comments }
}

/** Of cards with one key, the first is the one that others mean. */
function* seatedCards(cards: readonly CardRead[]) {
  const keys = new Set<string>()
  const seated: { card: CardRead; id: string; isFirst: boolean }[] = []
  for (const card of cards) {
    yield
    seated.push({ card, id: newDocumentId(), isFirst: !keys.has(card.key) })
    keys.add(card.key)
  }
  return seated
}

/** A field that no card has is not declared. */
function* usedFields({ fields, cards }: BoardRead): Generator<unknown, FieldSpec[]> {
  const used = new Set<string>()
  for (const card of cards) {
    yield
    for (const name of Object.keys(card.fields)) used.add(name)
  }
  return fields.filter(({ name }) => used.has(name))
}

/** What people look for on a card first. */
function shownOf(fields: readonly FieldSpec[]): string[] {
  const worth = (kind: string) => ['person', 'date', 'select', 'number', 'checkbox'].indexOf(kind)
  const shown = fields.filter(({ kind }) => worth(kind) >= 0).sort((a, b) => worth(a.kind) - worth(b.kind))
  return shown.slice(0, mostShown).map(({ name }) => name)
}

function contentOf(card: CardRead, { leftOut }: BoardRead) {
  const tags = toTags(card.tags.map((tag) => cutText(toTitle(tag), longestTag)))
  leftOut.add('tags', `a card has at most ${mostTags}`, tags.length - mostTags)
  const content = {
    title: cutText(card.title, longestTitle) || 'Untitled',
    body: card.title.length > longestTitle ? [card.title, card.body].join('\n\n') : card.body,
    type: cardType,
    status: card.status,
    fields: Object.keys(card.fields).length === 0 ? null : card.fields,
    tags: tags.slice(0, mostTags),
  }
  requireBounded(content)
  return content
}

/** The same card is told by it in a later import. */
function keyOf(format: string, { key }: CardRead): string | null {
  return key.length > longestKey || /^(?:row|card) \d+$/.test(key) ? null : `${format}:${key}`
}

/** Who said it and when stands in its text: here it was written by whoever imports it. */
function commentOf({ author, at, body }: CommentRead) {
  const by = [author === '' ? '' : `**${author.replace(/[*_\\]/g, '\\$&')}**`, at.slice(0, 10)]
    .filter((part) => part !== '')
    .join(', ')
  const content = { title: 'Comment', type: commentType, body: by === '' ? body : `${by}:\n\n${body}` }
  requireBounded(content)
  return content
}

function* edgesOf({ links, leftOut }: BoardRead, ids: ReadonlyMap<string, string>): Generator<unknown, Edge[]> {
  const edges = new Map<string, Edge>()
  for (const { from, to, kind } of links) {
    yield
    const from_id = ids.get(from)
    const to_id = ids.get(to)
    const named = cutText(kind.replace(/[[\]\r\n]/g, ' ').trim(), 200) || 'relates'
    if (from_id && to_id) edges.set(`${from_id} ${to_id} ${named}`, { from_id, to_id, kind: named, auto: 0 })
    else leftOut.add('links to cards that are not in the file', 'there is nothing to lead to')
  }
  return [...edges.values()]
}
