import { reach } from '../access.ts'
import { toChat } from '../chat.ts'
import { countChats, listChats } from '../store.ts'
import type { HistoryOp } from './index.ts'

export const list: HistoryOp<'list'> = async ({ db, principal }, input) => {
  const { scope = 'self', limit = 50, offset = 0 } = input
  const filter = {
    ...reach(principal, scope),
    pinnedOnly: input.pinned_only ?? false,
    includeArchived: input.include_archived ?? false,
    titleContains: input.title_contains,
  }
  const chats = await listChats(db, filter, { limit, offset })
  return { scope, chats: chats.map(toChat), total: await countChats(db, filter), limit, offset }
}
