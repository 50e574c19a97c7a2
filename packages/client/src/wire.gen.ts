// Printed from packages/proto by `pnpm codegen`. Change the declarations there, not this file.

export interface Health {
  ok: boolean
  version: string
  uptime_seconds: number
  metrics_enabled: boolean
}

export interface Whoami {
  tenant_id: string
  subject: string
  scopes: string[]
  is_admin: boolean
  /** The shared secret was used. */
  legacy: boolean
  /** No token is configured; everybody on this machine is the operator. */
  open_mode?: boolean
}

export type PromptContent = {
  type: 'trusted-text'
  text: string
  /** Mark the block for the provider’s prompt cache. */
  cacheable?: boolean
} | {
  type: 'untrusted-block'
  kind: string
  text: string
} | {
  type: 'image'
  media_type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Base64 without a data: prefix. */
  data: string
}

export interface PromptSegment {
  role: 'system' | 'user'
  content: PromptContent[]
}

export interface ParentContext {
  root_agent_run_id?: string
  function_key?: string
  tier_at_run?: string
  board_scope?: string
  board_chunk_id?: string
  board_document_id?: string
}

export interface Sampling {
  temperature?: number
  top_p?: number
  top_k?: number
  frequency_penalty?: number
  presence_penalty?: number
  seed?: number
  stop?: string[]
}

export interface Compaction {
  /** Compact by itself when the context fills up. */
  enabled?: boolean
  /** Length of the summary, in percent of what it replaces. */
  target_percentage?: number
  /** Messages at the end that stay as they are. */
  keep_last_n?: number
  /** Keep the task in its own words. */
  keep_first?: boolean
  /** How full the window is when it happens. */
  autocompact_at_pct?: number
  /** Model that writes the summary; the run’s own unless given. */
  model?: string
}

export interface RunBody {
  /** Name of the agent to run. */
  agent?: string
  /** Shorthand for one user segment of trusted text. */
  prompt?: string
  /** Adds the run to this session without replaying its history. */
  session_id?: string
  tenant_id?: string
  user_id?: string
  segments?: PromptSegment[]
  /** Narrows the agent’s tools; `prefix*` matches by prefix. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** Handle of the caller’s choice for this run. */
  agent_id?: string
  /** Trusted facts, shown to the model after the system prompt. */
  metadata?: Record<string, unknown>
  /** Park at the end of a turn and wait for input instead of ending. */
  interactive?: boolean
  parent_context?: ParentContext | null
  sampling?: Sampling
  compaction?: Compaction
  user_tier?: string
  /** Never stored. */
  user_bearer?: string
  /** Never stored. */
  user_credentials?: Record<string, string>
  run_timeout_seconds?: number
}

export interface SessionEvent {
  type: 'session'
  /** The session’s id. */
  text: string
  session_id: string
}

export interface AgentFrame {
  type: 'agent'
  agent_id: string
  run_id: string
  session_id: string
  parent_agent_id?: string | null
  parent_context?: unknown
}

export interface StartedEvent {
  type: 'started'
}

export interface TextEvent {
  type: 'text'
  /** A piece of the answer. */
  text: string
}

export interface ThinkingEvent {
  type: 'thinking'
  /** A piece of the reasoning. */
  text: string
}

export interface ToolUse {
  id: string
  name: string
  input: unknown
}

export interface ToolCallEvent {
  type: 'tool_call'
  tool_use: ToolUse
}

export interface ToolResultEvent {
  type: 'tool_result'
  tool_use: ToolUse
  /** What the tool answered, as the model sees it. */
  text: string
  is_error?: boolean
}

export interface Usage {
  input_tokens: number
  output_tokens: number
  cache_creation_input_tokens?: number
  cache_read_input_tokens?: number
  model?: string
  provider?: string
  /** Size of the model’s window; absent where it is unknown. */
  max_context_tokens?: number
}

export interface UsageEvent {
  type: 'usage'
  usage: Usage
}

export interface RetryEvent {
  type: 'retry'
  retry: {
    provider: string
    attempt: number
    wait_ms: number
    reason: string
  }
}

export interface ProviderFallbackEvent {
  type: 'provider_fallback'
  fallback: {
    failed_provider: string
    failed_model: string
    new_provider?: string
    new_model?: string
    attempt: number
    user_tier?: string
    reason: string
    cause_error?: string
  }
}

