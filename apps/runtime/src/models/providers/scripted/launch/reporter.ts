import { cell, quoted } from '../demo/words.ts'
import { type Moment, momentOf, type ToolResult } from '../moment.ts'
import { memberAt } from '../template.ts'
import type { ScriptedCall, ScriptedModel, ScriptedTurn } from '../turn.ts'
import { query, type Row, rowsOf } from './rows.ts'
import { type Report, reportsOf } from './week.ts'

const SELF = 'launch/reporter'
const NOTE = 'I follow a script: the numbers are counted, the sentences around them are always the same.'
const DAY_MS = 24 * 60 * 60 * 1000
/** Of changes that are waited for, so many one after the other. */
const MOST_WAITS = 100

const counting = `SELECT d.id AS document_id, d.title AS document, d.root_chunk_id AS root,
  coalesce(c.status, 'none') AS status, count(*) AS n
FROM chunks AS c
JOIN documents AS d ON d.id = c.document_id
WHERE c.type = 'publication'
GROUP BY d.id, d.title, d.root_chunk_id, d.created_at, c.status
ORDER BY d.created_at, d.id, CASE c.status WHEN 'scheduled' THEN 1 WHEN 'drafted' THEN 2 WHEN 'posted' THEN 3 ELSE 4 END`

const dueNext = `SELECT document_id, title, coalesce(status, 'none') AS status, fields ->> '$.date' AS due
FROM chunks
WHERE type = 'publication' AND coalesce(status, '') <> 'posted' AND fields ->> '$.date' IS NOT NULL
ORDER BY due, position, id LIMIT 1000`

const changedLast = `SELECT document_id, title, coalesce(status, 'none') AS status, updated_at
FROM chunks
WHERE type = 'publication' AND revision > 1
ORDER BY updated_at DESC, id LIMIT 200`

const writtenBefore = `SELECT document_id, id, natural_key, body FROM chunks
WHERE type = 'report' AND natural_key LIKE 'week:%'
ORDER BY natural_key DESC LIMIT 200`

const look: ScriptedCall[] = [
  { name: 'Context', input: { op: 'time' } },
  query(counting),
  query(dueNext),
  query(changedLast),
  query(writtenBefore),
]

/** Counts the publications of every document and writes the report of the week into each; waits for more where asked to watch. */
export const reporter: ScriptedModel = (request) => reporterTurn(momentOf(request))

function reporterTurn(moment: Moment): ScriptedTurn {
  const isWatching = /\bwatch/i.test(moment.input)
  const unread = [...moment.results]
  const told: string[] = []
  if (moment.turn === 0) return { text: 'I count what is where.', tool_calls: look }
  if (unread.length === 0) return { text: `I could not count: \`no tools\`.\n\n${NOTE}` }
  for (let waits = 0; ; ) {
    const seen = unread.splice(0, look.length)
    if (seen.length === 0) return { text: 'Something has changed. I count again.', tool_calls: look }
    const counted = seen[1]
    if (!counted || counted.isError)
      return { text: `I could not count: ${cell(counted?.text ?? 'no tools')}.\n\n${NOTE}` }
    const reports = reportsIn(seen)
    if (reports.length === 0) {
      return { text: `There is no document with chunks of the type \`publication\` to report on.\n\n${NOTE}` }
    }
    const news = reports.filter(({ before, body }) => before?.body !== body)
    const written = unread.splice(0, news.length)
    if (written.length < news.length) return { text: 'Now I write it down.', tool_calls: news.map(toCall) }
    told.push(...reports.map((report) => tell(report, written[news.indexOf(report)])))
    if (!isWatching) return { text: [...told, NOTE].join('\n\n') }
    const next = nextChange(unread, () => ++waits <= MOST_WAITS)
    if (next === 'wait') return waitFor(reports[0]!, written.length > 0)
    if (next !== 'count') return { text: [told.at(-1), next, NOTE].join('\n\n') }
  }
}

function reportsIn(seen: readonly ToolResult[]): Report[] {
  const [time, counted, due, changed, before] = seen
  const now = String(memberAt(time?.value, ['now_rfc3339']) ?? '')
  return reportsOf({
    now,
    counts: rowsOf(counted),
    due: rowsOf(due),
    changed: rowsOf(changed),
    before: rowsOf(before),
  })
}

/** Whether to wait, or to count anew, or why to leave it at that. What it has written itself is no news to it. */
function nextChange(unread: ToolResult[], mayWait: () => boolean): 'wait' | 'count' | string {
  while (mayWait()) {
    const [delivery] = unread.splice(0, 1)
    if (!delivery) return 'wait'
    if (delivery.isError) return `I cannot wait for changes: ${cell(delivery.text)}.`
    const messages = memberAt(delivery.value, ['messages'])
    if (!Array.isArray(messages) || messages.length === 0) return 'Nothing more has happened for a day.'
    if (messages.some((message) => memberAt(message, ['value', 'actor', 'id']) !== SELF)) return 'count'
  }
  return 'I have watched for long. Ask me again, and I go on.'
}

function waitFor({ documentId, body }: Report, isNew: boolean): ScriptedTurn {
  const channel = `documents/${documentId}/chunks`
  const input = { op: 'subscribe', channel, scope: 'user', max_messages: 100, wait_ms: DAY_MS }
  return {
    ...(isNew ? { text: `${body.split('\n', 1)[0]} I wait for what changes.` } : {}),
    tool_calls: [{ name: 'Channel', input }],
  }
}

function tell(report: Report, answer: ToolResult | undefined): string {
  const { document, body, title, before } = report
  const row = answer && !answer.isError ? (answer.value as Row) : undefined
  const where = row
    ? `Written into ${quoted(title)}, card ${cell(row.id)}, revision ${row.revision}.`
    : before?.body === body
      ? `${quoted(title)} says so already.`
      : `It could not be written down: ${cell(answer?.text ?? 'no answer')}.`
  return `## ${quoted(document)}\n\n${body}\n\n${where}`
}

/** Where somebody has put the report, it stays. */
function toCall({ documentId, root, key, title, before, body }: Report): ScriptedCall {
  return {
    name: 'Document',
    input: {
      op: 'upsert_chunk',
      scope: 'user',
      document_id: documentId,
      natural_key: key,
      title,
      type: 'report',
      body,
      ...(before ? {} : { parent_id: root }),
    },
  }
}
