import { type RawBuilder, sql } from 'kysely'

/** Rows whose columns, which are all sorted the same way, come after a key. An index on the first of them leads there. */
export function isBehind(
  columns: readonly RawBuilder<unknown>[],
  key: readonly unknown[],
  order: 'asc' | 'desc',
): RawBuilder<boolean> {
  const compare = sql.raw(order === 'desc' ? '<' : '>')
  return sql<boolean>`(${sql.join(columns)}) ${compare} (${sql.join(key.map((part) => sql`${part}`))})`
}
