import { toChat } from '../chat.ts'
import { search } from '../search.ts'
import { countChats, listChats } from '../store.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const list: HistoryOp<'list'> = (ctx) => async (caller, input) => {
  const { scope = 'self', limit = 50, offset = 0 } = input
  const filter = toFilter(caller, input)
  const page = { limit, offset }
  if (input.query) return { scope, ...page, ...(await search(ctx.db, caller, filter, input.query, page)) }
  const aside = ctx.db.aside(caller)
  const chats = await listChats(ctx.db, aside, filter, page)
  return { scope, ...page, chats: chats.map(toChat), total: await countChats(ctx.db, aside, filter) }
}
