import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Failure } from '../../../ground/db/thread-failure.ts'
import { fromThread } from '../../../ground/store-error.ts'
import type { Candidate, NearestQuery, VectorSearch } from './nearest.ts'

export interface SearchRequest {
  id: number
  query: NearestQuery
}
export type SearchReply = { id: number; candidates: Candidate[] } | { id: number; failure: Failure }

/** Beside its source, or beside the bundle. */
const workerFile = ['search-worker.ts', 'search-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

interface Waiting {
  resolve(candidates: Candidate[]): void
  reject(error: Error): void
}

/**
 * Searches the vectors of a database file from a thread of its own: comparing ten thousands of them takes longer than
 * other runs should wait. The thread starts with the first search.
 */
export function searchInThread(file: string): VectorSearch {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  const fail = (error: Error) => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = () => {
    const started = new Worker(workerFile ?? 'search-worker.js', { workerData: { file } })
    started.on('message', (reply: SearchReply) => {
      const { resolve, reject } = waiting.get(reply.id)!
      waiting.delete(reply.id)
      if (waiting.size === 0) started.unref()
      if ('failure' in reply) reject(fromThread(reply.failure))
      else resolve(reply.candidates)
    })
    started.on('error', fail)
    started.on('exit', () => fail(new Error('the search was ended')))
    return started
  }
  return {
    nearest(query) {
      worker ??= start()
      const id = ++last
      const answer = new Promise<Candidate[]>((resolve, reject) => waiting.set(id, { resolve, reject }))
      worker.ref()
      worker.postMessage({ id, query } satisfies SearchRequest)
      return answer
    },
    async close() {
      await worker?.terminate()
    },
  }
}
