import type { ChunkState } from '../chunks/chunk.ts'
import type { Removed, RemovedBatch } from '../chunks/remove-chunks.ts'
import type { RemovedDocument } from '../remove-document.ts'
import type { StoredChange } from '../store/changes.ts'
import type { TypeRow } from '../store/types.ts'
import { overwrittenBy } from './versions.ts'

/** What a run did, thing by thing, with what it takes to undo it. */
export interface RunEffects {
  /** How many that were. */
  changes: number
  documents: Array<{
    id: string
    title: string
    since: number
    created: boolean
    removed?: RemovedDocument & Partial<Removed>
  }>
  chunks: ChunkEffect[]
  edges: Array<{ from_id: string; to_id: string; kind: string; since: number; drawn: boolean }>
  types: Array<{ document_id: string; name: string; since: number; before: TypeRow | undefined }>
  names: Array<{ id: string; title: string }>
}

export interface ChunkEffect {
  id: string
  document_id: string
  /** The first of the run's changes to it. */
  since: number
  title: string
  created: boolean
  removed?: Removed | RemovedBatch
  /** What was there before, of what was changed. */
  before: Partial<ChunkState>
}

/** Sums up a run's changes, the newest first. */
export async function effectsOf(changes: AsyncIterable<StoredChange>): Promise<RunEffects> {
  const documents = new Map<string, RunEffects['documents'][number]>()
  const chunks = new Map<string, ChunkEffect>()
  const edges = new Map<string, RunEffects['edges'][number]>()
  const types = new Map<string, RunEffects['types'][number]>()
  const names = new Map<string, RunEffects['names'][number]>()
  let count = 0
  for await (const change of changes) {
    count++
    // Cards that made room are in their order, whatever is undone beside them.
    if ('ranks' in change.detail) continue
    const { seq, op, document_id, chunk_id } = change
    const title = String(change.detail.title ?? '')
    const before = (change.before ?? {}) as Record<string, unknown>
    const chunk = (id: string, more: Partial<ChunkEffect>) => {
      const known = chunks.get(id) ?? { id, document_id, title, created: false, before: {} }
      chunks.set(id, { ...known, since: seq, created: false, ...more })
    }
    if (op === 'define_type') {
      const { name, type } = before as { name: string; type?: TypeRow }
      types.set(`${document_id} ${name}`, { document_id, name, since: seq, before: type })
    } else if (op === 'set_path') names.set(document_id, { id: document_id, title })
    else if (op === 'link_chunks' || op === 'unlink_chunks') {
      const edge = { from_id: chunk_id, ...(before as { to_id: string; kind: string }) }
      edges.set(JSON.stringify(edge), { ...edge, since: seq, drawn: op === 'link_chunks' })
    } else if ('document' in before) {
      const removed = before as unknown as RemovedDocument
      documents.set(document_id, { id: document_id, title, since: seq, created: false, removed })
    } else if (before.created === 'document') {
      documents.set(document_id, { ...documents.get(document_id), id: document_id, title, since: seq, created: true })
    } else if (before.created === 'chunks') for (const id of before.ids as string[]) chunk(id, { created: true })
    else if (before.created === 'chunk') chunk(chunk_id, { created: true })
    else if ('chunks' in before) chunk(chunk_id, { removed: before as unknown as Removed })
    else if ('batch' in before) chunk(chunk_id, { removed: before as unknown as RemovedBatch })
    // Older changes come later here, and it is what was before them that counts.
    else chunk(chunk_id, { before: { ...chunks.get(chunk_id)?.before, ...overwrittenBy(before) } })
  }
  return {
    changes: count,
    documents: [...documents.values()],
    chunks: [...chunks.values()],
    edges: [...edges.values()],
    types: [...types.values()],
    names: [...names.values()],
  }
}
