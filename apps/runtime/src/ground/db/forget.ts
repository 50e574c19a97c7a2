import { asOneOfMany } from '../in-slices.ts'
import type { Database } from './database.ts'
import { execute } from './execute.ts'
import type { Statement } from './statement.ts'

const rowsAtOnce = 1000

/** Deletes what nobody needs any more, so many rows at a time; `some` deletes at most `limit`. */
export async function forget(db: Pick<Database, 'transaction'>, some: (limit: number) => Statement): Promise<void> {
  const next = () => asOneOfMany(() => db.transaction((tx) => execute(tx, some(rowsAtOnce))))
  while ((await next()) === rowsAtOnce);
}
