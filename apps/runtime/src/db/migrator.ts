import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as init from './migrations/001-init.ts'
import * as engine from './migrations/002-engine.ts'
import * as memory from './migrations/003-memory.ts'
import * as channels from './migrations/004-channels.ts'
import * as documents from './migrations/005-documents.ts'
import * as evaluations from './migrations/006-evaluations.ts'
import * as history from './migrations/007-history.ts'
import * as chunkEmbeddings from './migrations/008-chunk-embeddings.ts'
import * as deletedSessions from './migrations/009-deleted-sessions.ts'
import * as runInputSegments from './migrations/010-run-input-segments.ts'
import * as branches from './migrations/011-branches.ts'
import * as memoryChanges from './migrations/012-memory-changes.ts'
import * as returnedInputs from './migrations/013-returned-inputs.ts'
import * as longEvents from './migrations/017-long-events.ts'
import type { Schema } from './schema/index.ts'

/** In order; a released one is never edited. */
const migrations: Record<string, Migration> = {
  '001-init': init,
  '002-engine': engine,
  '003-memory': memory,
  '004-channels': channels,
  '005-documents': documents,
  '006-evaluations': evaluations,
  '007-history': history,
  '008-chunk-embeddings': chunkEmbeddings,
  '009-deleted-sessions': deletedSessions,
  '010-run-input-segments': runInputSegments,
  '011-branches': branches,
  '012-memory-changes': memoryChanges,
  '013-returned-inputs': returnedInputs,
  '017-long-events': longEvents,
}

/** The database has been through migrations that this version does not know. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

export async function migrateToLatest(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  const [, unknown] = /previously executed migration (\S+) is missing/.exec(String(error)) ?? []
  if (unknown) throw new NewerDatabaseError(unknown)
  if (error) throw error
}
