import { isAside } from './cards.ts'
import type { OutlineChunk } from './outline.ts'

type Chunks = ReadonlyMap<string, OutlineChunk>

export interface Contents {
  /** What the document says. */
  chunks: Chunks
  /** How its boards are set up: `main`, and the saved views, by name. */
  boards: ReadonlyMap<string, OutlineChunk>
  /** How much has been said about which chunk. */
  comments: ReadonlyMap<string, number>
}

const boardKey = 'board:'

/** What a document says, apart from what is said about it and how it is shown. */
export function withoutAsides(all: Chunks, rootId: string): Contents {
  const boards = new Map<string, OutlineChunk>()
  const comments = new Map<string, number>()
  const asides = new Set<string>()
  for (const chunk of all.values()) {
    if (chunk.id === rootId || !isAside(chunk, rootId)) continue
    asides.add(chunk.id)
    const { type, natural_key: key = '', parent_id: about = '' } = chunk
    if (type === 'comment') comments.set(about, (comments.get(about) ?? 0) + 1)
    else if (key.startsWith(boardKey)) boards.set(key.slice(boardKey.length), chunk)
  }
  const chunks = asides.size === 0 ? all : new Map([...all].filter(([id]) => !asides.has(id)))
  return { chunks, boards, comments }
}
