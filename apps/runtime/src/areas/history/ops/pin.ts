import { changeChat } from './change-chat.ts'
import type { HistoryOp } from './index.ts'

export const pin: HistoryOp<'pin'> = (ctx) => (caller, input) =>
  changeChat(ctx, caller, input, { pinned: (input.pinned ?? true) ? 1 : 0 })
