import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, percentile } from './benchmark.ts'

const rows = 50_000
const dimension = 256
const searches = 15

/** Ours to choose: nobody has published one. */
const limitMs = 150

export const memorySearch: Benchmark = {
  name: 'memory-search',
  async run() {
    const runtime = await startRuntime({ env: { LOOMCYCLE_EMBEDDER_STUB: '1' } })
    try {
      const db = new DatabaseSync(join(runtime.dataDir, 'loomcycle.db'))
      db.exec('begin')
      fillVectors(db, { rows, scopeId: 'bench' })
      db.exec('commit')
      db.close()
      await search(runtime.url)
      const times: number[] = []
      for (let at = 0; at < searches; at++) times.push(await search(runtime.url))
      const others: number[] = []
      for (let at = 0; at < searches; at++) {
        let done = false
        const searching = search(runtime.url).then(() => {
          done = true
        })
        while (!done) others.push(await timed(() => fetch(`${runtime.url}/healthz`)))
        await searching
      }
      return [
        atMost(`search of ${rows.toLocaleString('en')} vectors of ${dimension}`, median(times), limitMs, 'ms'),
        atMost('another request meanwhile, p99', percentile(others, 99), 20, 'ms'),
      ]
    } finally {
      await runtime.stop()
    }
  },
}

async function search(url: string): Promise<number> {
  return timed(async () => {
    const body = JSON.stringify({ query: `word${Math.random()} and more`, scope: 'user', scope_id: 'bench' })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/v1/_memory/search`, { method: 'POST', body, headers })
    const { entries } = (await response.json()) as { entries: unknown[] }
    if (entries.length !== 10) throw new Error(`a search found ${entries.length} entries`)
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Values of a user that can be found by meaning, as the embedder for tests would describe them. */
export function fillVectors(db: DatabaseSync, { rows, scopeId }: { rows: number; scopeId: string }) {
  const place = `'default', 'user', '${scopeId}'`
  const entry = db.prepare(`insert into memory values (${place}, ?, '"text"', 20, null, ?, ?)`)
  const vector = db.prepare(
    `insert into memory_vectors (tenant_id, scope, scope_id, key, provider, model, dimension, vector, written_at)
     values (${place}, ?, 'stub', 'fnv-256', ${dimension}, ?, ?)`,
  )
  for (let at = 0; at < rows; at++) {
    const key = `key${at}`
    entry.run(key, at, at)
    vector.run(key, new Uint8Array(randomVector().buffer), at)
  }
}

function randomVector(): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(dimension).map(() => Math.random() - 0.5)
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return vector.map((value) => value / length)
}