export interface SteerEvent {
  type: 'steer'
  user_input: {
    /** What the operator typed. */
    text: string
    source?: 'api' | 'webui' | 'replay'
    seen_at?: string
    /** The id its sender was given. */
    input_id?: string
  }
}

export interface AwaitingInputEvent {
  type: 'awaiting_input'
  awaiting_input: {
    since_turn: number
  }
}

export interface TurnCancelledEvent {
  type: 'turn_cancelled'
  turn_cancelled: {
    reason?: string
    since_turn: number
  }
}

export interface ContextCompactionEvent {
  type: 'context_compaction'
  context_compaction: {
    summary: string
    before_tokens?: number
    after_tokens?: number
    keep_n?: number
    keep_first?: boolean
    trigger?: 'manual' | 'auto' | 'self'
  }
}

export interface InterruptionPendingEvent {
  type: 'interruption_pending'
  interruption: {
    interrupt_id: string
    kind: 'question' | 'notice'
    question?: string
    options?: string[]
    context?: string
    priority: 'low' | 'normal' | 'high'
    expires_at?: string
    /** The call that waits for the answer. */
    tool_use_id?: string
  }
}

export interface InterruptionResolvedEvent {
  type: 'interruption_resolved'
  interruption: {
    interrupt_id: string
    status: 'resolved' | 'declined' | 'timed_out' | 'cancelled'
    answer?: string
    resolved_by?: string
  }
}

export interface ChannelPublishEvent {
  type: 'channel_publish'
  channel: {
    channel: string
    message_id: string
    scope: string
    scope_id?: string
    payload_bytes: number
    /** The first 200 characters of the message as JSON. */
    payload_preview?: string
    dropped_oldest?: number
    /** Reading on from here follows the message. */
    cursor?: string
  }
}

export interface ChannelDeliveryEvent {
  type: 'channel_delivery'
  channel: {
    channel: string
    message_id: string
    scope: string
    scope_id?: string
    payload_bytes: number
    /** The first 200 characters of the message as JSON. */
    payload_preview?: string
    dropped_oldest?: number
    /** Reading on from here follows the message. */
    cursor?: string
  }
}

export interface SpawnChildStartedEvent {
  type: 'spawn_child_started'
  spawn_child: {
    tool_use_id: string
    index: number
    run_id?: string
    agent_id?: string
    agent?: string
    ok?: boolean
    output?: string
    error?: string
  }
}

export interface SpawnChildResultEvent {
  type: 'spawn_child_result'
  spawn_child: {
    tool_use_id: string
    index: number
    run_id?: string
    agent_id?: string
    agent?: string
    ok?: boolean
    output?: string
    error?: string
  }
}

export interface ChildEvent {
  type: 'child'
  /** The sub-agent’s run. */
  run_id: string
  parent_run_id: string
  /** Place in the sub-agent’s own session. */
  seq: number
  /** The event, as the sub-agent’s own stream has it. */
  event: unknown
}

export interface DoneEvent {
  type: 'done'
  stop_reason: string
  usage?: Usage
}

export interface ErrorEvent {
  type: 'error'
  /** Provider and cause; never a key. */
  error: string
  code?: string
}

export interface GapEvent {
  type: 'gap'
  gap: {
    /** The oldest event that is still kept. */
    oldest_seq: number
  }
}

export type RunEvent =
  | SessionEvent
  | AgentFrame
  | StartedEvent
  | TextEvent
  | ThinkingEvent
  | ToolCallEvent
  | ToolResultEvent
  | UsageEvent
  | RetryEvent
  | ProviderFallbackEvent
  | SteerEvent
  | AwaitingInputEvent
  | TurnCancelledEvent
  | ContextCompactionEvent
  | InterruptionPendingEvent
  | InterruptionResolvedEvent
  | ChannelPublishEvent
  | ChannelDeliveryEvent
  | SpawnChildStartedEvent
  | SpawnChildResultEvent
  | ChildEvent
  | DoneEvent
  | ErrorEvent
  | GapEvent

