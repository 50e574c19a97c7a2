import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import { CommitWriter, type Statement } from './commit-writer.ts'
import { migrateToLatest } from './migrator.ts'
import { Connection, kyselyOver } from './node-sqlite.ts'
import type { Schema } from './schema/index.ts'

export interface Database {
  /** Sees committed rows only. */
  read: Kysely<Schema>
  /** Builds statements for `write`; runs nothing. */
  sql: Kysely<Schema>
  /** Commits the statements together, sharing the commit with others that are due. */
  write(statements: readonly Statement[], onCommit?: () => void): Promise<void>
  /** For reading and then writing in one step; `work` may only await its own statements. */
  transaction<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T>
  /** Rows of one of our own statements, at once; for hot paths. */
  all<T>(sql: string, parameters: readonly unknown[]): T[]
  close(): Promise<void>
}

export async function openDatabase(file: string): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true })
  const writing = new Connection(file, { readOnly: false })
  const writeKysely = kyselyOver(writing)
  await migrateToLatest(writeKysely)
  const reading = new Connection(file, { readOnly: true })
  const read = kyselyOver(reading)
  const writer = new CommitWriter(writing)
  return {
    read,
    sql: writeKysely,
    write: (statements, onCommit) => writer.write(statements, onCommit),
    transaction: (work) => writer.transaction(() => work(writeKysely)),
    all: <T>(sql: string, parameters: readonly unknown[]) =>
      reading.prepare(sql).all(...(parameters as (string | number)[])) as T[],
    async close() {
      await writer.drain()
      await read.destroy()
      await writeKysely.destroy()
      reading.close()
      writing.close()
    },
  }
}
