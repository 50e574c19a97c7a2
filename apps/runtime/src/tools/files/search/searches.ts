import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Job, Order, Outcome } from './jobs.ts'

export interface SearchOptions {
  /** So many at a time; others wait. */
  most?: number
  /** Longer takes none. */
  longestMs?: number
  /** How long a thread is kept after its last search. */
  idleMs?: number
}

interface Searcher {
  worker: Worker
  idle?: NodeJS.Timeout
}

interface Waiting {
  begin(): void
}

/** Beside its source, or beside the bundle. */
const workerFile = ['file-search-worker.ts', 'file-search-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

/**
 * Searches through files, in threads of their own, which are there while they are needed: nobody else waits for them,
 * and one that is wanted no longer, or takes too long, is ended wherever it is.
 */
export class Searches {
  readonly #options: Required<SearchOptions>
  readonly #free: Searcher[] = []
  readonly #waiting: Waiting[] = []
  #working = 0
  #lastId = 0

  constructor(options: SearchOptions = {}) {
    this.#options = { most: 2, longestMs: 30_000, idleMs: 30_000, ...options }
  }

  async run(job: Job, signal: AbortSignal): Promise<string> {
    await this.#turn(signal)
    const searcher = this.#free.pop() ?? start()
    clearTimeout(searcher.idle)
    const ended = Promise.withResolvers<never>()
    const end = (error: unknown) => ended.reject(error)
    const onAbort = () => end(signal.reason)
    const { longestMs } = this.#options
    const tooLong = setTimeout(
      () => end(new ToolError(`the search took longer than ${longestMs / 1000} s; narrow it by path, pattern or glob`)),
      longestMs,
    )
    signal.addEventListener('abort', onAbort, { once: true })
    // While it waited for its turn.
    if (signal.aborted) onAbort()
    let isWhole = false
    try {
      const outcome = await Promise.race([this.#ask(searcher.worker, job), ended.promise])
      isWhole = true
      if ('refusal' in outcome) throw new ToolError(outcome.refusal)
      if ('failure' in outcome) throw new Error(outcome.failure)
      return outcome.text
    } finally {
      clearTimeout(tooLong)
      signal.removeEventListener('abort', onAbort)
      // What it looks through is held until it looks no more.
      if (!isWhole) await searcher.worker.terminate()
      this.#release(isWhole ? searcher : undefined)
    }
  }

  async close() {
    await Promise.all(this.#free.splice(0).map(({ worker }) => worker.terminate()))
  }

  async #turn(signal: AbortSignal) {
    signal.throwIfAborted()
    if (this.#working < this.#options.most) {
      this.#working++
      return
    }
    await new Promise<void>((resolve, reject) => {
      const waiting = { begin: resolve }
      this.#waiting.push(waiting)
      signal.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(waiting)
        if (at < 0) return
        this.#waiting.splice(at, 1)
        reject(signal.reason)
      })
    })
  }

  #release(searcher: Searcher | undefined) {
    if (searcher) {
      this.#free.push(searcher)
      searcher.idle = setTimeout(() => {
        this.#free.splice(this.#free.indexOf(searcher), 1)
        void searcher.worker.terminate()
      }, this.#options.idleMs).unref()
    }
    const next = this.#waiting.shift()
    if (next) next.begin()
    else this.#working--
  }

  #ask(worker: Worker, job: Job): Promise<Outcome> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const done = () => {
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
      }
      const onMessage = (outcome: Outcome) => {
        if (outcome.id !== id) return
        done()
        resolve(outcome)
      }
      const onError = (error: unknown) => {
        done()
        reject(new ToolError(`the search failed: ${(error as Error).message}`))
      }
      const onExit = () => onError(new Error('its thread ended'))
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage({ id, job } satisfies Order)
    })
  }
}

function start(): Searcher {
  const worker = new Worker(workerFile ?? 'file-search-worker.js', { resourceLimits: { maxOldGenerationSizeMb: 256 } })
  worker.unref()
  return { worker }
}
