import type { OutlineChunk } from './outline.ts'

/** What is never a card: the document itself, what somebody said about a card, and how the board is set up. */
export function isAside(chunk: OutlineChunk, rootId: string): boolean {
  return chunk.id === rootId || chunk.type === 'comment' || (chunk.type?.startsWith('loom/') ?? false)
}

/** It stands on a board without being asked for: it has a status. */
export function isCardByItself(chunk: OutlineChunk, rootId: string): boolean {
  return Boolean(chunk.status) && !isAside(chunk, rootId)
}
