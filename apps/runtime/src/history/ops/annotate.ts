import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import { findChat, updateNotes } from '../store.ts'
import type { HistoryOp } from './index.ts'

export const annotate: HistoryOp<'annotate'> = async (ctx, { scope = 'self', session_id, description, tags }) => {
  const row = await findOwnChat(ctx, session_id)
  const change = {
    ...(description === undefined ? {} : { description: description.toWellFormed().trim() || null }),
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
  }
  if (Object.keys(change).length > 0) await ctx.db.write([updateNotes(ctx.db, row, change)])
  return { scope, chat: toChat((await findChat(ctx.db, session_id))!) }
}

function tagsOf(tags: readonly string[]): string | null {
  const kept = [...new Set(tags.map((tag) => tag.toWellFormed().trim()).filter((tag) => tag !== ''))]
  return kept.length > 0 ? JSON.stringify(kept) : null
}
