import { changeChat } from './change-chat.ts'
import type { HistoryOp } from './index.ts'

export const archive: HistoryOp<'archive'> = (ctx) => (caller, input) =>
  changeChat(ctx, caller, input, { archived_at: (input.archived ?? true) ? ctx.clock.now() : null })
