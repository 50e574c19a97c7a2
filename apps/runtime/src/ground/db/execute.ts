import { CompiledQuery, type Kysely } from 'kysely'
import type { Schema } from './schema/index.ts'
import { parametersOf, type Statement } from './statement.ts'

/** Runs a statement as part of a transaction; counts the rows it changed. */
export async function execute(tx: Kysely<Schema>, statement: Statement): Promise<number> {
  const query = CompiledQuery.raw(statement.sql, [...parametersOf(statement)])
  const { numAffectedRows } = await tx.executeQuery(query)
  return Number(numAffectedRows ?? 0)
}
