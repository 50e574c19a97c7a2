import type { Database } from '../../../ground/db/database.ts'
import { inSlices } from '../../../ground/in-slices.ts'
import { type Candidate, candidateOf, rankedFirst, type StoredVector, type VectorSearch, vectorsOf } from './nearest.ts'

const usualSize = 250

/** Compares every vector of a place, a page at a time: where the database is in no file that a thread could read. */
export function searchInPages(db: Pick<Database, 'all'>, pageSize = usualSize): VectorSearch {
  return {
    async nearest(asked) {
      const { sql, parameters } = vectorsOf(asked)
      let best: Candidate[] = []
      for (let after = ''; ; ) {
        const page = `${sql} and key > ? order by key limit ?`
        const rows = await db.all<StoredVector>(page, [...parameters, after, pageSize])
        const compared: Candidate[] = []
        await inSlices(comparing(rows, compared))
        best = [...best, ...compared].sort(rankedFirst).slice(0, asked.limit)
        if (rows.length < pageSize) return best
        after = rows.at(-1)!.key
      }

      function* comparing(rows: readonly StoredVector[], into: Candidate[]) {
        for (const row of rows) {
          into.push(candidateOf(asked, row))
          yield
        }
      }
    },
    async close() {},
  }
}
