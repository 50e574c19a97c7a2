import { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import { isLive, type RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Config } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { forget } from '../../ground/db/forget.ts'
import { asOneOfMany } from '../../ground/in-slices.ts'
import type { UserSql } from '../../ground/sql-sandbox/user-sql.ts'
import { report, type Telemetry } from '../../ground/telemetry/telemetry.ts'
import { createEmbedder } from '../../models/embedders/create-embedder.ts'
import { forgetDeletionsBefore } from './change-store.ts'
import type { MemoryDeps } from './deps.ts'
import type { Embedding } from './embedding.ts'
import { seedMemory } from './seed.ts'
import { SqlMemory } from './sql/sql-memory.ts'
import { deleteExpired } from './store.ts'
import type { VectorSearch } from './vectors/nearest.ts'
import { searchInPages } from './vectors/search-in-pages.ts'
import { searchInThread } from './vectors/search-thread.ts'

export interface Memory extends MemoryDeps {
  /** Gives the room of what has expired back. */
  sweep(): Promise<void>
  /** What only that run had is gone with it. Never throws. */
  runEnded(run: RunRecord): Promise<void>
  close(): Promise<void>
}

/** How long somebody who follows changes may have been away without missing a deletion. */
const deletionsKeptMs = 30 * 24 * 60 * 60_000

const expiredAtOnce = 500

export interface MemoryOptions {
  db: Database
  bus: Bus
  clock: Clock
  config: Config
  sql: UserSql
  telemetry: Telemetry
  redact(text: string): string
}

export async function createMemory({ db, bus, clock, config, sql, telemetry, redact }: MemoryOptions): Promise<Memory> {
  const settings = config.sqlMemory
  const sqlMemory = settings.enabled ? new SqlMemory({ sql, clock, settings }) : undefined
  const { embedder } = config.memory
  const embedding: Embedding | undefined = embedder && {
    embedder: createEmbedder(embedder, { clock }),
    search: vectorSearchOf(db, telemetry),
  }
  const feed = new ChangeFeed(bus, 'memory')
  const deps: MemoryDeps = {
    db,
    clock,
    feed,
    limits: config.limits,
    embedding,
    sql: sqlMemory && { memory: sqlMemory, audit: { db, clock, mode: settings.audit, redact } },
  }
  const embedSeeds = await seedMemory(deps, config.memory.entries, telemetry)
  const told = (error: unknown) => report(telemetry, 'memory', error)
  embedSeeds().catch(told)
  sqlMemory?.sweep(async (runId) => isAlive(await findRun(db, runId))).catch(told)
  return {
    ...deps,
    async sweep() {
      const now = clock.now()
      const some = () => asOneOfMany(() => db.transaction((tx) => deleteExpired(tx, now, expiredAtOnce)))
      while ((await some()) === expiredAtOnce);
      await forget(db, (limit) => forgetDeletionsBefore(now - deletionsKeptMs, limit))
      feed.announceAll()
    },
    runEnded: async (run) => sqlMemory?.runEnded(run).catch(told),
    close: async () => embedding?.search.close(),
  }
}

function vectorSearchOf(db: Database, telemetry: Telemetry): VectorSearch {
  if ('file' in db.home) return searchInThread(db.home.file)
  telemetry.log(
    'info',
    'every vector of a scope is compared when memory is searched, and every one of a place when documents are',
  )
  return searchInPages(db)
}

function isAlive(run: RunRecord | undefined): boolean {
  return run !== undefined && isLive(run)
}
