import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import { toChat } from '../chat.ts'
import { search } from '../search.ts'
import { chatKey, countChats, listChats } from '../store.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const list: HistoryOp<'list'> = (ctx) => async (caller, input) => {
  const { scope = 'self', limit = 50, offset = 0, cursor } = input
  const filter = toFilter(caller, input)
  const page = { limit, offset, cursor }
  if (input.query) return { scope, limit, offset, ...(await search(ctx.db, caller, filter, input.query, page)) }
  const aside = ctx.db.aside(caller)
  const listing: Listing = ['history.list', { ...filter }]
  const after = afterCursor(cursor, listing, 3)
  const found = await listChats(ctx.db, aside, filter, { limit: limit + 1, offset, after })
  const { rows, next } = toPage(found, limit, listing, chatKey)
  const total = await countChats(ctx.db, aside, filter)
  return { scope, limit, offset, chats: rows.map(toChat), total, ...next }
}
