/** A spreadsheet takes a text that begins so for a formula, and would do what it says. */
const formula = /^[=+\-@\t\r]/

/**
 * A line of a table. A text that could be a formula has an apostrophe before it, which spreadsheets do not show and
 * `readCsv` takes away; a number is none.
 */
export function csvRow(values: readonly unknown[]): string {
  return `${values.map(cellOf).join(',')}\r\n`
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n;\t]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
