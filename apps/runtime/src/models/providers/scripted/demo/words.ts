const MAX_QUOTE = 80
const MAX_CELL = 60

/** What somebody said, as data: on one line, short, and with no Markdown coming to life. */
export function quoted(text: string, max = MAX_QUOTE): string {
  const line = clipped(
    text
      .toWellFormed()
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim(),
    max,
  )
  if (line === '') return '*nothing*'
  const longest = [...line.matchAll(/`+/g)].reduce((most, [ticks]) => Math.max(most, ticks.length), 0)
  const fence = '`'.repeat(longest + 1)
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** The same inside a table, where a bar would end the cell. */
export function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return quoted(text ?? '', MAX_CELL).replaceAll('|', '\\|')
}

export function clipped(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}

/** `09:59 UTC on Tuesday, 3 March 2026` */
export function spokenTime(rfc3339: unknown): string | undefined {
  const time = typeof rfc3339 === 'string' ? new Date(rfc3339) : undefined
  if (!time || Number.isNaN(time.getTime())) return undefined
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'full' }).format(time)
  return `${time.toISOString().slice(11, 16)} UTC on ${day}`
}

export function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}
