import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import { type Aftermath, readAftermath } from '../simulation/aftermath.ts'

export async function aftermathOf(runtime: RuntimeProcess): Promise<Aftermath> {
  return inDatabaseOf(runtime, (db) => readAftermath(async <T>(sql: string) => db.prepare(sql).all() as T[]))
}

export async function inDatabaseOf<T>({ dataDir }: RuntimeProcess, read: (db: DatabaseSync) => Promise<T>): Promise<T> {
  const db = new DatabaseSync(join(dataDir, 'loomcycle.db'), { readOnly: true, timeout: 5000 })
  try {
    return await read(db)
  } finally {
    db.close()
  }
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? (error.stack ?? error.message) : `${error.stack}\n${textOf(error.cause)}`
}
