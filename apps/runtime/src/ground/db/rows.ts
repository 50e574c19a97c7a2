import { CompiledQuery, type Kysely } from 'kysely'
import type { Schema } from './schema/index.ts'

/** Rows of one of our own statements, from any connection. For hot paths, where building one takes longer than running it. */
export async function rowsOf<T>(tx: Kysely<Schema>, sql: string, parameters: readonly unknown[]): Promise<T[]> {
  const { rows } = await tx.executeQuery<T>(CompiledQuery.raw(sql, [...parameters]))
  return rows
}
