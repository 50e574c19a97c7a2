import type { ChangeActor, wire } from '@loomcycle/client'
import type { NewComment } from '../writing/comment.ts'
import type { OutlineChunk } from './outline.ts'

/** Something that was said about a card. */
export interface Comment {
  id: string
  /** Undefined while nobody knows: it is being read. */
  by: ChangeActor | undefined
  body: string | undefined
  /** Unix milliseconds; 0 while it is not known. */
  at: number
  mentions: readonly string[]
  revision: number
}

export interface Thread {
  id: string
  /** Undefined where it was deleted, and what was answered was not. */
  first: Comment | undefined
  replies: readonly Comment[]
  isResolved: boolean
  /** Said here, and not acknowledged yet. */
  sending: readonly NewComment[]
}

/** How a comment is known with its words. */
export type Said = Pick<wire.ChunkSummary, 'revision' | 'body' | 'created_at' | 'created_by'>

/** What was said about a card, in threads: the oldest first, those that are settled after the others. */
export function toThreads(
  comments: readonly OutlineChunk[],
  said: ReadonlyMap<string, Said>,
  sending: readonly NewComment[],
): Thread[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]))
  const rootOf = (id: string): string => {
    const seen = new Set<string>()
    let at = id
    const above = () => replyTo(byId.get(at), byId)
    for (let to = above(); to !== undefined && !seen.has(at); to = above()) {
      seen.add(at)
      at = to
    }
    return at
  }
  const inOrder = comments.map((chunk) => toComment(chunk, said.get(chunk.id))).sort((a, b) => a.at - b.at)
  const threads = new Map<string, { first?: Comment; replies: Comment[]; sending: NewComment[] }>()
  const threadOf = (id: string) => {
    const known = threads.get(id) ?? { replies: [], sending: [] }
    threads.set(id, known)
    return known
  }
  for (const comment of inOrder) {
    const root = rootOf(comment.id)
    if (root === comment.id) threadOf(root).first = comment
    else threadOf(root).replies.push(comment)
  }
  for (const one of sending) threadOf(one.replyTo === undefined ? one.key : rootOf(one.replyTo)).sending.push(one)
  return [...threads]
    .map(([id, { first, replies, sending }]) => {
      return { id, first, replies, sending, isResolved: byId.get(id)?.fields?.resolved === true }
    })
    .sort((a, b) => Number(a.isResolved) - Number(b.isResolved))
}

function toComment({ id, revision, fields, updated_at = '' }: OutlineChunk, said: Said | undefined): Comment {
  const mentions = Array.isArray(fields?.mentions) ? fields.mentions.filter((name) => typeof name === 'string') : []
  const at = Date.parse(said?.created_at ?? updated_at) || 0
  return { id, revision, by: said?.created_by, body: said?.body, at, mentions }
}

/** The comment that one says it answers, or stands under. */
function replyTo(comment: OutlineChunk | undefined, all: ReadonlyMap<string, unknown>): string | undefined {
  const to = comment?.fields?.reply_to
  if (typeof to === 'string' && to !== comment?.id) return to
  const above = comment?.parent_id
  return above !== undefined && all.has(above) ? above : undefined
}
