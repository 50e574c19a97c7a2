import { countTags } from '../store.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const tags: HistoryOp<'tags'> = async (ctx, { scope = 'self' }) => ({
  scope,
  tags: await countTags(ctx.db, toFilter(ctx, { scope })),
})
