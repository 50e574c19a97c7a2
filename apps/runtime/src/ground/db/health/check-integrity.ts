import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { StoreError } from '../../store-error.ts'
import type { StoreHealth } from './store-health.ts'

/** Beside its source, or beside the bundle. */
const workerFile = ['integrity-worker.ts', 'integrity-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

/** Reads the whole file, however long it takes, and nobody waits for it. The returned function ends it. */
export function checkInThread(file: string, health: StoreHealth): () => void {
  const worker = new Worker(workerFile ?? 'integrity-worker.js', { workerData: { file } })
  worker.unref()
  worker.on('message', (found: string) => {
    const advice = 'Stop loomcycle and restore a copy of the data directory.'
    health.failed(new StoreError(`The database is damaged: ${found}`, advice, true))
  })
  // What it could not read, others will not be able to read either; they say so where it matters.
  worker.on('error', () => {})
  return () => void worker.terminate()
}
