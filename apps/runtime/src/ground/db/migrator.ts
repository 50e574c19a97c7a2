import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { copyBeforeUpgrade, isEmpty } from './copy-before-upgrade.ts'
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
import * as browserSessions from './migrations/014-browser-sessions.ts'
import * as chunkBatches from './migrations/015-chunk-batches.ts'
import * as tries from './migrations/016-tries.ts'
import * as longEvents from './migrations/017-long-events.ts'
import * as runsOfUser from './migrations/018-runs-of-user.ts'
import * as wishes from './migrations/019-wishes.ts'
import * as whatRunsBeganWith from './migrations/020-what-runs-began-with.ts'
import * as chatTextsByOwner from './migrations/021-chat-texts-by-owner.ts'
import * as traces from './migrations/022-traces.ts'
import * as wordsOfEveryScript from './migrations/023-words-of-every-script.ts'
import * as deadlines from './migrations/024-deadlines.ts'
import * as treeBudgets from './migrations/025-tree-budgets.ts'
import * as mergesInSmallSteps from './migrations/026-merges-in-small-steps.ts'
import * as nameBatches from './migrations/027-name-batches.ts'
import * as pagesOfTypesAndEdges from './migrations/028-pages-of-types-and-edges.ts'
import * as ranks from './migrations/029-ranks.ts'
import * as cardStarts from './migrations/030-card-starts.ts'
import * as definitions from './migrations/031-definitions.ts'
import * as derivedAgents from './migrations/032-derived-agents.ts'
import * as whatSkillsSaid from './migrations/033-what-skills-said.ts'
import * as volumes from './migrations/040-volumes.ts'
import * as teamRuns from './migrations/050-team-runs.ts'
import * as routes from './migrations/060-routes.ts'
import * as usage from './migrations/070-usage.ts'
import * as replicas from './migrations/080-replicas.ts'
import { Connection } from './node-sqlite.ts'
import type { Schema } from './schema/index.ts'
import { undoHalfMigration } from './undo-half-migration.ts'

/** In order; a released one is never edited. */
export const migrations: Record<string, Migration> = {
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
  '014-browser-sessions': browserSessions,
  '015-chunk-batches': chunkBatches,
  '016-tries': tries,
  '017-long-events': longEvents,
  '018-runs-of-user': runsOfUser,
  '019-wishes': wishes,
  '020-what-runs-began-with': whatRunsBeganWith,
  '021-chat-texts-by-owner': chatTextsByOwner,
  '022-traces': traces,
  '023-words-of-every-script': wordsOfEveryScript,
  '024-deadlines': deadlines,
  '025-tree-budgets': treeBudgets,
  '026-merges-in-small-steps': mergesInSmallSteps,
  '027-name-batches': nameBatches,
  '028-pages-of-types-and-edges': pagesOfTypesAndEdges,
  '029-ranks': ranks,
  '030-card-starts': cardStarts,
  '031-definitions': definitions,
  '032-derived-agents': derivedAgents,
  '033-what-skills-said': whatSkillsSaid,
  '040-volumes': volumes,
  '050-team-runs': teamRuns,
  '060-routes': routes,
  '070-usage': usage,
  '080-replicas': replicas,
}

const names = Object.keys(migrations)
/** Up to here there have been versions that wrote migrations statement by statement; all that are newer are whole. */
export const lastInPieces = '013-returned-inputs'

/** The database has been through migrations that this version does not know. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
}

export interface MigrateOptions {
  file: string
  /** Whether a database with something in it is copied first. */
  keepCopy: boolean
  /** Hears where the copy is. */
  onCopy?: ((copy: string) => void) | undefined
}

/** All of what is missing happens in one transaction. Says whether the database is a new one. */
export async function migrateToLatest(
  connection: Connection,
  db: Kysely<Schema>,
  { file, keepCopy, onCopy }: MigrateOptions,
): Promise<boolean> {
  const recorded = recordedMigrations(connection)
  const unknown = recorded.find((name) => !(name in migrations))
  if (unknown) throw new NewerDatabaseError(unknown)
  const missing = names.filter((name) => !recorded.includes(name))
  if (missing.length === 0) return false
  const isNew = isEmpty(connection)
  if (keepCopy && !isNew) {
    const copy = copyBeforeUpgrade(connection, file, recorded.at(-1) ?? 'nothing')
    onCopy?.(copy)
  }
  if (missing[0]! <= lastInPieces) await undoHalfMigration(connection, stepsUpTo(missing[0]!))
  await runMigrations(connection, db, migrations)
  return isNew
}

/** What has been done to a database and what has not. Changes nothing; all is missing where there is none. */
export function migrationsOf(file: string): { done: string[]; missing: string[] } {
  const done = existsSync(file) ? recordedIn(file) : []
  return { done, missing: names.filter((name) => !done.includes(name)) }
}

function recordedIn(file: string): string[] {
  const connection = new Connection(file, { readOnly: true })
  try {
    return recordedMigrations(connection)
  } finally {
    connection.close()
  }
}

/** SQLite undoes a changed schema like anything else, so the notes of what is done are never ahead or behind. */
export async function runMigrations(
  connection: Connection,
  db: Kysely<Schema>,
  all: Record<string, Migration>,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all }, disableTransactions: true })
  connection.exec('BEGIN IMMEDIATE')
  try {
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
    connection.exec('COMMIT')
  } catch (error) {
    connection.rollback()
    throw error
  }
}

function recordedMigrations(connection: Connection): string[] {
  const [table] = connection.prepare(`select 1 from sqlite_master where name = 'kysely_migration'`).all()
  if (!table) return []
  const rows = connection.prepare('select name from kysely_migration order by name').all() as { name: string }[]
  return rows.map(({ name }) => name)
}

function stepsUpTo(name: string): Migration[] {
  return names.slice(0, names.indexOf(name) + 1).map((each) => migrations[each]!)
}
