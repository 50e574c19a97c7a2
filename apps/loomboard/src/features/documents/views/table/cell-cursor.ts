/** The cell one is on: a chunk, and a column by its number. */
export interface Cell {
  row: number
  column: number
}

export interface Size {
  rows: number
  columns: number
  /** How many rows a page is. */
  page: number
}

export interface Pressed {
  key: string
  shiftKey?: boolean
  /** Control, or Command on a Mac. */
  mod?: boolean
}

/** Where a key leads; undefined where it leads nowhere else. */
export function cellAfter(cell: Cell, { key, shiftKey = false, mod = false }: Pressed, size: Size): Cell | undefined {
  const { row, column } = cell
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const to = (row: number, column: number): Cell | undefined => {
    const next = { row: clamp(row, lastRow), column: clamp(column, lastColumn) }
    return next.row === cell.row && next.column === cell.column ? undefined : next
  }
  switch (key) {
    case 'ArrowUp':
      return to(mod ? 0 : row - 1, column)
    case 'ArrowDown':
      return to(mod ? lastRow : row + 1, column)
    case 'ArrowLeft':
      return to(row, mod ? 0 : column - 1)
    case 'ArrowRight':
      return to(row, mod ? lastColumn : column + 1)
    case 'Home':
      return to(mod ? 0 : row, 0)
    case 'End':
      return to(mod ? lastRow : row, lastColumn)
    case 'PageUp':
      return to(row - size.page, column)
    case 'PageDown':
      return to(row + size.page, column)
    case 'Tab':
      return shiftKey ? before(cell, size) : after(cell, size)
    default:
      return undefined
  }
}

/** The next cell, over the end of the row; the last one leads out of the table. */
function after({ row, column }: Cell, { rows, columns }: Size): Cell | undefined {
  if (column < columns - 1) return { row, column: column + 1 }
  return row < rows - 1 ? { row: row + 1, column: 0 } : undefined
}

function before({ row, column }: Cell, { columns }: Size): Cell | undefined {
  if (column > 0) return { row, column: column - 1 }
  return row > 0 ? { row: row - 1, column: columns - 1 } : undefined
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, last))
}
