import type { CallOptions, KeyedCallOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** Whose channel: the tenant's one of that name, or a user's own. */
export type ChannelScope = 'global' | 'user'

/** Which channel of a name. */
export interface ChannelAddress {
  scope: ChannelScope
  /** Whose, where `scope` is `user`. */
  userId?: string
}

/** A channel: its declaration, and what it holds. */
export interface ChannelDescriptor extends Omit<wire.ChannelDescriptor, 'scope' | 'semantic' | 'source'> {
  scope?: string
  semantic?: string
  /** `orphan`: messages without a declaration. */
  source?: 'yaml' | 'runtime' | 'orphan' | (string & {})
}

/** Body of `GET /v1/_channels`. */
export interface ListChannelsResponse {
  channels: ChannelDescriptor[]
}

/** A message to put on a channel. */
export interface PublishChannelOptions extends ChannelAddress, KeyedCallOptions {
  /** Any JSON value but null. */
  payload: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliverAt?: string
}

/** What became of a message. */
export type ChannelPublishResult = wire.PublishResult

/** Which messages to take, and how long to wait for them. */
export interface SubscribeChannelOptions extends ChannelAddress, KeyedCallOptions {
  /** Only what comes after it; after what was read before without it. */
  fromCursor?: string
  maxMessages?: number
  /** Milliseconds to wait for a message, at most 30 000. Default 0. */
  waitMs?: number
}

/** A message. */
export type ChannelMessageItem = wire.ChannelMessage

/** Messages taken; `next_cursor` is where to read on. */
export type ChannelSubscribeResult = wire.ChannelDelivery

/** Which messages to look at. */
export interface PeekChannelOptions extends ChannelAddress, CallOptions {
  fromCursor?: string
  maxMessages?: number
}

/** Messages looked at. */
export interface ChannelPeekResult {
  channel: string
  messages: ChannelMessageItem[]
  /** For reading on with another peek. */
  next_cursor?: string
}

/** Up to where messages count as read. */
export interface AckChannelOptions extends ChannelAddress, KeyedCallOptions {
  cursor: string
}

/** Answer to an `ack`. */
export type ChannelAckResult = wire.ChannelOk

/** How many of several channels have to have messages. */
export type ChannelAwaitMode = 'any' | 'all' | 'at_least'

/** What to wait for. */
export interface AwaitChannelsOptions extends ChannelAddress, CallOptions {
  channels: string[]
  mode?: ChannelAwaitMode
  /** How many channels, with `at_least`. */
  n?: number
  fromCursor?: string
  maxMessages?: number
  /** Milliseconds, at most 30 000, which is the default. */
  waitMs?: number
}

/** What there is on one of several channels. */
export type ChannelAwaitEntry = wire.ChannelAwaitEntry

/** What there is on several channels. Time running out is an answer too: `timed_out`. */
export type ChannelAwaitResult = wire.ChannelAwait

/** A message to put on several channels. */
export interface BroadcastChannelsOptions extends ChannelAddress, KeyedCallOptions {
  channels: string[]
  /** Any JSON value but null. */
  payload: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliverAt?: string
}

/** What became of a message on one of several channels. */
export type ChannelBroadcastEntry = wire.BroadcastEntry

/** What became of a message on several channels. */
export type ChannelBroadcastResult = wire.BroadcastResult

/** A channel to declare. Snake case, as on the wire. */
export interface CreateChannelOptions extends UpdateChannelOptions {
  name: string
  scope?: string
  /** `system` where agents may not publish. */
  publisher?: string
  period?: string
}

/** What to change of a channel. Snake case, as on the wire. */
export interface UpdateChannelOptions extends KeyedCallOptions {
  description?: string
  /** Seconds; 0 for none. */
  default_ttl?: number
  /** 0 for no limit. */
  max_messages?: number
  semantic?: string
}

/** How many messages were removed. */
export type ChannelPurgeResult = wire.PurgeResult
