import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { read } from '../../apps/runtime/src/areas/documents/search/query-sql.ts'
import { rowsOfPlace } from '../../apps/runtime/src/areas/documents/store/rows-of-place.ts'
import { openDatabase } from '../../apps/runtime/src/ground/db/database.ts'
import { copyRows } from '../../apps/runtime/src/ground/sql-sandbox/copy-rows.ts'
import type { SqlView } from '../../apps/runtime/src/ground/sql-sandbox/messages.ts'
import { recipeOf } from '../../apps/runtime/src/ground/sql-sandbox/sqlite-sql.ts'
import { fillWithOthers, type Mark, schemaOf, type TableColumns } from './marked-database.ts'
import { insertOwnRows, ownPlaceId } from './own-rows.ts'

/** Two databases with the same rows of one person and different rows of everybody else. */
export interface Twins {
  files: [string, string]
  snapshots: [string, string]
  marks: [Mark, Mark]
  views: readonly SqlView[]
  schema: TableColumns[]
  /** Whether the copies of the person's rows are the same to the byte, and hold nothing of anybody else. */
  complaints: string[]
  remove(): void
}

export const marks: [Mark, Mark] = [
  { text: 'zqxmarked', number: 7_310_000_000, rows: 2 },
  { text: 'zqxaltered', number: 8_420_000_000, rows: 1 },
]

export async function makeTwins(): Promise<Twins> {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-sql-fault-'))
  const made = []
  for (const [i, mark] of marks.entries()) {
    const file = join(dir, `${i}`, 'loomcycle.db')
    await (await openDatabase(file)).close()
    insertOwnRows(file)
    fillWithOthers(file, mark)
    withoutLog(file)
    const into = join(dir, `snapshot-${i}.db`)
    const { report } = copyRows({ ...recipeOf(file, rowsOfPlace(ownPlaceId)), into, maxBytes: 10_000_000 })
    made.push({ file, into, report, bytes: readFileSync(into) })
  }
  const [one, other] = made as [(typeof made)[0], (typeof made)[0]]
  const complaints = [
    ...(one.bytes.equals(other.bytes) ? [] : ['the copy of the same rows is another where others have other rows']),
    ...(one.bytes.includes('zqx') ? ['the copy has something of somebody else in it'] : []),
  ]
  return {
    files: [one.file, other.file],
    snapshots: [one.into, other.into],
    marks,
    views: read(one.report).views,
    schema: schemaOf(one.file),
    complaints,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** All of it is in the one file. */
function withoutLog(file: string) {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode = DELETE')
  db.close()
}

/** Whether something of somebody else can be seen in it, as text, digits or base64 of either. */
export function tells(outcome: string): boolean {
  return /zqx|7310000|8420000|7\.31e|8\.42e|7A7178|enF4/i.test(outcome)
}
