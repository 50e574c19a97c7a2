import { commentType } from '../writing/comment.ts'
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
  /** What has been said about which chunk. */
  said: ReadonlyMap<string, readonly OutlineChunk[]>
}

const boardKey = 'board:'

/** What a document says, apart from what is said about it and how it is shown. */
export function withoutAsides(all: Chunks, rootId: string): Contents {
  const boards = new Map<string, OutlineChunk>()
  const said = new Map<string, OutlineChunk[]>()
  const asides = new Set<string>()
  for (const chunk of all.values()) {
    if (chunk.id === rootId || !isAside(chunk, rootId)) continue
    asides.add(chunk.id)
    const { type, natural_key: key = '', parent_id: about = '' } = chunk
    if (type === commentType) {
      const known = said.get(about)
      if (known) known.push(chunk)
      else said.set(about, [chunk])
    } else if (key.startsWith(boardKey)) boards.set(key.slice(boardKey.length), chunk)
  }
  const chunks = asides.size === 0 ? all : new Map([...all].filter(([id]) => !asides.has(id)))
  const comments = new Map([...said].map(([id, all]) => [id, all.length]))
  return { chunks, boards, comments, said }
}
