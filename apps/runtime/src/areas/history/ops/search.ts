import { search as searchChats } from '../search.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const search: HistoryOp<'search'> = (ctx) => async (caller, input) => {
  const { scope = 'self', limit = 50, offset = 0, cursor } = input
  const page = { limit, offset, cursor }
  return { scope, limit, offset, ...(await searchChats(ctx.db, caller, toFilter(caller, input), input.query, page)) }
}
