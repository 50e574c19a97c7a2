import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { TableFrame } from '../../../components/markdown/components.tsx'
import { clip } from '../../../lib/format.ts'

const shown = 30

/** What says nothing to a person where a title leads to it. */
const handles = new Set(['id', 'document_id', 'parent_id'])

/** Rows of a query; where they are chunks, their titles stand first and lead to them. */
export function RowTable({ columns, rows }: { columns: string[]; rows: unknown[][] }) {
  if (rows.length === 0) return <p className="text-faint text-sm">No rows.</p>
  const at = (name: string) => columns.indexOf(name)
  const isOfChunks = at('id') >= 0 && at('document_id') >= 0 && at('title') >= 0
  const names = isOfChunks ? ['title', ...columns.filter((name) => name !== 'title' && !handles.has(name))] : columns
  const cell = (row: unknown[], name: string) => {
    const value = row[at(name)] ?? ''
    const words = clip(typeof value === 'string' ? value : JSON.stringify(value), 60)
    if (!isOfChunks || name !== 'title') return words
    return (
      <DocumentLink to={{ id: String(row[at('document_id')]), chunk: String(row[at('id')]) }}>{words}</DocumentLink>
    )
  }
  return (
    <div className="md text-sm">
      <TableFrame>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, i) => (
            <tr key={i}>
              {names.map((name) => (
                <td key={name} className="whitespace-nowrap">
                  {cell(row, name)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {rows.length > shown && <p className="text-faint text-xs">and {rows.length - shown} more rows</p>}
    </div>
  )
}
