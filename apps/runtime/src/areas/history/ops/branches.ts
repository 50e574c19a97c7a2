import { findOwnChat, mayOpen } from '../access.ts'
import { toChat } from '../chat.ts'
import { listBranches } from '../store.ts'
import type { HistoryOp } from './index.ts'

export const branches: HistoryOp<'branches'> =
  (ctx) =>
  async (caller, { scope = 'self', session_id }) => {
    await findOwnChat(ctx.db, caller, session_id)
    const rows = await listBranches(ctx.db, session_id)
    return { scope, branches: rows.filter((row) => mayOpen(caller, row)).map(toChat) }
  }
