import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { sizeOf } from './answer-size.ts'
import { provideFunctions } from './functions.ts'
import type { Answer, Asked, ReadingWork } from './reading-thread.ts'
import { StatementCache } from './statement-cache.ts'
import { toFailure } from './thread-failure.ts'

const keptStatements = 32

const { file, mostAnswerBytes } = workerData as ReadingWork
const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
provideFunctions(db)
const statements = new StatementCache(keptStatements, (sql) => db.prepare(sql))

parentPort!.on('message', (asked: Asked) => parentPort!.postMessage(answerTo(asked)))

function answerTo({ sql, parameters }: Asked): Answer {
  try {
    const rows: Record<string, unknown>[] = []
    let bytes = 0
    // One by one: a thread that is ended, ends between two rows. One that has no memory left takes the process with it.
    for (const row of statements.get(sql).iterate(...(parameters as SQLInputValue[])) as Iterable<
      Record<string, unknown>
    >) {
      if ((bytes += sizeOf(row)) > mostAnswerBytes) return { isTooLarge: true }
      rows.push(row)
    }
    return { rows }
  } catch (error) {
    return { failure: toFailure(error) }
  }
}
