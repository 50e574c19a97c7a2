import { type RawBuilder, sql } from 'kysely'

// The words that databases have each for themselves. Stores say these; what stands here is SQLite's. Full text and
// vectors are more than words: the one file that asks for them is the store's own (`search.ts`, `index-store.ts`, `vectors/`).

/** For `in`: a list of any length is one parameter, and the statement the same. */
export function inList<T extends string | number>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`(select value from json_each(${listParameter(values)}))`
}

/** The same of numbers. */
export function inNumbers(values: readonly number[]): RawBuilder<number> {
  return sql<number>`(select cast(value as bigint) from json_each(${listParameter(values)}))`
}

/** The same in a statement of our own, which takes a `listParameter`. */
export const inListParameter = '(select value from json_each(?))'

export function listParameter(values: readonly (string | number)[]): string {
  // Half a character is stored as another one; JSON would have it as an escape.
  return JSON.stringify(values.map((value) => (typeof value === 'string' ? value.toWellFormed() : value)))
}

/** For a `limit` where there is none. */
export const unlimited = Number.MAX_SAFE_INTEGER

/** The values of a column, as the text of a JSON list; for a subquery. */
export function asJsonList(column: string): RawBuilder<string> {
  return sql<string>`json_group_array(${sql.ref(column)})`
}

/** The members of a JSON list that is in a column, as rows with a `value`. */
export function membersOf(column: string): RawBuilder<unknown> {
  return sql`json_each(${sql.ref(column)})`
}

/**
 * A field of the JSON in a column, to be compared with others and sorted among them: numbers before texts. Null where it
 * cannot be read, since it goes deeper than the database does.
 */
export function jsonField(column: string, name: string): RawBuilder<unknown> {
  const json = sql.ref(column)
  return sql`(case when json_valid(${json}) then json_extract(${json}, ${`$.${JSON.stringify(name)}`}) end)`
}

/** A value as JSON: an integer with all its digits, which could not be read otherwise. */
export function asJson(value: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`json_quote(${value})`
}

/** A value as a field of JSON would be: true is what a checkbox holds, and 1 is no text. */
export function asJsonField(value: unknown): RawBuilder<unknown> {
  return sql`json_extract(${JSON.stringify(value)}, '$')`
}

/** Now by the store's own clock, in milliseconds: the one that processes on several machines have in common. */
export const storeNow = `cast(unixepoch('subsec') * 1000 as bigint)`
