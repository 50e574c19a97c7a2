import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Connection } from './node-sqlite.ts'

const keptCopies = 2

/** There is no room beside the database for the copy that is kept before an upgrade. */
export class NoCopyError extends Error {
  override name = 'NoCopyError'
}

/** Nothing has ever been stored in it, whatever tables it has. */
export function isEmpty(connection: Connection): boolean {
  const tables = connection
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
        and name not like 'kysely\\_%' escape '\\' and sql not like 'create virtual%'
        and name not in (select v.name || s.suffix from sqlite_master v, (
          select '_config' as suffix union all select '_content' union all select '_data'
          union all select '_docsize' union all select '_idx') s where v.sql like 'create virtual%')`,
    )
    .all() as { name: string }[]
  return tables.every(({ name }) => connection.prepare(`select 1 from "${name}" limit 1`).all().length === 0)
}

/**
 * Keeps the database as it is, beside it and named after the migration it stands at: the way back to the version that
 * made it. The copy is whole or absent; all but the last ones are removed.
 */
export function copyBeforeUpgrade(connection: Connection, file: string, migration: string): string {
  const copy = join(dirname(file), `${nameOf(file)}.at-${migration}.db`)
  const unfinished = `${copy}.part`
  try {
    rmSync(unfinished, { force: true })
    connection.prepare('VACUUM INTO ?').run([unfinished])
    sync(unfinished)
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new NoCopyError(error instanceof Error ? error.message : String(error), { cause: error })
  }
  for (const old of copiesOf(file).slice(0, -keptCopies)) rmSync(join(dirname(file), old), { force: true })
  return copy
}

/** Oldest first. */
function copiesOf(file: string): string[] {
  const start = `${nameOf(file)}.at-`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(start) && name.endsWith('.db'))
    .sort()
}

function nameOf(file: string): string {
  return basename(file, '.db')
}

function sync(file: string) {
  const opened = openSync(file, 'r+')
  fsyncSync(opened)
  closeSync(opened)
}
