import { isAdmin, mayAccess, type Principal, seesTenant } from '../identity/principal.ts'
import { ToolError } from '../tools/tool.ts'
import type { HistoryContext } from './context.ts'
import { type ChatFilter, type ChatRow, findChat } from './store.ts'

export type HistoryScope = 'self' | 'user' | 'tenant' | 'global'

/** Whose conversations a scope means for this caller. */
export function reach(principal: Principal, scope: HistoryScope): Pick<ChatFilter, 'tenantId' | 'userId'> {
  if (scope === 'global') {
    if (!isAdmin(principal)) throw new ToolError('the scope "global" is the administrator’s; use "user" or "tenant"')
    return { tenantId: undefined, userId: undefined }
  }
  if (scope === 'tenant') {
    if (!mayAccess(principal, 'substrate:tenant'))
      throw new ToolError('the scope "tenant" needs substrate:tenant; use "user"')
    return { tenantId: principal.tenantId, userId: undefined }
  }
  return { tenantId: principal.tenantId, userId: principal.subject }
}

/** The conversation, if the caller may change it; a foreign one and a missing one look the same. */
export async function findOwnChat({ db, principal }: HistoryContext, sessionId: string): Promise<ChatRow> {
  const chat = await findChat(db, sessionId)
  const own = chat && seesTenant(principal, chat.tenant_id)
  const mayChange = own && (chat.user_id === principal.subject || mayAccess(principal, 'substrate:tenant'))
  if (!mayChange) throw new ToolError(`session not found: ${sessionId}`)
  return chat
}
