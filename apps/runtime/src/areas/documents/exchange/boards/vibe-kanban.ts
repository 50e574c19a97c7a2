import { toTitle } from '../../chunks/chunk.ts'
import { isUrl } from '../../chunks/field-kinds.ts'
import type { BoardRead, CardRead } from './board-read.ts'
import { toDate } from './cells.ts'
import type { Table } from './csv.ts'
import { fromTable, split } from './from-table.ts'
import { small, vibeKanban } from './layouts.ts'

/** The tables of an export, by the names of their files. */
export type Tables = ReadonlyMap<string, Table>

/** `issues.csv` with what the other files say of its issues. */
export function* readVibeKanban(tables: Tables): Generator<unknown, BoardRead> {
  const board = yield* fromTable(tables.get('issues.csv')!, vibeKanban)
  const cards = new Map(board.cards.map((card) => [card.key, card]))
  for (const row of rowsOf(tables, 'comments.csv')) {
    yield
    const comment = { author: toTitle(row('author')), at: toDate(row('created')) ?? '', body: row('message') }
    const card = cards.get(row('issue id'))
    if (card) card.comments.push(comment)
    else board.leftOut.add('comments on issues that are not in the file', 'there is no card to put them under')
  }
  for (const row of rowsOf(tables, 'relationships.csv')) {
    yield
    board.links.push({ from: row('issue id'), to: row('related issue id'), kind: toTitle(row('type')).toLowerCase() })
  }
  for (const row of rowsOf(tables, 'pull_requests.csv')) {
    yield
    const url = row('pr url')
    for (const key of isUrl(url) ? split(row('issue id(s)')) : []) addPullRequest(cards.get(key), url, row('pr number'))
  }
  const files = tables.get('attachments.csv')?.rows.length ?? 0
  board.leftOut.add('attached files', 'a card takes words; put pictures into cards by hand', files)
  if (tables.has('users.csv')) board.leftOut.mention('addresses of people', 'their names are enough')
  if (tables.has('tags.csv')) board.leftOut.mention('colours of labels', 'tags have none')
  return board
}

function addPullRequest(card: CardRead | undefined, url: string, number: string) {
  if (!card) return
  const line = `- Pull request ${/^\d+$/.test(number) ? `#${number}` : ''}: <${url.replace(/[<>\s]/g, encodeURIComponent)}>`
  card.body = card.body === '' ? line : `${card.body}\n\n${line}`
}

function* rowsOf(tables: Tables, name: string) {
  const { header, rows } = tables.get(name) ?? { header: [], rows: [] }
  const places = new Map(header.map((column, i) => [small(column), i]))
  for (const row of rows) yield (column: string) => row[places.get(column) ?? -1]?.trim() ?? ''
}
