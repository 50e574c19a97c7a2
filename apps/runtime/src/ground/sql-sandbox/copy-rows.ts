import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { CopiedRows, CopyRows } from './messages.ts'

const PAGE_BYTES = 8192

/** Makes a database file of some rows of another. It is either whole and where it should be, or not there. */
export function copyRows({ source, into, steps, report, maxBytes }: CopyRows): CopiedRows {
  const unfinished = `${into}.new`
  // SQLite takes over the file it finds, and with it that nobody else may read it.
  closeSync(openSync(unfinished, 'wx', 0o600))
  const db = new DatabaseSync(unfinished, { timeout: 5000 })
  try {
    // Nothing has to outlive a crash: what is unfinished is thrown away.
    db.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / PAGE_BYTES))}`)
    db.prepare('ATTACH ? AS source').run(`${pathToFileURL(source)}?mode=ro`)
    // One transaction, so that all rows are of the same moment, whoever writes meanwhile.
    db.exec('BEGIN')
    for (const { sql, args = [] } of steps) db.prepare(sql).run(...(args as SQLInputValue[]))
    const reported = db.prepare(report.sql).get(...((report.args ?? []) as SQLInputValue[])) as CopiedRows['report']
    db.exec('COMMIT')
    db.close()
    renameSync(unfinished, into)
    return { bytes: statSync(into).size, report: { ...reported } }
  } finally {
    if (db.isOpen) db.close()
  }
}