export interface SpawnRun {
  agent?: string
  user_id?: string
  tenant_id?: string
  segments?: PromptSegment[]
  /** Narrows the agent’s tools; `prefix*` matches by prefix. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** Handle of the caller’s choice for this run. */
  agent_id?: string
  /** Trusted facts, shown to the model after the system prompt. */
  metadata?: Record<string, unknown>
  /** Park at the end of a turn and wait for input instead of ending. */
  interactive?: boolean
  parent_context?: ParentContext | null
  sampling?: Sampling
  compaction?: Compaction
  user_tier?: string
  /** Never stored. */
  user_bearer?: string
  /** Never stored. */
  user_credentials?: Record<string, string>
  run_timeout_seconds?: number
}

export interface RunBatchBody {
  spawns: SpawnRun[]
  mode?: 'join'
  /** Runs that are not over by then are cancelled. */
  timeout_ms?: number
}

export type RunStatus =
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'

export interface AgentUsage {
  input_tokens: number
  output_tokens: number
  cache_creation_tokens?: number
  cache_read_tokens?: number
  model?: string
  provider?: string
}

export interface SpawnRunResult {
  agent_id: string
  run_id: string
  session_id: string
  status: RunStatus
  stop_reason?: string
  final_text?: string
  usage?: AgentUsage
  error?: string
  parent_context?: ParentContext | null
}

export interface RunBatchResult {
  /** In the order of `spawns`. */
  results: SpawnRunResult[]
  spawned: number
}

export interface StreamQuery {
  /** A number: send only events after this one. Anything else counts as 0. */
  from_seq?: string
  /** Also send the events of sub-agents, as `child` frames. */
  include?: 'children'
}

export interface InputBody {
  /** What to tell the run; white space around it is dropped. */
  text: string
}

export interface InputResult {
  run_id: string
  /** The input is stored and the run will take it in. */
  delivered: boolean
  /** Named again by the `steer` event that takes the input in. */
  input_id: string
}

export interface ReasonBody {
  reason?: string
}

export interface CancelTurnResult {
  run_id: string
  stopped: boolean
  parked: boolean
}

export interface CompactRunResult {
  run_id: string
  compacted: boolean
  /** Estimated: characters / 4. */
  before_tokens: number
  after_tokens: number
  applied: 'live' | 'marker' | 'noop'
}

export interface RunStateQuery {
  /** Comma-separated; all of them without it. */
  status?: string
  agent?: string
  tenant?: string
}

export interface RunStateOpen {
  user_id: string
  filter_status: string[] | null
  filter_agent: string
  /** Seconds. */
  keepalive_interval: number
}

/** What a running run is doing. */
export type RunPhase =
  | 'queued'
  | 'working'
  | 'parked'
  | 'waiting'

export interface RunState {
  run_id: string
  agent_id: string
  session_id: string
  agent: string
  user_id: string
  parent_agent_id?: string
  status: RunStatus
  phase?: RunPhase
  awaited_state?: 'channel' | 'interrupted' | 'child'
  awaited_on?: string
  stop_reason?: string
  error?: string
  ts: string
  parent_context?: ParentContext | null
}

export interface Agent {
  agent_id: string
  run_id: string
  session_id: string
  agent: string
  parent_agent_id: string | null
  user_id: string
  status: RunStatus
  phase?: RunPhase
  started_at: string
  completed_at: string | null
  stop_reason: string | null
  error: string | null
  usage: AgentUsage
  last_heartbeat_at: string | null
  /** The run has not ended. */
  live: boolean
  interactive: boolean
  /** What a waiting run waits for. */
  awaited_state?: 'channel' | 'interrupted' | 'child'
  awaited_on?: string
  parent_context?: ParentContext | null
}

export interface CancelAgentBody {
  /** False when the run had already ended. */
  cancelled: boolean
  agent_id: string
  /** Runs this call ended. */
  cancelled_count: number
  cascaded?: string[]
  reason?: string
  status?: RunStatus
}

export interface AgentListQuery {
  status?: 'running' | 'completed' | 'failed' | 'cancelled' | 'all'
  tenant?: string
}

export interface AgentList {
  agents: Agent[]
}

export interface RunnableAgent {
  name: string
  source: 'bundled' | 'tenant' | 'own'
  /** Chosen for new chats unless somebody chooses another. */
  default?: boolean
  description?: string
  provider?: string
  model?: string
  /** Plays a script; no model is behind it. */
  scripted?: boolean
}

