import type { SqlDialect } from './user-sql.ts'

/** For whoever is to write SQL. */
export function dialectNote(dialect: SqlDialect | undefined): string | undefined {
  return dialect && `Its SQL is ${dialect.name}: the places for values are ${dialect.places}${dialect.advice}.`
}
