import type { wire } from '@loomcycle/client'

/** Something that is to be said about a chunk, as it is kept until the server has it. */
export interface NewComment {
  key: string
  documentId: string
  cardId: string
  /** Markdown. */
  body: string
  /** Names of agents, and ids of people. */
  mentions: readonly string[]
  /** Which of them are agents, to be started. */
  asks: readonly string[]
  /** The comment that it answers. */
  replyTo?: string
  at: number
}

export const commentType = 'comment'

export function toCreate(
  { documentId, cardId, body, mentions, replyTo }: NewComment,
  self = 'somebody',
): Omit<wire.CreateChunkInput, 'op'> {
  const fields = {
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(mentions.length > 0 ? { mentions } : {}),
  }
  return {
    document_id: documentId,
    parent_id: cardId,
    type: commentType,
    title: `Comment by ${self}`,
    body,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  }
}
