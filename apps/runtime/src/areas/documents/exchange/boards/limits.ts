import { ToolError } from '../../../../ground/tool-error.ts'

/** What a board may have. */
export const mostColumns = 100
export const mostCards = 20_000
export const mostComments = 50_000
export const mostFields = 200

export function requireFewColumns(columns: number): void {
  requireFew(columns, mostColumns, 'columns')
}

export function requireFew(count: number, most: number, what: string): void {
  if (count > most) throw new ToolError(`the board has ${count} ${what} and may have ${most}; import a part of it`)
}
