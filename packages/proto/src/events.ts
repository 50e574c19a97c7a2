import { Type } from 'typebox'
import { Bool, Int, named, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

export const Usage = object(
  'Usage',
  {
    input_tokens: Int('Read anew: neither from the provider’s prompt cache nor to be kept there.'),
    output_tokens: Int('Written, reasoning included.'),
    cache_creation_input_tokens: optional(Int('Read, and kept in the provider’s prompt cache.')),
    cache_read_input_tokens: optional(Int('Read from the provider’s prompt cache.')),
    model: optional(Text()),
    provider: optional(Text()),
    max_context_tokens: optional(Int('Size of the model’s window.')),
    max_context_is_guess: optional(Bool('Nobody has said how large the window is; `max_context_tokens` is a guess.')),
    credential_source: optional(Text('Whose key paid: `operator`, whose keys the runtime has.')),
    cost: optional(Type.Number({ description: 'What the call cost, at the price that it had when it was made.' })),
    cost_currency: optional(Text('Of `cost`.')),
    provider_reported_cost: optional(Type.Number({ description: 'What the provider says that the call cost.' })),
    provider_cost_currency: optional(Text('Of `provider_reported_cost`.')),
  },
  'The same for every provider: no token is counted twice, and the three kinds that were read are together what the request took of the window.',
)
export type Usage = Of<typeof Usage>

export const ToolUse = object('ToolUse', { id: Text(), name: Text(), input: Type.Unknown() })
export type ToolUse = Of<typeof ToolUse>

const kind = <T extends string>(type: T) => Type.Literal(type)

export const SessionEvent = object('SessionEvent', {
  type: kind('session'),
  text: Text('The session’s id.'),
  session_id: Text(),
})
export const AgentEventFrame = object('AgentFrame', {
  type: kind('agent'),
  agent_id: Text(),
  run_id: Text(),
  session_id: Text(),
  parent_agent_id: optional(Type.Union([Text(), Type.Null()])),
  parent_context: optional(Type.Unknown()),
  input_id: optional(
    Text('A run that was there has taken the message in as this input; the frame’s id is the event before it.'),
  ),
})
export const StartedEvent = object('StartedEvent', { type: kind('started') })
export const TextEvent = object('TextEvent', { type: kind('text'), text: Text('A piece of the answer.') })
export const ThinkingEvent = object('ThinkingEvent', {
  type: kind('thinking'),
  text: Text('A piece of the reasoning.'),
})
export const TextWasThinkingEvent = object(
  'TextWasThinkingEvent',
  {
    type: kind('text_was_thinking'),
  },
  'All text of this turn so far was reasoning: the model has only now said where that ends.',
)
export const ToolCallEvent = object('ToolCallEvent', { type: kind('tool_call'), tool_use: ToolUse })
export const ToolResultEvent = object('ToolResultEvent', {
  type: kind('tool_result'),
  tool_use: ToolUse,
  text: Text('What the tool answered. Of what is too long for its window a model is shown the beginning and the end.'),
  is_error: optional(Bool()),
})
export const UsageEvent = object('UsageEvent', { type: kind('usage'), usage: Usage })
const isVoid = 'What the model has said in this turn so far is void'
export const RetryEvent = object(
  'RetryEvent',
  {
    type: kind('retry'),
    retry: Type.Object({ provider: Text(), attempt: Int(), wait_ms: Int(), reason: Text() }),
  },
  `The model’s service has failed and is asked again. ${isVoid}.`,
)
export const ProviderFallbackEvent = object(
  'ProviderFallbackEvent',
  {
    type: kind('provider_fallback'),
    fallback: Type.Object({
      failed_provider: Text(),
      failed_model: Text(),
      new_provider: optional(Text('What the run goes on with.')),
      new_model: optional(Text()),
      attempt: Int('How many times it has gone on with another model since somebody said something.'),
      user_tier: optional(Text()),
      reason: Text('What kind of failure it was: `retryable` or `deprecated`.'),
      cause_error: optional(Text('Its first 200 characters.')),
    }),
  },
  `The model has failed, and another takes over. ${isVoid}.`,
)
const told = { text: Text('What has happened, in a sentence.') }
export const FallbackSuppressedEvent = object(
  'FallbackSuppressedEvent',
  { type: kind('fallback_suppressed'), ...told },
  'The model failed, and the run stays with it, since it has had an answer of it.',
)
export const CacheInvalidatedEvent = object(
  'CacheInvalidatedEvent',
  { type: kind('cache_invalidated'), ...told },
  'What the service kept of the conversation is of no use to the next one.',
)
export const ReasoningInvalidatedEvent = object(
  'ReasoningInvalidatedEvent',
  { type: kind('reasoning_invalidated'), ...told },
  'What was thought before is not shown to any model again.',
)
export const ModelDowngradedEvent = object(
  'ModelDowngradedEvent',
  { type: kind('model_downgraded'), ...told },
  'The model that was next needs to be shown its thinking in every turn; one that does not think takes its place.',
)
/** Counts: the transcript has what they stand for. */
const Attached = Type.Object({ texts: Int('Untrusted blocks; their words are in the text.'), images: Int() })
export const SteerEvent = object('SteerEvent', {
  type: kind('steer'),
  user_input: Type.Object({
    text: Text('What the operator typed.'),
    source: optional(oneOf(['api', 'webui', 'replay'], 'Always `replay`: it is told from the log.')),
    door: optional(oneOf(['api', 'webui'], 'Where it was said.')),
    seen_at: optional(Text()),
    input_id: optional(Text('The id its sender was given.')),
    attached: optional(Attached),
  }),
})
export const InputReturnedEvent = object('InputReturnedEvent', {
  type: kind('input_returned'),
  input_returned: Type.Object({
    input_id: Text('The id its sender was given.'),
    text: Text('What was said to the run, which ended before it took it in.'),
    attached: optional(Attached),
  }),
})
export const AwaitingInputEvent = object('AwaitingInputEvent', {
  type: kind('awaiting_input'),
  awaiting_input: Type.Object({
    since_turn: Int('Turns of the model before the one that is over.'),
    stop_reason: optional(
      Text(
        'Why the last turn ended. `end_turn` is a whole answer; `max_tokens` was cut off at the limit, `content_filter` by the service’s filter, `refusal` by the model, and with `no_answer` it thought and said nothing.',
      ),
    ),
  }),
})
export const TurnCancelledEvent = object('TurnCancelledEvent', {
  type: kind('turn_cancelled'),
  turn_cancelled: Type.Object({ reason: optional(Text()), since_turn: Int() }),
})
export const ContextCompactionEvent = object('ContextCompactionEvent', {
  type: kind('context_compaction'),
  context_compaction: Type.Object({
    summary: Text(),
    before_tokens: optional(Int()),
    after_tokens: optional(Int()),
    keep_n: optional(Int()),
    keep_first: optional(Bool()),
    trigger: optional(oneOf(['manual', 'auto', 'self'])),
  }),
})
export const adjustmentCauses = [
  'too_long',
  'said_too_long',
  'unreadable_picture',
  'too_many_pictures',
  'refused_thinking',
  'refused_tools',
  'refused_words',
] as const
export const RequestAdjustedEvent = object('RequestAdjustedEvent', {
  type: kind('request_adjusted'),
  request_adjusted: Type.Object({
    cause: oneOf(
      adjustmentCauses,
      'The service refused the request for its length, for its pictures, for thinking that it was shown again, or for having tools, and has none then for the rest of the conversation; or for its words, which are not shown again, while the turn fails; or something that was said is longer than fits, and was shortened before.',
    ),
    done: oneOf(['compacted', 'shortened', 'left_out'], 'What was done, so that the model could be asked.'),
    reason: Text('In the words of the service, or of the runtime.'),
    provider: Text(),
    model: Text(),
    max_context_tokens: optional(Int('How much the model takes, where that was learned.')),
    pictures: optional(oneOf(['new', 'all'], 'Which pictures were left out: those of the last turn, or every one.')),
    pictures_kept: optional(Int('So many pictures stay, the latest; those before them were left out.')),
  }),
})
export const LimitScope = oneOf(
  ['operator', 'tenant', 'user'],
  'Whose tokens are limited: those of the whole runtime, of a tenant, or of a user.',
)
export const LimitInfo = object(
  'LimitInfo',
  {
    scope: LimitScope,
    scope_id: optional(Text('The tenant or the user.')),
    severity: oneOf(['soft', 'hard'], 'With `soft` it is only said; with `hard` no model is called.'),
    window: oneOf(['month'], 'The calendar month, in UTC.'),
    used: Int('Tokens of this month; of the whole runtime no more than the limit is told.'),
    limit: Int(),
    message: optional(Text('The same in a sentence.')),
    resets_at: optional(Time('When the next month begins.')),
  },
  'A limit of tokens that is reached.',
)
export type LimitInfo = Of<typeof LimitInfo>
export const LimitEvent = object('LimitEvent', { type: kind('limit'), limit: LimitInfo })
export const InterruptionPendingEvent = object('InterruptionPendingEvent', {
  type: kind('interruption_pending'),
  interruption: Type.Object({
    interrupt_id: Text(),
    kind: oneOf(['question', 'notice']),
    question: optional(Text()),
    options: optional(Type.Array(Text())),
    context: optional(Text()),
    priority: oneOf(['low', 'normal', 'high']),
    expires_at: optional(Text()),
    tool_use_id: optional(Text('The call that waits for the answer.')),
  }),
})
export const InterruptionResolvedEvent = object('InterruptionResolvedEvent', {
  type: kind('interruption_resolved'),
  interruption: Type.Object({
    interrupt_id: Text(),
    status: oneOf(['resolved', 'declined', 'timed_out', 'cancelled']),
    answer: optional(Text()),
    resolved_by: optional(Text()),
  }),
})
const ChannelEventBody = Type.Object({
  channel: Text(),
  message_id: Text(),
  scope: Text(),
  scope_id: optional(Text()),
  payload_bytes: Int(),
  payload_preview: optional(Text('The first 200 characters of the message as JSON.')),
  dropped_oldest: optional(Int()),
  cursor: optional(Text('Reading on from here follows the message.')),
})
export const ChannelPublishEvent = object('ChannelPublishEvent', {
  type: kind('channel_publish'),
  channel: ChannelEventBody,
})
export const ChannelDeliveryEvent = object('ChannelDeliveryEvent', {
  type: kind('channel_delivery'),
  channel: ChannelEventBody,
})
const SpawnChild = Type.Object({
  tool_use_id: Text(),
  index: Int(),
  run_id: optional(Text()),
  agent_id: optional(Text()),
  agent: optional(Text()),
  ok: optional(Bool()),
  output: optional(Text()),
  error: optional(Text()),
})
export const SpawnChildStartedEvent = object('SpawnChildStartedEvent', {
  type: kind('spawn_child_started'),
  spawn_child: SpawnChild,
})
export const SpawnChildResultEvent = object('SpawnChildResultEvent', {
  type: kind('spawn_child_result'),
  spawn_child: SpawnChild,
})
export const ChildEvent = object('ChildEvent', {
  type: kind('child'),
  run_id: Text('The sub-agent’s run.'),
  parent_run_id: Text(),
  seq: Int('Place in the sub-agent’s own session.'),
  event: Type.Unknown({ description: 'The event, as the sub-agent’s own stream has it.' }),
})
export const DoneEvent = object('DoneEvent', {
  type: kind('done'),
  stop_reason: Text(),
  cancelled: optional(Bool('The run was ended before it was done.')),
  usage: optional(Usage),
})
export const ErrorEvent = object('ErrorEvent', {
  type: kind('error'),
  error: Text('Provider and cause; never a key.'),
  code: optional(Text()),
  retry_at: optional(Time('When the model’s service can be asked again, where it has said so.')),
})
export const GapEvent = object('GapEvent', {
  type: kind('gap'),
  gap: Type.Object({ oldest_seq: Int('The oldest event that is still kept.') }),
})

export const NoticeEvent = object('NoticeEvent', {
  type: kind('notice'),
  code: oneOf(['store_unavailable', 'store_available']),
  text: Text('What has happened to the runtime, and what becomes of the stream.'),
})

export const RunEvent = named(
  'RunEvent',
  Type.Union([
    SessionEvent,
    AgentEventFrame,
    StartedEvent,
    TextEvent,
    ThinkingEvent,
    TextWasThinkingEvent,
    ToolCallEvent,
    ToolResultEvent,
    UsageEvent,
    RetryEvent,
    ProviderFallbackEvent,
    FallbackSuppressedEvent,
    CacheInvalidatedEvent,
    ReasoningInvalidatedEvent,
    ModelDowngradedEvent,
    SteerEvent,
    InputReturnedEvent,
    AwaitingInputEvent,
    TurnCancelledEvent,
    ContextCompactionEvent,
    RequestAdjustedEvent,
    LimitEvent,
    InterruptionPendingEvent,
    InterruptionResolvedEvent,
    ChannelPublishEvent,
    ChannelDeliveryEvent,
    SpawnChildStartedEvent,
    SpawnChildResultEvent,
    ChildEvent,
    DoneEvent,
    ErrorEvent,
    GapEvent,
    NoticeEvent,
  ]),
)
export type RunEvent = Of<typeof RunEvent>
export type RunEventType = RunEvent['type']
