import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { op, opSet } from './op.ts'
import { Anything, Bool, emptyCounts, Int, type Of, object, oneOf, optional, Text } from './schema.ts'

export const channelScopes = ['agent', 'user', 'global', 'tenant'] as const
export type ChannelScope = (typeof channelScopes)[number]
export const channelSemantics = ['queue', 'topic', 'broadcast'] as const
export type ChannelSemantic = (typeof channelSemantics)[number]
export const awaitModes = ['any', 'all', 'at_least'] as const
export type AwaitMode = (typeof awaitModes)[number]

/** A name, or the start of names followed by `/*`: a declaration for every channel below. */
export const channelNamePattern = '^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$'

const Channel = Type.String({ minLength: 1, maxLength: 256, description: 'Name of a channel, e.g. research-done/c1.' })
const Channels = Type.Array(Channel, { minItems: 1, maxItems: 32 })
const Cursor = Text('Where to read on: what comes after it. `cur_0` is the start.')
const MaxMessages = Type.Integer({ minimum: 1, maximum: 100, default: 10 })
const WaitMs = (description: string) => Type.Integer({ minimum: 0, description })
const DeliverAt = Text('RFC 3339; until then nobody sees the message.')
const scope = optional(
  oneOf(['agent', 'user', 'tenant'], 'For documents/<id>/chunks: where the document is; `user` unless given.'),
)

export const ChannelMessage = object('ChannelMessage', { id: Text(), value: Anything(), published_at: Text() })
export type ChannelMessage = Of<typeof ChannelMessage>

const messages = Type.Array(ChannelMessage)

export const ChannelDelivery = object('ChannelDelivery', { channel: Text(), messages, next_cursor: Text() })
export const ChannelPeek = object('ChannelPeek', {
  channel: Text(),
  messages,
  next_cursor: Text('For reading on with another peek.'),
})
export const ChannelOk = object('ChannelOk', { ok: Bool() })
export const ChannelAwaitEntry = object('ChannelAwaitEntry', { messages, next_cursor: Text() })
export const ChannelAwait = object('ChannelAwait', {
  satisfied: Bool(),
  timed_out: Bool(),
  mode: oneOf(awaitModes),
  fired: Type.Array(Text(), { description: 'Channels that have messages.' }),
  total_messages: Int(),
  results: Type.Record(Type.String(), ChannelAwaitEntry),
})
export type ChannelAwait = Of<typeof ChannelAwait>

