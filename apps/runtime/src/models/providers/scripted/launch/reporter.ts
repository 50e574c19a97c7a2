import { cell, quoted } from '../demo/words.ts'
import { type Moment, momentOf } from '../moment.ts'
import type { ScriptedModel, ScriptedTurn } from '../turn.ts'
import { query, type Row, rowsOf } from './rows.ts'

const KEY = 'status-report'
const MOST = 5
const NOTE = 'I follow a script: the numbers are counted, the sentences around them are always the same.'

const counting = `SELECT d.id AS document_id, d.title AS document, d.root_chunk_id AS root, r.id AS report,
  coalesce(c.status, 'none') AS status, count(*) AS n
FROM chunks AS c
JOIN documents AS d ON d.id = c.document_id
LEFT JOIN chunks AS r ON r.document_id = d.id AND r.natural_key = '${KEY}'
WHERE c.type = 'publication'
GROUP BY d.id, coalesce(c.status, 'none')
ORDER BY d.created_at, d.id, CASE c.status WHEN 'scheduled' THEN 1 WHEN 'drafted' THEN 2 WHEN 'posted' THEN 3 ELSE 4 END`

const dueNext = `SELECT document_id, title, coalesce(status, 'none') AS status, fields ->> '$.date' AS due
FROM chunks
WHERE type = 'publication' AND coalesce(status, '') <> 'posted' AND fields ->> '$.date' IS NOT NULL
ORDER BY due, position, id LIMIT 1000`

/** Counts the publications of every document and writes what it finds into each. */
export const reporter: ScriptedModel = (request) => reporterTurn(momentOf(request))

function reporterTurn(moment: Moment): ScriptedTurn {
  const [counted, due, ...written] = moment.results
  if (moment.turn === 0) {
    return { text: 'I count what is where.', tool_calls: [query(counting), query(dueNext)] }
  }
  if (!counted || counted.isError) {
    return { text: `I could not count: ${cell(counted?.text ?? 'no tools')}.\n\n${NOTE}` }
  }
  const reports = reportsOf(rowsOf(counted), rowsOf(due))
  if (reports.length === 0) {
    return { text: `There is no document with chunks of the type \`publication\` to report on.\n\n${NOTE}` }
  }
  if (written.length === 0) return { text: 'Now I write it down.', tool_calls: reports.map(toCall) }
  const told = reports.map((report, i) => {
    const answer = written[i]
    const where =
      !answer || answer.isError
        ? `It could not be written down: ${cell(answer?.text ?? 'no answer')}.`
        : `Written into ${quoted('Status report')}, card ${cell((answer.value as Row).id)}, revision ${(answer.value as Row).revision}.`
    return `## ${quoted(report.document)}\n\n${report.body}\n\n${where}`
  })
  return { text: [...told, NOTE].join('\n\n') }
}

interface Report {
  documentId: string
  document: string
  root: string
  exists: boolean
  body: string
}

function reportsOf(counts: readonly Row[], due: readonly Row[]): Report[] {
  return [...Map.groupBy(counts, (row) => String(row.document_id))].slice(0, MOST).map(([documentId, rows]) => ({
    documentId,
    document: String(rows[0]!.document),
    root: String(rows[0]!.root),
    exists: rows[0]!.report !== null,
    body: bodyOf(
      rows,
      due.filter((row) => row.document_id === documentId),
    ),
  }))
}

function bodyOf(counts: readonly Row[], due: readonly Row[]): string {
  const total = counts.reduce((sum, { n }) => sum + Number(n), 0)
  const posted = Number(counts.find(({ status }) => status === 'posted')?.n ?? 0)
  const table = counts.map(({ status, n }) => `| ${cell(status)} | ${n} |`)
  const next = due.slice(0, 3).map(({ due: date, title, status }) => `- ${date}: ${quoted(String(title))}, ${status}`)
  return [
    `${posted} of ${total} publications are posted.`,
    ['| Status | Publications |', '|---|---|', ...table, `| all | ${total} |`].join('\n'),
    ...(next.length === 0 ? [] : [`Next by date:\n\n${next.join('\n')}`]),
  ].join('\n\n')
}

/** Where somebody has put the report, it stays. */
function toCall({ documentId, root, exists, body }: Report) {
  return {
    name: 'Document',
    input: {
      op: 'upsert_chunk',
      scope: 'user',
      document_id: documentId,
      natural_key: KEY,
      title: 'Status report',
      type: 'report',
      body,
      ...(exists ? {} : { parent_id: root }),
    },
  }
}
