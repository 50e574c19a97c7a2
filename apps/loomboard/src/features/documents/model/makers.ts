import type { DocumentChange } from '@loomcycle/client'
import type { OutlineChunk } from './outline.ts'

export function aChunk(id: string, more: Partial<OutlineChunk> = {}): OutlineChunk {
  return { id, document_id: 'd', title: id, position: 0, revision: 1, ...more }
}

export function chunksOf(...chunks: OutlineChunk[]): ReadonlyMap<string, OutlineChunk> {
  return new Map(chunks.map((chunk) => [chunk.id, chunk]))
}

let seq = 0

export function aChange(op: string, more: Partial<DocumentChange> = {}): DocumentChange {
  const actor = { kind: 'agent' as const, id: 'reporter' }
  return { type: 'change', seq: ++seq, op, document_id: 'd', actor, at: '2026-06-01T10:00:00.000Z', ...more }
}