export const channelOps = opSet({
  tool: 'Channel',
  description: 'Pass messages to other agents and wait for theirs.',
  access: 'channel:read',
  ops: {
    publish: op({
      name: 'publish',
      description: 'Put a message on a channel.',
      access: 'channel:publish',
      idempotent: false,
      effect: 'changes',
      input: object('ChannelPublishInput', {
        channel: Channel,
        value: Anything('Any JSON value but null, at most 64 KiB.'),
        ttl: optional(Type.Integer({ minimum: 1, description: 'Seconds until the message is gone.' })),
        deliver_at: optional(DeliverAt),
        scope,
      }),
      output: object('ChannelPublishOutput', {
        message_id: Text(),
        channel: Text(),
        dropped_oldest: Int('Older messages that had to go, because the channel keeps only so many.'),
        visible_at: optional(Text()),
      }),
    }),
    subscribe: op({
      name: 'subscribe',
      description:
        'Take the next messages of a channel; they count as read. With wait_ms, wait for one where there is none yet.',
      access: 'channel:publish',
      idempotent: false,
      effect: 'changes',
      input: object('ChannelSubscribeInput', {
        channel: Channel,
        from_cursor: optional(Cursor),
        max_messages: optional(MaxMessages),
        wait_ms: optional(WaitMs('Milliseconds to wait for a message; a wait costs nothing. 0 unless given.')),
        scope,
      }),
      output: ChannelDelivery,
    }),
    peek: op({
      name: 'peek',
      description: 'Read messages without taking them; from the oldest unless from_cursor says otherwise.',
      idempotent: true,
      effect: 'reads',
      input: object('ChannelPeekInput', {
        channel: Channel,
        from_cursor: optional(Cursor),
        max_messages: optional(MaxMessages),
        scope,
      }),
      output: ChannelPeek,
    }),
    ack: op({
      name: 'ack',
      description: 'Count everything up to a cursor as read. Only ever forwards.',
      access: 'channel:publish',
      idempotent: true,
      effect: 'changes',
      input: object('ChannelAckInput', { channel: Channel, cursor: Cursor, scope }),
      output: ChannelOk,
    }),
    list_channels: op({
      name: 'list_channels',
      description: 'The channels you may use.',
      idempotent: true,
      effect: 'reads',
      input: object('ChannelListInput', {}),
      output: object('ChannelListOutput', {
        channels: Type.Array(
          object('ChannelSummary', {
            name: Text(),
            scope: oneOf(channelScopes),
            semantic: oneOf(channelSemantics),
            description: optional(Text()),
            publish: Bool(),
            subscribe: Bool(),
          }),
        ),
      }),
    }),
    await: op({
      name: 'await',
      description:
        'Wait until any, all or at least n of several channels have messages. Takes nothing: subscribe or ack does.',
      idempotent: true,
      effect: 'apart',
      input: object('ChannelAwaitInput', {
        channels: Channels,
        mode: optional(oneOf(awaitModes)),
        n: optional(Type.Integer({ minimum: 1, description: 'How many channels have to have messages (at_least).' })),
        from_cursor: optional(Cursor),
        max_messages: optional(MaxMessages),
        wait_ms: optional(WaitMs('Milliseconds to wait; 30 s unless given.')),
        scope,
      }),
      output: ChannelAwait,
    }),
    broadcast: op({
      name: 'broadcast',
      description: 'Put the same message on several channels; on all of them or, where one is not allowed, on none.',
      access: 'channel:publish',
      idempotent: false,
      effect: 'changes',
      input: object('ChannelBroadcastInput', {
        channels: Channels,
        value: Anything('Any JSON value but null, at most 64 KiB.'),
        deliver_at: optional(DeliverAt),
        scope,
      }),
      output: object('ChannelBroadcastOutput', {
        published: Int(),
        failed: Int(),
        results: Type.Array(
          object('ChannelBroadcastEntry', {
            channel: Text(),
            message_id: optional(Text()),
            visible_at: optional(Text()),
            error: optional(Text()),
          }),
        ),
      }),
    }),
  },
})

export const ChannelDescriptor = object('ChannelDescriptor', {
  name: Text(),
  description: optional(Text()),
  scope: optional(oneOf(channelScopes)),
  semantic: optional(oneOf(channelSemantics)),
  publisher: optional(Text('`system` where agents may not publish.')),
  period: optional(Text()),
  default_ttl: optional(Int('Seconds.')),
  max_messages: optional(Int()),
  message_count: Int(),
  oldest_visible_at: optional(Text()),
  newest_visible_at: optional(Text()),
  source: optional(Text('yaml, runtime, builtin, or orphan: messages without a declaration.')),
})
export type ChannelDescriptor = Of<typeof ChannelDescriptor>

const changeable = {
  description: emptyCounts(optional(Type.String({ maxLength: 4000 }))),
  default_ttl: optional(Type.Integer({ minimum: 0, description: 'Seconds; 0 for none.' })),
  max_messages: optional(Type.Integer({ minimum: 0, description: '0 for no limit.' })),
  semantic: optional(oneOf(channelSemantics)),
}
const position = { from_cursor: optional(Cursor), max_messages: optional(MaxMessages) }
const where = {
  scope: optional(Text('`global` unless given, or `user` with `scope_id`.')),
  scope_id: optional(Text('Whose, where the scope is `user`.')),
}

const PublishBody = object('PublishBody', {
  payload: optional(Anything('Any JSON value but null.')),
  deliver_at: optional(DeliverAt),
})
const PublishResult = object('PublishResult', {
  msg_id: Text(),
  channel: Text(),
  created_at: Text(),
  visible_at: optional(Text()),
})
const SubscribeBody = object('SubscribeBody', {
  ...position,
  wait_ms: optional(WaitMs('Milliseconds to wait for a message, at most 30 s. 0 unless given.')),
})
const PeekQuery = object('PeekQuery', position)
const AckBody = object('AckBody', { cursor: Text() })