export interface RunnableAgents {
  agents: RunnableAgent[]
}

export interface MessageBody {
  segments?: PromptSegment[]
  /** Narrows the agent’s tools; `prefix*` matches by prefix. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** Handle of the caller’s choice for this run. */
  agent_id?: string
  /** Trusted facts, shown to the model after the system prompt. */
  metadata?: Record<string, unknown>
  /** Park at the end of a turn and wait for input instead of ending. */
  interactive?: boolean
  parent_context?: ParentContext | null
  sampling?: Sampling
  compaction?: Compaction
  user_tier?: string
  /** Never stored. */
  user_bearer?: string
  /** Never stored. */
  user_credentials?: Record<string, string>
  run_timeout_seconds?: number
}

export interface TranscriptQuery {
  /** At most this many events, the newest. All of them without it. */
  limit?: number
  /** Only events before this one. */
  before_seq?: number
}

export interface Session {
  id: string
  tenant_id: string
  agent: string
  user_id: string
  created_at: string
  title?: string
  pinned?: boolean
  archived_at?: string
}

export interface TranscriptEvent {
  /** Place in the session; dense, starting at 1. */
  seq: number
  run_id: string
  /** Unix time in nanoseconds. */
  ts_ns: number
  /** A run event’s type, or `user_input` / `system_prompt`, which only the log has. */
  type: string
  /** The event as it was streamed; `{type}` where `payload` holds the content. */
  event: unknown
  payload?: unknown
}

export interface LatestRun {
  run_id: string
  agent_id: string
  agent: string
  status: RunStatus
  phase?: RunPhase
  interactive: boolean
  error?: string
}

export interface Transcript {
  session: Session
  events: TranscriptEvent[]
  /** Older events exist; ask again with `before_seq`. */
  has_more?: boolean
  latest_run?: LatestRun
}

export interface InterruptQuery {
  /** pending, resolved, declined, timed_out, cancelled or all. */
  status?: string
}

export interface Interrupt {
  interrupt_id: string
  run_id: string
  session_id: string
  kind: 'question' | 'notice'
  status: 'pending' | 'resolved' | 'declined' | 'timed_out' | 'cancelled'
  question: string
  /** The answer has to be one of these; free text without them. */
  options?: string[]
  /** What the agent wants the person to know before answering. */
  context_data?: string
  priority: 'low' | 'normal' | 'high'
  answer?: string
  created_at: string
  expires_at?: string
  resolved_at?: string
  /** webui, api, timeout, agent, agent_cancel, or what the caller said. */
  resolved_by?: string
  user_id: string
  agent_id: string
  agent_name: string
}

export interface InterruptList {
  interrupts: Interrupt[]
  total: number
}

export interface ResolveInterruptBody {
  /** `question`, which is all there is to answer. */
  kind?: string
  answer?: string
  resolved_by?: string
  disposition?: 'answer' | 'declined'
}

export interface ResolveInterruptResult {
  interrupt_id: string
  status: 'pending' | 'resolved' | 'declined' | 'timed_out' | 'cancelled'
  resolved_at: string
}

export interface PauseBody {
  /** How long runs get to come to a boundary; 30 s unless given. */
  timeout_ms?: number
}

export interface PauseResult {
  state: 'running' | 'pausing' | 'paused'
  duration_ms: number
  /** Runs that were interrupted because the time was over. */
  force_cancelled_count: number
  paused_runs_count: number
  warnings?: string[]
}

export interface ResumeResult {
  state: 'running' | 'pausing' | 'paused'
  resumed_runs_count: number
  warnings?: string[]
}

export interface RuntimeState {
  state: 'running' | 'pausing' | 'paused'
  paused_runs_count: number
}

export interface ConcurrencyStats {
  /** Runs that are being worked on; parked and waiting ones are not. */
  active: number
  queued: number
  per_user?: Record<string, number>
  max_concurrent_runs: number
  max_queue_depth: number
}

