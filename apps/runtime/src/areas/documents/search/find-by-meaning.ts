import type { Asker } from '../../../ground/db/asker-line.ts'
import type { Embedder } from '../../../models/embedders/embedder.ts'
import type { DocumentDeps } from '../deps.ts'
import { type Near, nearestChunks, type SearchArea } from '../store/embeddings.ts'
import { embedChunks } from './embed-chunks.ts'
import { standingOut } from './stands-out.ts'

/** Whoever searches waits no longer than this for the embedder. */
const PATIENCE_MS = 30_000

/** The chunks that mean the same as a text, the closest first. What goes wrong is a note: there are still the words to go by. */
export async function findByMeaning(
  deps: Pick<DocumentDeps, 'db'>,
  embedder: Embedder,
  area: SearchArea,
  asker: Asker,
  query: string,
  limit: number,
): Promise<{ near: Near[]; note?: string }> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    const [vector] = await embedder.embed([query], 'find', signal)
    const kind = { provider: embedder.provider, model: embedder.model, dimension: vector!.length }
    const { left, problem } = await embedChunks(deps, embedder, area, kind, asker, signal)
    const near = standingOut(await nearestChunks(deps.db.read, area, kind, vector!)).slice(0, limit)
    if (left === 0) return { near }
    const reason = problem === undefined ? '' : `: ${problem}`
    return { near, note: `not yet embedded, and found by their words only: ${left} chunk(s)${reason}` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { near: [], note: `searched for words only: ${reason}` }
  }
}
