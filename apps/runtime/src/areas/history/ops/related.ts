import { ToolError } from '../../../ground/tool-error.ts'
import { findOwnChat } from '../access.ts'
import { findRelated } from '../search.ts'
import { toFilter } from './filter.ts'
import type { HistoryOp } from './index.ts'

export const related: HistoryOp<'related'> =
  (ctx) =>
  async (caller, { scope = 'self', session_id, query, limit = 10 }) => {
    if (!session_id && !query) throw new ToolError('session_id or query is missing')
    const chat = session_id ? await findOwnChat(ctx.db, caller, session_id) : undefined
    const about = [query, chat?.title, chat?.opening, chat?.description, chat?.tags, chat?.summary].filter(Boolean)
    const filter = toFilter(caller, { scope })
    const found = await findRelated(ctx.db, caller, filter, about.join(' '), { limit, except: session_id })
    return { scope, related: found, count: found.length }
  }
