import { countTags } from '../store.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const tags: HistoryOp<'tags'> =
  (ctx) =>
  async (caller, { scope = 'self' }) => ({
    scope,
    tags: await countTags(ctx.db.aside(caller), toFilter(caller, { scope })),
  })
