import type { ToolResult } from '../moment.ts'
import { memberAt } from '../template.ts'

export type Row = Record<string, unknown>

/** What a query in SQL brought, by column. */
export function rowsOf(result: ToolResult | undefined): Row[] {
  const columns = memberAt(result?.value, ['columns'])
  const rows = memberAt(result?.value, ['rows'])
  if (result?.isError || !Array.isArray(columns) || !Array.isArray(rows)) return []
  return rows.map((row: unknown[]) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
}

export function query(sql: string, args: unknown[] = []) {
  return { name: 'Document', input: { op: 'query_chunks', scope: 'user', sql, args } }
}