export interface ChannelDescriptor {
  name: string
  description?: string
  scope?: 'agent' | 'user' | 'global' | 'tenant'
  semantic?: 'queue' | 'topic' | 'broadcast'
  /** `system` where agents may not publish. */
  publisher?: string
  period?: string
  /** Seconds. */
  default_ttl?: number
  max_messages?: number
  message_count: number
  oldest_visible_at?: string
  newest_visible_at?: string
  /** yaml, runtime, builtin, or orphan: messages without a declaration. */
  source?: string
}

export interface ChannelDescriptorList {
  channels: ChannelDescriptor[]
}

export interface CreateChannelBody {
  name: string
  scope?: 'agent' | 'user' | 'global' | 'tenant'
  /** Empty, or `system`. */
  publisher?: string
  period?: string
  description?: string
  /** Seconds; 0 for none. */
  default_ttl?: number
  /** 0 for no limit. */
  max_messages?: number
  semantic?: 'queue' | 'topic' | 'broadcast'
}

export interface UpdateChannelBody {
  description?: string
  /** Seconds; 0 for none. */
  default_ttl?: number
  /** 0 for no limit. */
  max_messages?: number
  semantic?: 'queue' | 'topic' | 'broadcast'
}

export interface PurgeResult {
  name: string
  purged: number
}

export interface PublishBody {
  /** Any JSON value but null. */
  payload?: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
}

export interface PublishResult {
  msg_id: string
  channel: string
  created_at: string
  visible_at?: string
}

export interface SubscribeBody {
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** Milliseconds to wait for a message, at most 30 s. 0 unless given. */
  wait_ms?: number
}

export interface ChannelMessage {
  id: string
  value: unknown
  published_at: string
}

export interface ChannelDelivery {
  channel: string
  messages: ChannelMessage[]
  next_cursor: string
}

export interface PeekQuery {
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
}

export interface ChannelPeek {
  channel: string
  messages: ChannelMessage[]
  /** For reading on with another peek. */
  next_cursor: string
}

export interface AckBody {
  cursor: string
}

export interface ChannelOk {
  ok: boolean
}

export interface AwaitBody {
  channels: string[]
  /** `global` unless given, or `user` with `scope_id`. */
  scope?: string
  /** Whose, where the scope is `user`. */
  scope_id?: string
  mode?: 'any' | 'all' | 'at_least'
  n?: number
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** Milliseconds to wait, at most 30 s, which is what it is unless given. */
  wait_ms?: number
}

export interface ChannelAwaitEntry {
  messages: ChannelMessage[]
  next_cursor: string
}

export interface ChannelAwait {
  satisfied: boolean
  timed_out: boolean
  mode: 'any' | 'all' | 'at_least'
  /** Channels that have messages. */
  fired: string[]
  total_messages: number
  results: Record<string, ChannelAwaitEntry>
}

export interface BroadcastBody {
  channels: string[]
  /** `global` unless given, or `user` with `scope_id`. */
  scope?: string
  /** Whose, where the scope is `user`. */
  scope_id?: string
  /** Any JSON value but null. */
  payload?: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
}

export interface BroadcastEntry {
  channel: string
  msg_id?: string
  created_at?: string
  visible_at?: string
  error?: string
}

export interface BroadcastResult {
  published: number
  failed: number
  results: BroadcastEntry[]
}

export interface AgentCursor {
  channel: string
  tenant_id: string
  scope: 'agent' | 'user' | 'global' | 'tenant'
  scope_id: string
  cursor: string
  updated_at: string
}

export interface AgentCursorList {
  channels: AgentCursor[]
}

export interface AgentSpawnInput {
  /** Name of the agent. */
  name: string
  /** The task. All the sub-agent knows of this conversation is what stands here. */
  prompt: string
  compaction?: Compaction
}

export interface AgentSpawnOutput {
  text: string
}

export interface AgentSpawnTask {
  /** Name of the agent. */
  name: string
  /** The task. All the sub-agent knows of this conversation is what stands here. */
  prompt: string
  compaction?: Compaction
}

export interface AgentParallelSpawnInput {
  spawns: AgentSpawnTask[]
}

export interface AgentSpawnResult {
  index: number
  agent: string
  ok: boolean
  output?: string
  error?: string
}

export interface AgentParallelSpawnOutput {
  results: AgentSpawnResult[]
}

