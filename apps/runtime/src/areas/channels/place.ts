import type { ChannelScope } from '@loomcycle/proto'

/** Where messages are: one channel of one tenant, and whose it is. */
export interface Place {
  tenantId: string
  channel: string
  scope: ChannelScope
  /** The agent or the user; empty where the scope has no owner. */
  scopeId: string
}

export function keyOf({ tenantId, channel, scope, scopeId }: Place): string {
  return JSON.stringify([tenantId, channel, scope, scopeId])
}
