import { parentPort, workerData } from 'node:worker_threads'
import { type PostgresText, readPostgres } from './read-postgres.ts'
import { UnreadableStatement } from './statement.ts'

/** The thread that reads what others wrote: it may be ended in the middle of it. */
const functions = new Set(workerData as string[])

parentPort!.on('message', (asked: Omit<PostgresText, 'functions'>) => parentPort!.postMessage(replyTo(asked)))
parentPort!.postMessage('ready')

function replyTo(asked: Omit<PostgresText, 'functions'>) {
  try {
    return { read: readPostgres({ ...asked, functions }) }
  } catch (error) {
    if (error instanceof UnreadableStatement) return { refusal: error.message }
    // What the parser has left of its stack is not to be relied on.
    if (error instanceof RangeError) return { refusal: 'the statement is nested too deeply', isSpent: true }
    return { refusal: `the statement cannot be read: ${(error as Error).message}`, isSpent: true }
  }
}
