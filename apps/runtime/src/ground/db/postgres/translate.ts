import { createHash } from 'node:crypto'
import { StatementCache } from '../statement-cache.ts'

/** More shapes than the code has; queries that are put together as they are asked for come and go. */
const kept = 512

const translations = new StatementCache(kept, (sql) => {
  let n = 0
  const parts = sql.split(/('(?:[^']|'')*')/)
  return parts.map((part, at) => (at % 2 === 1 ? part : words(part).replace(/\?/g, () => `$${++n}`))).join('')
})

/**
 * Our statements as Postgres takes them. They are written in what the two databases have in common, and the functions
 * that SQLite has beyond that are there by the same names (`migrations/060-functions.ts`); what is left are marks of parameters and
 * hints for SQLite's planner, which Postgres has no use for.
 */
export function translated(sql: string): string {
  return translations.get(sql)
}

function words(sql: string): string {
  return sql
    .replace(/\bcross join (\S+(?:\s+(?:as\s+)?\w+)?\s+on)\b/g, 'join $1')
    .replace(/ indexed by \w+/g, '')
    .replace(/\blimit -1\b/g, '')
}

const planned = new StatementCache(kept, (sql) => {
  const text = translated(sql)
  return { text, name: createHash('sha256').update(text).digest('base64url').slice(0, 24) }
})

/** Besides, the name by which a connection knows it once it has planned it; Postgres keeps 63 bytes of it. */
export function named(sql: string): { text: string; name: string } {
  return planned.get(sql)
}
