import type { FaultOptions, Outcome } from '../fault.ts'
import { heavyDocumentRequests, waitsDuring } from './heavy-documents.ts'

/** Besides what the machine itself makes everybody wait for. */
const longestWaitMs = 100
const mostMemoryMb = 512

/** Nobody waits for somebody else's request about documents, nor pays for it. */
export async function documentRequests({ only }: FaultOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const request of heavyDocumentRequests) {
    if (only !== undefined && request.what !== only) continue
    const { idle, read, write, status, memory } = await waitsDuring(request)
    const wrong = [
      ...(read > idle + longestWaitMs ? [`somebody who read waited ${read.toFixed()} ms`] : []),
      ...(write > idle + longestWaitMs ? [`somebody who wrote waited ${write.toFixed()} ms`] : []),
      ...(memory > mostMemoryMb ? [`the process had ${memory} MB`] : []),
      ...(status >= 500 ? [`the answer was ${status}`] : []),
    ]
    const violations = wrong.map((what) => ({ case: request.what, what }))
    outcomes.push({ what: request.what, tried: `${request.times ?? 1}×, ${status}`, violations })
  }
  return outcomes
}
