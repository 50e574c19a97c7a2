import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import { listBranches } from '../store.ts'
import type { HistoryOp } from './index.ts'

export const branches: HistoryOp<'branches'> = async (ctx, { scope = 'self', session_id }) => {
  await findOwnChat(ctx, session_id)
  const rows = await listBranches(ctx.db, session_id)
  return { scope, branches: rows.filter((row) => ctx.caller.mayOpen(row)).map(toChat) }
}
