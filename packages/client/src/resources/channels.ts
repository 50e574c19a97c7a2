import type {
  AckChannelOptions,
  AwaitChannelsOptions,
  BroadcastChannelsOptions,
  ChannelAckResult,
  ChannelAddress,
  ChannelAwaitResult,
  ChannelBroadcastResult,
  ChannelDescriptor,
  ChannelPeekResult,
  ChannelPublishResult,
  ChannelPurgeResult,
  ChannelSubscribeResult,
  CreateChannelOptions,
  ListChannelsResponse,
  PeekChannelOptions,
  PublishChannelOptions,
  SubscribeChannelOptions,
  UpdateChannelOptions,
} from '../channel-types.ts'
import { type Http, keyed, path } from '../http.ts'
import type { CallOptions, KeyedCallOptions } from '../types.ts'

export async function listChannels(http: Http, opts: CallOptions = {}): Promise<ListChannelsResponse> {
  return http.get('/v1/_channels', { signal: opts.signal })
}

export async function createChannel(http: Http, opts: CreateChannelOptions): Promise<ChannelDescriptor> {
  const body = {
    name: opts.name,
    description: opts.description,
    scope: opts.scope,
    semantic: opts.semantic,
    default_ttl: opts.default_ttl,
    max_messages: opts.max_messages,
    publisher: opts.publisher,
    period: opts.period,
  }
  return http.post('/v1/_channels', body, keyed(opts))
}

export async function updateChannel(http: Http, name: string, opts: UpdateChannelOptions): Promise<ChannelDescriptor> {
  const body = {
    description: opts.description,
    default_ttl: opts.default_ttl,
    max_messages: opts.max_messages,
    semantic: opts.semantic,
  }
  return http.patch(path`/v1/_channels/${name}`, body, keyed(opts))
}

export async function deleteChannel(http: Http, name: string, opts: KeyedCallOptions = {}): Promise<void> {
  return http.delete(path`/v1/_channels/${name}`, keyed(opts))
}

export async function purgeChannel(http: Http, name: string, opts: KeyedCallOptions = {}): Promise<ChannelPurgeResult> {
  return http.post(path`/v1/_channels/${name}/purge`, {}, keyed(opts))
}

export async function publishChannel(
  http: Http,
  channel: string,
  opts: PublishChannelOptions,
): Promise<ChannelPublishResult> {
  const body = { payload: opts.payload, deliver_at: opts.deliverAt || undefined }
  return http.post(`${channelPath(channel, opts)}/publish`, body, keyed(opts))
}

export async function subscribeChannel(
  http: Http,
  channel: string,
  opts: SubscribeChannelOptions,
): Promise<ChannelSubscribeResult> {
  const body = { from_cursor: opts.fromCursor, max_messages: opts.maxMessages, wait_ms: opts.waitMs }
  return http.post(`${channelPath(channel, opts)}/subscribe`, body, keyed(opts))
}

export async function peekChannel(http: Http, channel: string, opts: PeekChannelOptions): Promise<ChannelPeekResult> {
  const query = { from_cursor: opts.fromCursor || undefined, max_messages: opts.maxMessages || undefined }
  return http.get(`${channelPath(channel, opts)}/peek`, { query, signal: opts.signal })
}

export async function ackChannel(http: Http, channel: string, opts: AckChannelOptions): Promise<ChannelAckResult> {
  return http.post(`${channelPath(channel, opts)}/ack`, { cursor: opts.cursor }, keyed(opts))
}

export async function awaitChannels(http: Http, opts: AwaitChannelsOptions): Promise<ChannelAwaitResult> {
  const body = {
    channels: opts.channels,
    ...place(opts),
    mode: opts.mode || undefined,
    n: opts.n,
    from_cursor: opts.fromCursor,
    max_messages: opts.maxMessages,
    wait_ms: opts.waitMs,
  }
  return http.post('/v1/_channels/_await', body, { signal: opts.signal })
}

export async function broadcastChannels(http: Http, opts: BroadcastChannelsOptions): Promise<ChannelBroadcastResult> {
  const body = {
    channels: opts.channels,
    payload: opts.payload,
    ...place(opts),
    deliver_at: opts.deliverAt || undefined,
  }
  return http.post('/v1/_channels/_broadcast', body, keyed(opts))
}

function channelPath(channel: string, { scope, userId }: ChannelAddress): string {
  if (scope !== 'user') return path`/v1/_channels/${channel}`
  if (!userId) throw new Error('a channel of scope user needs a userId')
  return path`/v1/users/${userId}/channels/${channel}`
}

function place({ scope, userId }: ChannelAddress) {
  return { scope: scope || undefined, scope_id: userId || undefined }
}
