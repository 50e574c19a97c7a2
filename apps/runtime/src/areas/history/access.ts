import type { HistoryScope } from '@loomcycle/proto'
import { isAdmin, mayAccess, type Principal, seesTenant } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { ToolScope } from '../../tools/tool.ts'
import type { HistoryContext } from './context.ts'
import { type ChatFilter, type ChatRow, findChat } from './store.ts'

/** A model could not take more. */
const mostAgentBytes = 1024 * 1024

export type Reach = Pick<ChatFilter, 'tenantId' | 'userId' | 'agent'>

/** Somebody who looks into conversations. */
export interface HistoryCaller {
  /** Whose conversations a scope means; refuses a scope that is not the caller's. */
  reach(scope: HistoryScope): Reach
  /** Whether a conversation may be read and changed. */
  mayOpen(chat: Pick<ChatRow, 'tenant_id' | 'user_id' | 'agent'>): boolean
  /** People see what they deleted until it is purged; for agents it is gone. */
  seesDeleted: boolean
  /** How much of a conversation is read at once; undefined: as much as is asked for. */
  mostBytes?: number
}

export function principalCaller(principal: Principal): HistoryCaller {
  return {
    reach(scope) {
      if (scope === 'global') {
        if (!isAdmin(principal)) {
          throw new ToolError('the scope "global" is the administrator’s; use "user" or "tenant"')
        }
        return { tenantId: undefined, userId: undefined }
      }
      if (scope === 'tenant') {
        if (!mayAccess(principal, 'substrate:tenant'))
          throw new ToolError('the scope "tenant" needs substrate:tenant; use "user"')
        return { tenantId: principal.tenantId, userId: undefined }
      }
      return { tenantId: principal.tenantId, userId: principal.subject }
    },
    seesDeleted: true,
    mayOpen: (chat) =>
      seesTenant(principal, chat.tenant_id) &&
      (chat.user_id === principal.subject || mayAccess(principal, 'substrate:tenant')),
  }
}

/** An agent sees what its setting `history_scope` opens: its own conversations with the user, all of the user's, or the tenant's. */
export function agentCaller({ agent, tenantId, userId }: ToolScope): HistoryCaller {
  const given: readonly HistoryScope[] = agent.historyScope ?? []
  const reaches: Partial<Record<HistoryScope, Reach>> = {
    self: { tenantId, userId, agent: agent.name },
    user: { tenantId, userId },
    tenant: { tenantId, userId: undefined },
  }
  return {
    reach(scope) {
      const reach = given.includes(scope) ? reaches[scope] : undefined
      if (reach) return reach
      throw new ToolError(
        `the scope "${scope}" is not open to agent ${agent.name}; its setting history_scope would allow it`,
      )
    },
    seesDeleted: false,
    mostBytes: mostAgentBytes,
    mayOpen: (chat) => given.some((scope) => isWithin(chat, reaches[scope])),
  }
}

function isWithin(chat: Pick<ChatRow, 'tenant_id' | 'user_id' | 'agent'>, reach: Reach | undefined): boolean {
  if (!reach || chat.tenant_id !== reach.tenantId) return false
  return (
    (reach.userId === undefined || chat.user_id === reach.userId) &&
    (reach.agent === undefined || chat.agent === reach.agent)
  )
}

/** The conversation, if the caller may open it; a foreign one and a missing one look the same. */
export async function findOwnChat({ db, caller }: HistoryContext, sessionId: string): Promise<ChatRow> {
  const chat = await findChat(db, sessionId)
  if (!chat || !caller.mayOpen(chat)) throw new ToolError(`session not found: ${sessionId}`)
  return chat
}
