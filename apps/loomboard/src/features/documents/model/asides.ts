import { commentType } from '../writing/comment.ts'
import { isAside } from './cards.ts'
import { changedIds } from './changed-ids.ts'
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
  /** All of it, as it was told apart. */
  all: Chunks
}

const boardKey = 'board:'

/**
 * What a document says, apart from what is said about it and how it is shown. What is as it was `before`, of the same
 * document, is the same object.
 */
export function withoutAsides(all: Chunks, rootId: string, before?: Contents): Contents {
  const changed = before && changedIds(before.all, all)
  if (!before || !changed) return toldApart(all, rootId)
  const isApart = (chunk: OutlineChunk | undefined) => chunk !== undefined && isSaidAside(chunk, rootId)
  // What a comment was about, or is about from now on.
  const isSubject = (id: string) => before.said.size > 0 && before.all.has(id) !== all.has(id)
  if (changed.some((id) => isApart(before.all.get(id)) || isApart(all.get(id)) || isSubject(id))) {
    return toldApart(all, rootId)
  }
  if (before.chunks === before.all) return { ...before, all, chunks: all }
  if (changed.length === 0) return { ...before, all }
  const chunks = new Map(before.chunks)
  for (const id of changed) {
    const chunk = all.get(id)
    if (chunk) chunks.set(id, chunk)
    else chunks.delete(id)
  }
  return { ...before, all, chunks }
}

const isSaidAside = (chunk: OutlineChunk, rootId: string) => chunk.id !== rootId && isAside(chunk, rootId)

function toldApart(all: Chunks, rootId: string): Contents {
  const boards = new Map<string, OutlineChunk>()
  const said = new Map<string, OutlineChunk[]>()
  const chunks = new Map<string, OutlineChunk>()
  for (const [id, chunk] of all) {
    if (!isSaidAside(chunk, rootId)) {
      chunks.set(id, chunk)
      continue
    }
    const { type, natural_key: key = '' } = chunk
    if (type === commentType) {
      const about = subjectOf(all, chunk, rootId)
      const known = said.get(about)
      if (known) known.push(chunk)
      else said.set(about, [chunk])
    } else if (key.startsWith(boardKey)) boards.set(key.slice(boardKey.length), chunk)
  }
  const comments = new Map([...said].map(([id, all]) => [id, all.length]))
  return { all, chunks: chunks.size === all.size ? all : chunks, boards, comments, said }
}

/** What a comment is about: it may stand under the one it answers, and what stands under nothing is about the document. */
function subjectOf(all: Chunks, comment: OutlineChunk, rootId: string): string {
  const seen = new Set<string>()
  let at: OutlineChunk | undefined = comment
  while (at !== undefined && at.id !== rootId && isAside(at, rootId) && !seen.has(at.id)) {
    seen.add(at.id)
    at = all.get(at.parent_id ?? '')
  }
  return at === undefined || seen.has(at.id) ? rootId : at.id
}
