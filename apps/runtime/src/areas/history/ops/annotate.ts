import type { Database } from '../../../ground/db/database.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import { type ChatRow, findChat, findTags, updateNotes } from '../store.ts'
import type { HistoryOp } from './index.ts'

const mostTags = 32

export const annotate: HistoryOp<'annotate'> = (ctx) => async (caller, input) => {
  const { scope = 'self', session_id, description, tags, add_tags: add = [], remove_tags: remove = [] } = input
  const row = await findOwnChat(ctx.db, caller, session_id)
  if (description !== undefined) {
    await ctx.db.write([updateNotes(ctx.db.sql, row, { description: cleaned(description) || null }).compile()])
  }
  if (tags || add.length > 0 || remove.length > 0) await changeTags(ctx.db, row, { tags, add, remove })
  return { scope, chat: toChat((await findChat(ctx.db, session_id))!) }
}

/** In one transaction: of two who add a tag at once, both do. */
function changeTags(
  db: Database,
  row: ChatRow,
  { tags, add, remove }: { tags: readonly string[] | undefined; add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  return db.transaction(async (tx) => {
    const before = tags ?? (await findTags(tx, row.session_id))
    const removed = new Set(remove.map(cleaned))
    const kept = new Set([...before, ...add].map(cleaned).filter((tag) => tag !== '' && !removed.has(tag)))
    if (kept.size > mostTags) throw new ToolError(`a conversation has at most ${mostTags} tags; remove one first`)
    await updateNotes(tx, row, { tags: kept.size > 0 ? JSON.stringify([...kept]) : null }).execute()
  })
}

function cleaned(text: string): string {
  return text.toWellFormed().trim()
}
