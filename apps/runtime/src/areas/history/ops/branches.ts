import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import type { Caller } from '../../../tools/caller.ts'
import { findOwnChat, mayOpen } from '../access.ts'
import { toChat } from '../chat.ts'
import type { HistoryContext } from '../context.ts'
import { branchKey, type ChatRow, listBranches } from '../store.ts'
import type { HistoryOp } from './index.ts'

export const branches: HistoryOp<'branches'> =
  (ctx) =>
  async (caller, { scope = 'self', session_id, limit = 1000, cursor }) => {
    const source = await findOwnChat(ctx.db, caller, session_id)
    const listing: Listing = ['history.branches', { source: source.session_id }]
    const found = await listOpen(ctx, caller, session_id, { after: afterCursor(cursor, listing, 2), limit: limit + 1 })
    const { rows, next } = toPage(found, limit, listing, branchKey)
    return { scope, branches: rows.map(toChat), ...next }
  }

/** At most so many of those that the caller may open; of the others nothing gets into a cursor. */
async function listOpen(
  { db }: HistoryContext,
  caller: Caller,
  sessionId: string,
  page: { after: readonly unknown[] | undefined; limit: number },
): Promise<ChatRow[]> {
  const open: ChatRow[] = []
  for (let { after } = page; ; ) {
    const rows = await listBranches(db, sessionId, { after, limit: page.limit })
    open.push(...rows.filter((row) => mayOpen(caller, row)))
    const last = rows.at(-1)
    if (open.length >= page.limit || rows.length < page.limit || !last) return open.slice(0, page.limit)
    after = branchKey(last)
  }
}
