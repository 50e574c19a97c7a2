import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

const CORRUPT = 11

const db = new DatabaseSync((workerData as { file: string }).file, { readOnly: true, timeout: 5000 })

// Table by table: a reading that lasts keeps the write-ahead log from being taken into the file.
const found = problem()
if (found !== undefined) parentPort!.postMessage(found)
db.close()

function problem(): string | undefined {
  try {
    const tables = db.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[]
    for (const name of ['sqlite_schema', ...tables.map((table) => table.name)]) {
      const check = db.prepare(`PRAGMA quick_check("${name.replaceAll('"', '""')}")`)
      const [row] = check.all() as { quick_check: string }[]
      if (row && row.quick_check !== 'ok') return row.quick_check
    }
    return undefined
  } catch (error) {
    const { errcode = 0, message } = error as Error & { errcode?: number }
    if ((errcode & 0xff) === CORRUPT) return message
    throw error
  }
}
