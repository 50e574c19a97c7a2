import { updateSession } from '../../../engine/rows/sessions.ts'
import type { Caller } from '../../../tools/caller.ts'
import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import type { HistoryContext } from '../context.ts'
import { findChat } from '../store.ts'

/** Writes one change to a conversation of the caller's and answers with what it is now. */
export async function changeChat(
  ctx: HistoryContext,
  caller: Caller,
  { session_id, scope = 'self' }: { session_id: string; scope?: string | undefined },
  change: Parameters<typeof updateSession>[2],
) {
  const { session_id: id } = await findOwnChat(ctx.db, caller, session_id)
  await ctx.db.write([updateSession(ctx.db, id, change)])
  return { scope, chat: toChat((await findChat(ctx.db, id))!) }
}
