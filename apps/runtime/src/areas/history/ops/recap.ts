import { ToolError } from '../../../ground/tool-error.ts'
import { findOwnChat } from '../access.ts'
import { toChat } from '../chat.ts'
import { findChat, updateNotes } from '../store.ts'
import { textToRecap } from '../text-to-recap.ts'
import type { HistoryOp } from './index.ts'

export const recap: HistoryOp<'recap'> =
  (ctx) =>
  async (caller, { scope = 'self', session_id }) => {
    const row = await findOwnChat(ctx.db, caller, session_id)
    const isCurrent = row.summary !== null && (row.summary_updated_at ?? 0) > row.last_activity
    if (isCurrent) return { scope, summary: row.summary!, chat: toChat(row) }
    const startedAt = ctx.clock.now()
    const text = await textToRecap(ctx.db, row)
    if (text === '') throw new ToolError('nothing was said in this conversation yet')
    const summary = await ctx.summarise(row, text)
    // What is said while the model reads makes the recap old.
    await ctx.db.write([updateNotes(ctx.db.sql, row, { summary, summary_updated_at: startedAt }).compile()])
    return { scope, summary, chat: toChat((await findChat(ctx.db, session_id))!) }
  }
