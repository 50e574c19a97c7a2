import { TableFrame } from '../../../components/markdown/components.tsx'
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

export function TableView({ part }: { part: ToolPart }) {
  const table = parseJson(part.result)
  if (!isTable(table)) return null
  const left = table.rows.length - mostRows
  return (
    <div className="md text-sm">
      <TableFrame>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, mostRows).map((row, i) => (
            <tr key={i}>
              {table.columns.map((column, j) => (
                <td key={column} align={typeof row[j] === 'number' ? 'right' : undefined}>
                  <JsonValue value={row[j]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {table.rows.length === 0 && <p className="text-faint">No rows.</p>}
      {left > 0 && <p className="text-faint">And {left} more.</p>}
    </div>
  )
}
