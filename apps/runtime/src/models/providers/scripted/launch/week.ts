import { cell, quoted } from '../demo/words.ts'
import type { Row } from './rows.ts'

/** What stands in a document this week. */
export interface Report {
  documentId: string
  document: string
  root: string
  /** Of the chunk, one a week. */
  key: string
  title: string
  body: string
  /** The chunk as it is, where there is one. */
  before: { body: string } | undefined
}

export interface Seen {
  /** RFC 3339. */
  now: string
  counts: readonly Row[]
  due: readonly Row[]
  /** The last first. */
  changed: readonly Row[]
  before: readonly Row[]
}

const mostDocuments = 5
const mostChanged = 5
const dayMs = 24 * 60 * 60 * 1000

/** One for each document that has publications. */
export function reportsOf({ now, counts, due, changed, before }: Seen): Report[] {
  const monday = mondayOf(now)
  const key = `week:${monday}`
  const documents = [...Map.groupBy(counts, (row) => String(row.document_id))].slice(0, mostDocuments)
  return documents.map(([documentId, rows]) => {
    const here = (row: Row) => row.document_id === documentId
    const found = before.find((row) => here(row) && row.natural_key === key)
    const lately = changed.filter((row) => here(row) && dayOf(row.updated_at) >= monday)
    return {
      documentId,
      document: String(rows[0]!.document),
      root: String(rows[0]!.root),
      key,
      title: `Week of ${spoken(monday)}`,
      body: bodyOf(rows, due.filter(here), lately),
      before: found && { body: String(found.body) },
    }
  })
}

function bodyOf(counts: readonly Row[], due: readonly Row[], changed: readonly Row[]): string {
  const total = counts.reduce((sum, { n }) => sum + Number(n), 0)
  const posted = Number(counts.find(({ status }) => status === 'posted')?.n ?? 0)
  const table = counts.map(({ status, n }) => `| ${cell(status)} | ${n} |`)
  const next = due.slice(0, 3).map(({ due: date, title, status }) => `- ${date}: ${quoted(String(title))}, ${status}`)
  const news = changed.slice(0, mostChanged).map(({ title, status }) => `- ${quoted(String(title))} is ${status}`)
  const more = changed.length > mostChanged ? [`- and ${changed.length - mostChanged} more`] : []
  return [
    `${posted} of ${total} publications are posted.`,
    ['| Status | Publications |', '|---|---|', ...table, `| all | ${total} |`].join('\n'),
    ...(news.length === 0 ? [] : [`Worked on this week:\n\n${[...news, ...more].join('\n')}`]),
    ...(next.length === 0 ? [] : [`Next by date:\n\n${next.join('\n')}`]),
  ].join('\n\n')
}

/** As a date, in UTC like everything else here. */
function mondayOf(now: string): string {
  const time = Date.parse(now)
  if (Number.isNaN(time)) return ''
  const day = new Date(time).getUTCDay()
  return new Date(time - ((day + 6) % 7) * dayMs).toISOString().slice(0, 10)
}

/** Of what a query answers: text, or milliseconds. */
function dayOf(time: unknown): string {
  return typeof time === 'number' ? new Date(time).toISOString().slice(0, 10) : String(time ?? '').slice(0, 10)
}

function spoken(day: string): string {
  const time = Date.parse(day)
  if (Number.isNaN(time)) return 'today'
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' }).format(time)
}