const publishErrors = [
  'quota_exceeded',
  'invalid_json',
  'invalid_request',
  'missing_payload',
  'invalid_payload',
  'invalid_deliver_at',
  'payload_too_large',
  'backpressure',
] as const

export const channelEndpoints = {
  listChannels: endpoint({
    method: 'GET',
    path: '/v1/_channels',
    summary: 'Channels, declared ones and those that only have messages',
    access: 'substrate:tenant',
    result: object('ChannelDescriptorList', { channels: Type.Array(ChannelDescriptor) }),
    errors: [],
    envelope: 'json',
  }),
  createChannel: endpoint({
    method: 'POST',
    path: '/v1/_channels',
    summary: 'Declare a channel',
    access: 'substrate:tenant',
    status: 201,
    body: object('CreateChannelBody', {
      name: Type.String({ maxLength: 256 }),
      scope: optional(oneOf(channelScopes)),
      publisher: optional(Text('Empty, or `system`.')),
      period: optional(Text()),
      ...changeable,
    }),
    result: ChannelDescriptor,
    errors: ['quota_exceeded', 'invalid_json', 'invalid_request', 'channel_yaml_immutable', 'channel_name_in_use'],
    envelope: 'json',
  }),
  updateChannel: endpoint({
    method: 'PATCH',
    path: '/v1/_channels/{name}',
    summary: 'Change a channel that was declared over the wire',
    access: 'substrate:tenant',
    body: object('UpdateChannelBody', changeable),
    result: ChannelDescriptor,
    errors: ['invalid_json', 'invalid_request', 'channel_not_found', 'channel_yaml_immutable'],
    envelope: 'json',
  }),
  deleteChannel: endpoint({
    method: 'DELETE',
    path: '/v1/_channels/{name}',
    summary: 'Remove a channel’s declaration and its messages',
    access: 'substrate:tenant',
    status: 204,
    errors: ['channel_not_found', 'channel_yaml_immutable'],
    envelope: 'json',
  }),
  purgeChannel: endpoint({
    method: 'POST',
    path: '/v1/_channels/{name}/purge',
    summary: 'Remove a channel’s messages',
    access: 'substrate:tenant',
    result: object('PurgeResult', { name: Text(), purged: Int() }),
    errors: ['channel_not_found'],
    envelope: 'json',
  }),
  publishToChannel: endpoint({
    method: 'POST',
    path: '/v1/_channels/{name}/publish',
    summary: 'Put a message on a channel',
    access: 'substrate:tenant',
    body: PublishBody,
    result: PublishResult,
    errors: [...publishErrors, 'channel_not_declared'],
    envelope: 'json',
  }),
  subscribeToChannel: endpoint({
    method: 'POST',
    path: '/v1/_channels/{name}/subscribe',
    summary: 'Take the next messages of a channel, waiting for one where there is none',
    access: 'substrate:tenant',
    body: SubscribeBody,
    result: ChannelDelivery,
    errors: ['invalid_json', 'invalid_request', 'channel_not_declared'],
    envelope: 'json',
  }),
  peekChannel: endpoint({
    method: 'GET',
    path: '/v1/_channels/{name}/peek',
    summary: 'Read messages of a channel without taking them',
    access: 'substrate:tenant',
    query: PeekQuery,
    result: ChannelPeek,
    errors: ['invalid_request', 'channel_not_declared'],
    envelope: 'json',
  }),
  ackChannel: endpoint({
    method: 'POST',
    path: '/v1/_channels/{name}/ack',
    summary: 'Count everything up to a cursor as read',
    access: 'substrate:tenant',
    body: AckBody,
    result: ChannelOk,
    errors: ['invalid_json', 'invalid_request', 'channel_not_declared', 'channel_cursor_regression'],
    envelope: 'json',
  }),
  awaitChannels: endpoint({
    method: 'POST',
    path: '/v1/_channels/_await',
    key: 'none',
    summary: 'Wait until several channels have messages, taking none',
    access: 'substrate:tenant',
    body: object('AwaitBody', {
      channels: Channels,
      ...where,
      mode: optional(oneOf(awaitModes)),
      n: optional(Type.Integer({ minimum: 1 })),
      ...position,
      wait_ms: optional(WaitMs('Milliseconds to wait, at most 30 s, which is what it is unless given.')),
    }),
    result: ChannelAwait,
    errors: [
      'invalid_json',
      'invalid_request',
      'channel_scope_invalid',
      'scope_agent_invalid',
      'missing_scope_id',
      'channel_not_declared',
      'unknown_channel',
    ],
    envelope: 'json',
  }),
  broadcastToChannels: endpoint({
    method: 'POST',
    path: '/v1/_channels/_broadcast',
    summary: 'Put the same message on several channels',
    access: 'substrate:tenant',
    body: object('BroadcastBody', {
      channels: Channels,
      ...where,
      payload: optional(Anything('Any JSON value but null.')),
      deliver_at: optional(DeliverAt),
    }),
    result: object('BroadcastResult', {
      published: Int(),
      failed: Int(),
      results: Type.Array(
        object('BroadcastEntry', {
          channel: Text(),
          msg_id: optional(Text()),
          created_at: optional(Text()),
          visible_at: optional(Text()),
          error: optional(Text()),
        }),
      ),
    }),
    errors: [
      ...publishErrors,
      'channel_scope_invalid',
      'scope_agent_invalid',
      'missing_scope_id',
      'unknown_channel',
      'system_channel',
    ],
    envelope: 'json',
  }),
  publishSystemMessage: endpoint({
    method: 'POST',
    path: '/v1/_channels/{name...}',
    summary: 'Put a message on a channel of the system, whose name starts with _system/',
    access: 'substrate:tenant',
    body: PublishBody,
    result: PublishResult,
    errors: [...publishErrors, 'non_system_channel', 'channel_not_declared'],
    envelope: 'json',
  }),
  listAgentCursors: endpoint({
    method: 'GET',
    path: '/v1/agents/{agent_name}/channels',
    summary: 'How far an agent has read which channels',
    access: 'runs:read',
    result: object('AgentCursorList', {
      channels: Type.Array(
        object('AgentCursor', {
          channel: Text(),
          tenant_id: Text(),
          scope: oneOf(channelScopes),
          scope_id: Text(),
          cursor: Text(),
          updated_at: Text(),
        }),
      ),
    }),
    errors: [],
    envelope: 'json',
  }),
  publishToUserChannel: endpoint({
    method: 'POST',
    path: '/v1/users/{user_id}/channels/{name}/publish',
    summary: 'Put a message on a user’s channel',
    access: 'channel:publish',
    body: PublishBody,
    result: PublishResult,
    errors: [...publishErrors, 'unknown_channel', 'system_channel'],
    envelope: 'json',
  }),
  subscribeToUserChannel: endpoint({
    method: 'POST',
    path: '/v1/users/{user_id}/channels/{name}/subscribe',
    summary: 'Take the next messages of a user’s channel, waiting for one where there is none',
    access: 'channel:publish',
    body: SubscribeBody,
    result: ChannelDelivery,
    errors: ['invalid_json', 'invalid_request', 'unknown_channel'],
    envelope: 'json',
  }),
  peekUserChannel: endpoint({
    method: 'GET',
    path: '/v1/users/{user_id}/channels/{name}/peek',
    summary: 'Read messages of a user’s channel without taking them',
    access: 'channel:read',
    query: PeekQuery,
    result: ChannelPeek,
    errors: ['invalid_request', 'unknown_channel'],
    envelope: 'json',
  }),
  ackUserChannel: endpoint({
    method: 'POST',
    path: '/v1/users/{user_id}/channels/{name}/ack',
    summary: 'Count everything up to a cursor of a user’s channel as read',
    access: 'channel:publish',
    body: AckBody,
    result: ChannelOk,
    errors: ['invalid_json', 'invalid_request', 'unknown_channel', 'channel_cursor_regression'],
    envelope: 'json',
  }),
}
