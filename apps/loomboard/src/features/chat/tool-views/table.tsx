import type { ReactNode } from 'react'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { TableFrame } from '../../../components/markdown/components.tsx'
import { clip } from '../../../lib/format.ts'
import type { ToolPart } from '../model/types.ts'
import { JsonValue, parseJson } from './facts.tsx'

interface Table {
  columns: string[]
  rows: unknown[][]
}

export function isTable(result: unknown): result is Table {
  const { columns, rows } = (result ?? {}) as Partial<Table>
  return Array.isArray(columns) && columns.length > 0 && Array.isArray(rows) && rows.every(Array.isArray)
}

/** More than anybody reads in a conversation; the raw view has them all. */
const mostRows = 50
const mostColumns = 50
const mostWords = 60
/** Of all cells together: the more of them, the less each says. */
const mostCharacters = 20_000
const leastOfACell = 20
const mostOfACell = 4000

/** What says nothing to a person where a title leads to it. */
const handles = new Set(['id', 'document_id', 'parent_id'])

/** Rows of anything; where they are chunks, their titles stand first and lead to them. */
export function TableView({ part }: { part: ToolPart }) {
  const table = parseJson(part.result)
  if (!isTable(table)) return null
  const left = table.rows.length - mostRows
  const places = new Map(table.columns.map((name, n) => [name, n]))
  const at = (name: string) => places.get(name) ?? -1
  const ofChunks = ['id', 'document_id', 'title'].every((name) => places.has(name))
  const all = ofChunks
    ? ['title', ...table.columns.filter((name) => name !== 'title' && !handles.has(name))]
    : table.columns
  const columns = all.slice(0, mostColumns)
  const leftColumns = all.length - columns.length
  const cells = columns.length * Math.min(table.rows.length, mostRows)
  const ofACell = Math.min(Math.max(Math.floor(mostCharacters / Math.max(cells, 1)), leastOfACell), mostOfACell)
  const cell = (row: unknown[], column: string): ReactNode => {
    const given = row[at(column)]
    // A chunk's text has a page of its own, one click away.
    const most = ofChunks && typeof given === 'string' ? Math.min(mostWords, ofACell) : ofACell
    const value = <JsonValue value={given} most={most} />
    if (!ofChunks || column !== 'title') return value
    return (
      <DocumentLink to={{ id: String(row[at('document_id')]), chunk: String(row[at('id')]) }}>{value}</DocumentLink>
    )
  }
  return (
    <div className="md text-sm">
      <TableFrame>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{clip(column, mostWords)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, mostRows).map((row, i) => (
            <tr key={i}>
              {columns.map((column) => (
                <td
                  key={column}
                  align={typeof row[at(column)] === 'number' ? 'right' : undefined}
                  className={ofChunks ? 'whitespace-nowrap' : undefined}
                >
                  {cell(row, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {table.rows.length === 0 && <p className="text-faint">No rows.</p>}
      {left > 0 && <p className="text-faint">And {left} more.</p>}
      {leftColumns > 0 && (
        <p className="text-faint">
          And {leftColumns.toLocaleString('en')} more {leftColumns === 1 ? 'column' : 'columns'}, in the raw view.
        </p>
      )}
    </div>
  )
}
