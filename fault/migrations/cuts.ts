import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { migrateToLatest, migrations } from '../../apps/runtime/src/ground/db/migrator.ts'
import { Connection, kyselyOver } from '../../apps/runtime/src/ground/db/node-sqlite.ts'
import { afterEachStatement } from '../../apps/runtime/src/testing/after-each-statement.ts'
import { migrationNames } from './database-at.ts'

const databaseName = 'loomcycle.db'

/** A data directory as a killed process leaves it, and where it was killed. */
export interface Cut {
  what: string
  dir: string
}

/** The files as they are after each statement of an upgrade of this version: what the process had in mind is gone. */
export async function cutsOfUpgrade(file: string, into: string): Promise<Cut[]> {
  const connection = new Connection(file, { readOnly: false })
  const cuts: Cut[] = []
  const cut = () => cuts.push(copyOf(file, into, `statement ${cuts.length + 1}`))
  cut()
  await migrateToLatest(connection, afterEachStatement(kyselyOver(connection), cut), { file, keepCopy: false })
  cut()
  connection.close()
  return cuts
}

/**
 * The files as earlier versions left them in the middle of one migration: there each statement was on disk by itself,
 * and the note that the migration is done came last.
 */
export async function halvesOfMigration(file: string, version: number, into: string): Promise<Cut[]> {
  const connection = new Connection(file, { readOnly: false })
  const cuts: Cut[] = []
  const cut = () => cuts.push(copyOf(file, into, `statement ${cuts.length + 1}`))
  const db = afterEachStatement(kyselyOver(connection), cut)
  await migrations[migrationNames[version]!]!.up(db)
  connection.close()
  return cuts
}

function copyOf(file: string, into: string, what: string): Cut {
  const dir = join(into, what.replace(' ', '-'))
  mkdirSync(dir, { recursive: true })
  for (const suffix of ['', '-wal']) {
    if (existsSync(file + suffix)) copyFileSync(file + suffix, join(dir, databaseName + suffix))
  }
  return { what, dir }
}
