import type { Asker } from '../../../ground/db/asker-line.ts'
import type { Embedder } from '../../../models/embedders/embedder.ts'
import { textOf } from '../../memory/embedding.ts'
import type { DocumentDeps } from '../deps.ts'
import { listChunksByIds } from '../store/chunks.ts'
import { listUnembedded, putEmbeddings, type SearchArea, type VectorKind } from '../store/embeddings.ts'

/** A search that finds much to embed does a part of it and leaves the rest to the next ones. */
const MOST_AT_ONCE = 256

/** Embeds chunks that have no vector, or one from before they changed; answers how many are left, and why if not all. */
export async function embedChunks(
  { db }: Pick<DocumentDeps, 'db'>,
  embedder: Embedder,
  area: SearchArea,
  kind: VectorKind,
  asker: Asker,
  signal: AbortSignal,
): Promise<{ left: number; problem?: string }> {
  const { first, total } = await listUnembedded(db.aside(asker), area, kind, MOST_AT_ONCE)
  if (total === 0) return { left: 0 }
  const headings = new Map(first.map((chunk) => [chunk.id, chunk.headings]))
  const chunks = (await listChunksByIds(db.read, area.placeId, [...headings.keys()])).map((chunk) => {
    const above = headings.get(chunk.id)!
    return { ...chunk, headings: above, text: textOf(`${above}${chunk.title}\n${chunk.preamble}${chunk.body}`, null) }
  })
  // Services refuse empty texts.
  const spoken = chunks.filter(({ text }) => text !== '')
  try {
    const texts = spoken.map(({ text }) => text)
    const vectors = texts.length === 0 ? [] : await embedder.embed(texts, 'store', signal)
    const byId = new Map(spoken.map(({ id }, at) => [id, vectors[at]!]))
    const embedded = chunks.map((chunk) => ({
      ...chunk,
      vector: byId.get(chunk.id) ?? new Float32Array(kind.dimension),
    }))
    await db.transaction((tx) => putEmbeddings(tx, area.placeId, kind, embedded))
    return { left: total - first.length }
  } catch (error) {
    return { left: total, problem: error instanceof Error ? error.message : String(error) }
  }
}
