import { heavyDocumentRequests, waitsDuring } from '../fault/heavy-requests/heavy-documents.ts'
import { longestWait } from '../fault/heavy-requests/waits.ts'
import { atMost, type Benchmark, type Measurement } from './benchmark.ts'

/** How long a small request waits while somebody else asks for very much. */
export const documentsOfOthers: Benchmark = {
  name: 'documents-of-others',
  async run() {
    const rows: Measurement[] = []
    for (const request of heavyDocumentRequests) {
      const { during, took } = await waitsDuring(request)
      const what = `${request.what} (${took.toFixed()} ms): longest wait of another`
      rows.push(atMost(what, longestWait(during), 100, 'ms'))
    }
    return rows
  },
}
