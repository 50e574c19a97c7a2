import { CompiledQuery, type Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'

const largestBatch = 256

/**
 * Inserts many rows with few statements. Batches have the size of a power of two, so that there are only a handful of
 * statements to prepare however many rows come.
 */
export async function insertRows(
  tx: Kysely<Schema>,
  into: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  onConflict = '',
): Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`
  for (let start = 0; start < rows.length; ) {
    let size = largestBatch
    while (size > rows.length - start) size /= 2
    const batch = rows.slice(start, start + size)
    const text = `${into} (${columns.join(', ')}) values ${Array<string>(size).fill(row).join(', ')} ${onConflict}`
    await tx.executeQuery(CompiledQuery.raw(text, batch.flat()))
    start += size
  }
}
