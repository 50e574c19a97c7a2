import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { toFailure } from '../../../ground/db/thread-failure.ts'
import { type All, nearestByHand, nearestBySql } from './nearest.ts'
import type { SearchReply, SearchRequest } from './search-thread.ts'

const db = new DatabaseSync((workerData as { file: string }).file, {
  readOnly: true,
  allowExtension: true,
  timeout: 5000,
})
// A search reads every vector of its place; copying them through the page cache takes as long as comparing them.
db.exec('PRAGMA mmap_size = 4294967296')
const nearest = (await loadVec()) ? nearestBySql : nearestByHand
const statements = new Map<string, StatementSync>()

const all: All = (sql, parameters) => {
  let statement = statements.get(sql)
  if (!statement) statements.set(sql, (statement = db.prepare(sql)))
  return statement.all(...(parameters as SQLInputValue[]))
}

parentPort!.on('message', ({ id, query }: SearchRequest) => {
  parentPort!.postMessage(replyTo({ id, query }))
})

function replyTo({ id, query }: SearchRequest): SearchReply {
  try {
    return { id, candidates: nearest(all, query) }
  } catch (error) {
    return { id, failure: toFailure(error) }
  }
}

/** There is no build of it for every machine. */
async function loadVec(): Promise<boolean> {
  try {
    const { getLoadablePath } = await import('sqlite-vec')
    db.loadExtension(getLoadablePath())
    return true
  } catch {
    return false
  } finally {
    db.enableLoadExtension(false)
  }
}
