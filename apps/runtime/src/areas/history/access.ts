import type { HistoryScope } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import { isAdmin, mayAccess, type Principal, seesTenant } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
import { type ChatFilter, type ChatRow, findChat } from './store.ts'

/** A model could not take more. */
const mostAgentBytes = 1024 * 1024

export type Reach = Pick<ChatFilter, 'tenantId' | 'userId' | 'agent'>
type Owned = Pick<ChatRow, 'tenant_id' | 'user_id' | 'agent'>

/** Whose conversations a scope means; refuses a scope that is not the caller's. */
export function reachOf(caller: Caller, scope: HistoryScope): Reach {
  const { run, principal } = caller
  if (!run) return principalReach(principal, scope)
  const reach = openScopes(caller).includes(scope) ? agentReaches(caller)[scope] : undefined
  if (reach) return reach
  throw new ToolError(
    `the scope "${scope}" is not open to agent ${run.agent.name}; its setting history_scope would allow it`,
  )
}

/** Whether a conversation may be read and changed. */
export function mayOpen(caller: Caller, chat: Owned): boolean {
  const { run, principal } = caller
  if (run) {
    const reaches = agentReaches(caller)
    return openScopes(caller).some((scope) => isWithin(chat, reaches[scope]))
  }
  const isOwn = chat.user_id === principal.subject || mayAccess(principal, 'substrate:tenant')
  return isOwn && seesTenant(principal, chat.tenant_id)
}

/** Whether the caller may look back at all; only agents may have been given nothing. */
export function looksBack(caller: Caller): boolean {
  return caller.run === undefined || openScopes(caller).length > 0
}

/** People see what they deleted until it is purged; for agents it is gone. */
export function seesDeleted({ run }: Caller): boolean {
  return run === undefined
}

/** How much of a conversation is read at once; undefined: as much as is asked for. */
export function mostBytes({ run }: Caller): number | undefined {
  return run && mostAgentBytes
}

function principalReach(principal: Principal, scope: HistoryScope): Reach {
  const { tenantId, subject } = principal
  if (scope === 'global') {
    if (isAdmin(principal)) return { tenantId: undefined, userId: undefined }
    throw new ToolError('the scope "global" is the administrator’s; use "user" or "tenant"')
  }
  if (scope !== 'tenant') return { tenantId, userId: subject }
  if (mayAccess(principal, 'substrate:tenant')) return { tenantId, userId: undefined }
  throw new ToolError('the scope "tenant" needs substrate:tenant; use "user"')
}

/** An agent sees what its setting `history_scope` opens: its own conversations with the user, all of the user's, or the tenant's. */
function openScopes({ run }: Caller): readonly HistoryScope[] {
  return run?.agent.historyScope ?? []
}

function agentReaches({ run, tenantId, userId }: Caller): Partial<Record<HistoryScope, Reach>> {
  return {
    self: { tenantId, userId, agent: run?.agent.name },
    user: { tenantId, userId },
    tenant: { tenantId, userId: undefined },
  }
}

function isWithin(chat: Owned, reach: Reach | undefined): boolean {
  if (!reach || chat.tenant_id !== reach.tenantId) return false
  return (
    (reach.userId === undefined || chat.user_id === reach.userId) &&
    (reach.agent === undefined || chat.agent === reach.agent)
  )
}

/** The conversation, if the caller may open it; a foreign one and a missing one look the same. */
export async function findOwnChat(db: Database, caller: Caller, sessionId: string): Promise<ChatRow> {
  const chat = await findChat(db, sessionId)
  if (!chat || !mayOpen(caller, chat)) throw new ToolError(`session not found: ${sessionId}`)
  return chat
}
