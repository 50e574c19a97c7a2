import type { ChannelScope, ChannelSemantic } from '@loomcycle/proto'
import type { Generated } from 'kysely'

/** Declared over the wire; those of the configuration are not here. */
export interface ChannelsTable {
  tenant_id: string
  name: string
  description: string | null
  scope: ChannelScope
  semantic: ChannelSemantic
  /** Seconds. */
  default_ttl: number | null
  max_messages: number | null
  publisher: string | null
  period: string | null
  created_at: number
}

export interface ChannelMessagesTable {
  n: Generated<number>
  tenant_id: string
  channel: string
  scope: ChannelScope
  scope_id: string
  /** When it is visible and its id, as text that sorts in the order of delivery. */
  position: string
  /** JSON. */
  payload: string
  published_at: number
  published_by: string
  expires_at: number | null
  /** 1 until the moment it is visible has come and been noticed. */
  deferred: number
}

export interface ChannelCursorsTable {
  tenant_id: string
  channel: string
  scope: ChannelScope
  scope_id: string
  /** Empty where all who read share one cursor. */
  reader: string
  position: string
  /** The agent that moved it last, or empty. */
  moved_by: string
  updated_at: number
}

/** A call that waits for messages; its run is not in memory. */
export interface ChannelWaitersTable {
  /** In the order they came. */
  n: Generated<number>
  run_id: string
  tool_use_id: string
  tenant_id: string
  /** JSON: `Wanted`. */
  wanted: string
  deadline: number
}

/** Which places a waiter looks at. */
export interface ChannelWaitsTable {
  tenant_id: string
  channel: string
  scope: ChannelScope
  scope_id: string
  waiter: number
  /** What stood there up to here had been read when it began to wait. */
  after: string
}
