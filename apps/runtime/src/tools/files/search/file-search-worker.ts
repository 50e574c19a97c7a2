import { parentPort } from 'node:worker_threads'
import { ToolError } from '../../../ground/tool-error.ts'
import { globSearch } from './glob-search.ts'
import { grepSearch } from './grep-search.ts'
import type { Order, Outcome } from './jobs.ts'

parentPort!.on('message', (order: Order) => parentPort!.postMessage(outcomeOf(order)))

function outcomeOf({ id, job }: Order): Outcome {
  try {
    return { id, text: job.kind === 'glob' ? globSearch(job) : grepSearch(job) }
  } catch (error) {
    if (error instanceof ToolError) return { id, refusal: error.message }
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}