export interface ChannelPublishInput {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Any JSON value but null, at most 64 KiB. */
  value: unknown
  /** Seconds until the message is gone. */
  ttl?: number
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelPublishOutput {
  message_id: string
  channel: string
  /** Older messages that had to go, because the channel keeps only so many. */
  dropped_oldest: number
  visible_at?: string
}

export interface ChannelSubscribeInput {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** Milliseconds to wait for a message; a wait costs nothing. 0 unless given. */
  wait_ms?: number
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelPeekInput {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelAckInput {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Where to read on: what comes after it. `cur_0` is the start. */
  cursor: string
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelListInput {}

export interface ChannelSummary {
  name: string
  scope: 'agent' | 'user' | 'global' | 'tenant'
  semantic: 'queue' | 'topic' | 'broadcast'
  description?: string
  publish: boolean
  subscribe: boolean
}

export interface ChannelListOutput {
  channels: ChannelSummary[]
}

export interface ChannelAwaitInput {
  channels: string[]
  mode?: 'any' | 'all' | 'at_least'
  /** How many channels have to have messages (at_least). */
  n?: number
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** Milliseconds to wait; 30 s unless given. */
  wait_ms?: number
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelBroadcastInput {
  channels: string[]
  /** Any JSON value but null, at most 64 KiB. */
  value: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export interface ChannelBroadcastEntry {
  channel: string
  message_id?: string
  visible_at?: string
  error?: string
}

export interface ChannelBroadcastOutput {
  published: number
  failed: number
  results: ChannelBroadcastEntry[]
}

export interface ContextSelfInput {}

export interface ContextSelfOutput {
  agent_name: string
  agent_id: string
  user_id: string
  run_id: string
  session_id: string
  provider: string
  model: string
  context?: {
    used_tokens: number
    max_tokens?: number
    used_pct?: number
  }
}

export interface ContextToolsInput {}

export interface ToolSummary {
  name: string
  description: string
  /** filesystem, network, privileged, state, pure or unknown. */
  side_effect_class: string
}

export interface ContextToolsOutput {
  tools: ToolSummary[]
  count: number
}

export interface ContextDocInput {
  /** The tool’s name. */
  name: string
}

export interface ContextDocOutput {
  name: string
  description: string
  input_schema: unknown
  side_effect_class: string
}

export interface ContextPermissionsInput {}

export interface ContextPermissionsOutput {
  tools: string[]
  allowed_tools: string[]
  memory: {
    allowed_scopes: Array<'agent' | 'user'>
    quota_bytes: number
  }
}

export interface ContextAgentsInput {
  prefix?: string
}

export interface ContextAgent {
  name: string
  provider: string
  model: string
  allowed_tools_count: number
  description?: string
}

export interface ContextAgentsOutput {
  agents: ContextAgent[]
  count: number
}

export interface ContextTimeInput {}

export interface ContextTimeOutput {
  now_rfc3339: string
  unix_ms: number
  run_started_at?: string
  elapsed_ms?: number
}

export interface ContextCompactInput {}

export interface ContextCompactOutput {
  compaction: string
  applies_at: string
}

export interface ContextHelpInput {
  topic?: string
}

export interface ContextHelpOutput {
  topics?: Array<{
    name: string
    description: string
    source: string
  }>
  count?: number
  hint?: string
  name?: string
  description?: string
  content?: string
  source?: string
}

export interface HistoryListInput {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  pinned_only?: boolean
  include_archived?: boolean
  title_contains?: string
  limit?: number
  offset?: number
}

export interface Chat {
  session_id: string
  tenant_id: string
  agent: string
  user_id: string
  created_at: string
  last_activity: string
  status: RunStatus
  phase?: RunPhase
  /** The latest run. */
  run_id?: string
  agent_id?: string
  /** Given by a person, or else the start of the first message. */
  title?: string
  pinned?: boolean
  archived?: boolean
  run_count: number
  input_tokens: number
  output_tokens: number
}

export interface ChatList {
  scope: string
  chats: Chat[]
  total: number
  limit: number
  offset: number
}

export interface HistoryRenameInput {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  title: string
}

export interface ChatResult {
  scope: string
  chat: Chat
}

export interface HistoryPinInput {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  /** True unless given. */
  pinned?: boolean
}

export interface HistoryArchiveInput {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  /** True unless given. */
  archived?: boolean
}

export interface InterruptionAskInput {
  question: string
  /** The answers to choose from; free text without them. */
  options?: string[]
  /** What to know before answering. */
  context?: string
  /** Milliseconds until the question expires; an hour unless given, a day at most. */
  timeout_ms?: number
  priority?: 'low' | 'normal' | 'high'
}

export interface InterruptionAskOutput {
  interrupt_id: string
  answer: string
  resolved_at: string
  resolved_by: string
}

export interface InterruptionNotifyInput {
  message: string
}

export interface InterruptionNotifyOutput {
  interrupt_id: string
  ok: boolean
}

export interface InterruptionCancelInput {
  interruption_id: string
}

export interface InterruptionCancelOutput {
  cancelled: boolean
}

export interface MemoryGetInput {
  /** Whose memory: this agent’s, or the user’s, shared by all their agents. */
  scope: 'agent' | 'user'
  key: string
}

export interface MemoryGetOutput {
  value: unknown
  expires_at?: string
}

export interface MemorySetInput {
  /** Whose memory: this agent’s, or the user’s, shared by all their agents. */
  scope: 'agent' | 'user'
  key: string
  /** Any JSON value. */
  value: unknown
  /** Seconds until the value is forgotten. */
  ttl?: number
}

export interface MemorySetOutput {
  ok: boolean
}

export interface MemoryDeleteInput {
  /** Whose memory: this agent’s, or the user’s, shared by all their agents. */
  scope: 'agent' | 'user'
  key: string
}

export interface MemoryDeleteOutput {
  /** Whether there was one. */
  deleted: boolean
}

export interface MemoryListInput {
  /** Whose memory: this agent’s, or the user’s, shared by all their agents. */
  scope: 'agent' | 'user'
  /** Only keys that start with this. */
  prefix?: string
  limit?: number
}

export interface MemoryListEntry {
  key: string
  value: unknown
  expires_at?: string
}

export interface MemoryListOutput {
  entries: MemoryListEntry[]
  truncated: boolean
}

export interface MemoryIncrInput {
  /** Whose memory: this agent’s, or the user’s, shared by all their agents. */
  scope: 'agent' | 'user'
  key: string
  delta?: number
}

export interface MemoryIncrOutput {
  value: number
}

/** Give work to other agents and get their answers. */
export interface AgentOps {
  /** Run one agent on a task and wait for its answer. */
  spawn: { input: AgentSpawnInput; output: AgentSpawnOutput }
  /** Run several agents side by side; the results come in the order of the tasks, failures among them. */
  parallel_spawn: { input: AgentParallelSpawnInput; output: AgentParallelSpawnOutput }
}

/** Pass messages to other agents and wait for theirs. */
export interface ChannelOps {
  /** Put a message on a channel. */
  publish: { input: ChannelPublishInput; output: ChannelPublishOutput }
  /** Take the next messages of a channel; they count as read. With wait_ms, wait for one where there is none yet. */
  subscribe: { input: ChannelSubscribeInput; output: ChannelDelivery }
  /** Read messages without taking them; from the oldest unless from_cursor says otherwise. */
  peek: { input: ChannelPeekInput; output: ChannelPeek }
  /** Count everything up to a cursor as read. Only ever forwards. */
  ack: { input: ChannelAckInput; output: ChannelOk }
  /** The channels you may use. */
  list_channels: { input: ChannelListInput; output: ChannelListOutput }
  /** Wait until any, all or at least n of several channels have messages. Takes nothing: subscribe or ack does. */
  await: { input: ChannelAwaitInput; output: ChannelAwait }
  /** Put the same message on several channels; on all of them or, where one is not allowed, on none. */
  broadcast: { input: ChannelBroadcastInput; output: ChannelBroadcastOutput }
}

/** Ask about yourself and your surroundings: who you are, what you may use, what time it is. */
export interface ContextOps {
  /** Your own name, run, model and how full your context is. */
  self: { input: ContextSelfInput; output: ContextSelfOutput }
  /** The tools you have. */
  tools: { input: ContextToolsInput; output: ContextToolsOutput }
  /** One tool’s description and the shape of its input. */
  doc: { input: ContextDocInput; output: ContextDocOutput }
  /** What you were given: tools and memory scopes. */
  permissions: { input: ContextPermissionsInput; output: ContextPermissionsOutput }
  /** The agents of this runtime. */
  agents: { input: ContextAgentsInput; output: ContextAgentsOutput }
  /** The time now, and how long this run has been going. */
  time: { input: ContextTimeInput; output: ContextTimeOutput }
  /** Have the older part of this conversation replaced by a summary before your next step. */
  compact: { input: ContextCompactInput; output: ContextCompactOutput }
  /** Help on a topic; without a topic, the list of topics. */
  help: { input: ContextHelpInput; output: ContextHelpOutput }
}

/** The conversations of the caller: list them, name them, keep them at hand or put them away. */
export interface HistoryOps {
  /** Conversations, pinned first, then by last activity. */
  list: { input: HistoryListInput; output: ChatList }
  /** Give a conversation a title. */
  rename: { input: HistoryRenameInput; output: ChatResult }
  /** Keep a conversation at the top of the list, or stop keeping it there. */
  pin: { input: HistoryPinInput; output: ChatResult }
  /** Put a conversation away, or bring it back. */
  archive: { input: HistoryArchiveInput; output: ChatResult }
}

/** Ask the person you work for and wait for the answer, or tell them something without waiting. */
export interface InterruptionOps {
  /** Ask a question and wait, however long it takes, until it is answered, declined or expired. */
  ask: { input: InterruptionAskInput; output: InterruptionAskOutput }
  /** Tell the person something; nothing is waited for. */
  notify: { input: InterruptionNotifyInput; output: InterruptionNotifyOutput }
  /** Take a question back that nobody has answered. */
  cancel: { input: InterruptionCancelInput; output: InterruptionCancelOutput }
}

/** Remember JSON values under keys, across runs and conversations. */
export interface MemoryOps {
  /** Read the value under a key; null when there is none. */
  get: { input: MemoryGetInput; output: MemoryGetOutput }
  /** Keep a value under a key, in place of what was there. */
  set: { input: MemorySetInput; output: MemorySetOutput }
  /** Forget the value under a key. */
  delete: { input: MemoryDeleteInput; output: MemoryDeleteOutput }
  /** List keys with their values, in order of key. */
  list: { input: MemoryListInput; output: MemoryListOutput }
  /** Add to the number under a key, in one step; a missing key counts as 0. */
  incr: { input: MemoryIncrInput; output: MemoryIncrOutput }
}

/** Every error code the wire knows. */
export type ErrorCode =
  | 'bad_request'
  | 'invalid_json'
  | 'invalid_body'
  | 'invalid_request'
  | 'invalid_limit'
  | 'unknown_agent'
  | 'model_unavailable'
  | 'missing_payload'
  | 'invalid_payload'
  | 'invalid_deliver_at'
  | 'missing_scope_id'
  | 'channel_scope_invalid'
  | 'scope_agent_invalid'
  | 'missing_bearer'
  | 'unauthorized'
  | 'insufficient_scope'
  | 'non_system_channel'
  | 'system_channel'
  | 'host_refused'
  | 'origin_refused'
  | 'cross_site_login_refused'
  | 'route_not_found'
  | 'not_found'
  | 'session_not_found'
  | 'run_not_found'
  | 'no_live_run'
  | 'interrupt_not_found'
  | 'channel_not_declared'
  | 'channel_not_found'
  | 'unknown_channel'
  | 'unknown_agent_id'
  | 'method_not_allowed'
  | 'session_busy'
  | 'agent_id_in_use'
  | 'run_busy'
  | 'channel_yaml_immutable'
  | 'channel_name_in_use'
  | 'channel_cursor_regression'
  | 'agent_gone'
  | 'already_pausing'
  | 'not_paused'
  | 'interrupt_settled'
  | 'not_interactive'
  | 'not_mid_turn'
  | 'interrupt_expired'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'invalid_answer'
  | 'idempotency_key_reused'
  | 'empty_input'
  | 'tool_refused'
  | 'input_queue_full'
  | 'backpressure'
  | 'per_user_quota_exhausted'
  | 'internal'
  | 'compaction_failed'
  | 'runtime_paused'
  | 'ui_not_built'
  | 'shutting_down'
  | 'store_unavailable'
