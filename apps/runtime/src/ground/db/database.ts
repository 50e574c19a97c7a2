import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import { StoreError } from '../store-error.ts'
import { silence, type Telemetry } from '../telemetry/telemetry.ts'
import type { Asker } from './asker-line.ts'
import { Checkpoints } from './checkpoints.ts'
import { CommitWriter } from './commit-writer.ts'
import { sameFile } from './data-dir/same-file.ts'
import { checkInThread } from './health/check-integrity.ts'
import { StoreHealth } from './health/store-health.ts'
import { type Guard, StoreWatch } from './health/store-watch.ts'
import { type MigrateOptions, migrateToLatest } from './migrator.ts'
import { Connection, kyselyOver } from './node-sqlite.ts'
import { ReadingThread } from './reading-thread.ts'
import type { Schema } from './schema/index.ts'
import type { Statement, WriteOptions } from './statement.ts'
import { syncLog } from './sync-log.ts'
import { kyselyAside } from './thread-dialect.ts'

/** Where its rows are, for whoever has a way of its own to them. */
export type DatabaseHome = { file: string } | { dsn: string }

export interface Database {
  home: DatabaseHome
  /** Sees committed rows only. */
  read: Kysely<Schema>
  /** The same from a thread of its own: for questions whose cost is not bounded by their answer. */
  aside(asker: Asker): Kysely<Schema>
  /** Sees what was committed before its first question, however long it goes on and whatever is committed meanwhile. */
  atOneMoment<T>(look: (db: Kysely<Schema>) => Promise<T>): Promise<T>
  /** Builds statements for `write`; runs nothing. */
  sql: Kysely<Schema>
  /** Commits the statements together, sharing the commit with others that are due. */
  write(statements: readonly Statement[], onCommit?: () => void, options?: WriteOptions): Promise<void>
  /** For reading and then writing in one step; `work` may only await its own statements. */
  transaction<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T>
  /** Committed rows of one of our own statements. For hot paths, where building one takes longer than running it. */
  all<T>(sql: string, parameters: readonly unknown[]): Promise<T[]>
  health: StoreHealth
  /** Topics between processes on the same database, where there can be several. */
  hints?: StoreHints
  /** Has ticks go on from process to process: they are heard and kept by whoever has the database alone. */
  shareTicks?(ticks: CommitTicks): void
  /** Resolves when something has been written; throws what the store has against it. */
  proveWritable(): Promise<void>
  /** Has every page read by a thread of its own, unless the file has just been made; `health` hears of damage. */
  checkIntegrity(): void
  close(): Promise<void>
}

/** A hint costs time where it is lost, and nothing else: what is new stands in rows. */
export interface StoreHints {
  /** Tells other processes of a topic, soon. */
  send(topic: string): void
  /** Begins to listen; resolves once hints are known to come, or not to. */
  start(hear: HearHints): Promise<void>
}

/** What is given out in the order of commits, by all processes on one database. */
export interface CommitTicks {
  /** The last one that anybody gave out before: whatever is given out from now on comes behind it. */
  hear(last: bigint): void
  readonly last: bigint
}

export interface HearHints {
  /** Another process has announced it. */
  onHint(topic: string): void
  /** There may have been hints that nobody heard, of anything. */
  onMissed(): void
}

export interface OpenOptions extends Partial<MigrateOptions> {
  /** Besides the file's own. */
  guards?: readonly Guard[]
  telemetry?: Pick<Telemetry, 'log'>
}

export async function openDatabase(
  file: string,
  { guards = [], telemetry = silence, ...options }: OpenOptions = {},
): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true })
  const health = new StoreHealth()
  const writing = new Connection(file, { readOnly: false, health })
  const writeKysely = kyselyOver(writing)
  let isNew: boolean
  let reading: Connection
  try {
    isNew = await migrateToLatest(writing, writeKysely, { file, keepCopy: true, ...options })
    reading = new Connection(file, { readOnly: true, health })
  } catch (error) {
    writing.close()
    throw error
  }
  const read = kyselyOver(reading)
  const watch = new StoreWatch(health, [fileGuard(file), ...guards])
  const checkpoints = new Checkpoints(writing, file, health)
  const writer = new CommitWriter(writing, {
    beforeCommit: () => watch.look(),
    syncAhead: () => syncLog(file),
    untilDiskRests: () => checkpoints.underWay,
    afterCommit: () => checkpoints.afterCommit(),
  })
  watch.start(writer)
  const thread = new ReadingThread({ file, health, telemetry })
  let stopCheck = () => {}
  return {
    home: { file },
    read,
    aside: (asker) => kyselyAside(thread, asker),
    async atOneMoment(look) {
      const connection = new Connection(file, { readOnly: true, health })
      try {
        connection.exec('BEGIN')
        return await look(kyselyOver(connection))
      } finally {
        connection.close()
      }
    },
    sql: writeKysely,
    write: (statements, onCommit, options) => writer.write(statements, onCommit, options),
    transaction: (work) => writer.transaction(() => work(writeKysely)),
    all: async <T>(sql: string, parameters: readonly unknown[]) => reading.prepare(sql).all(parameters) as T[],
    health,
    proveWritable: () => watch.prove(writer),
    checkIntegrity() {
      if (!isNew) stopCheck = checkInThread(file, health)
    },
    async close() {
      watch.stop()
      stopCheck()
      await thread.close()
      await writer.drain()
      await checkpoints.close()
      await read.destroy()
      await writeKysely.destroy()
      reading.close()
      writing.close()
    },
  }
}

function fileGuard(file: string): Guard {
  const isThere = sameFile(file)
  return () =>
    isThere()
      ? undefined
      : new StoreError(
          `The database ${file} was removed or replaced while loomcycle was using it`,
          'Put the data directory right and start loomcycle again.',
        )
}
