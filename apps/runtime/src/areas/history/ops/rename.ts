import { ToolError } from '../../../ground/tool-error.ts'
import { changeChat } from './change-chat.ts'
import type { HistoryOp } from './index.ts'

export const rename: HistoryOp<'rename'> = (ctx) => async (caller, input) => {
  const title = input.title.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  if (title === '') throw new ToolError('title must not be empty')
  return changeChat(ctx, caller, input, { title })
}
