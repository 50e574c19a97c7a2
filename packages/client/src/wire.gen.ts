// Printed from packages/proto by `pnpm codegen`. Change the declarations there, not this file.

export type StoreHealth = {
  /** Whether the database can be read and written; where it cannot, the answer has the status 503. */
  ok: boolean
  /** What is wrong with it. */
  error?: string
}

export type Health = {
  ok: boolean
  version: string
  /** What it was built from, or unknown. */
  commit: string
  uptime_seconds: number
  metrics_enabled: boolean
  store?: StoreHealth
}

export type Capabilities = {
  /** MCP servers that are programs of this machine may be added over the wire. */
  mcp_allow_dynamic_stdio: boolean
  /** Tools may reach hosts. */
  http_host_allowlist_configured: boolean
}

export type Whoami = {
  tenant_id: string
  subject: string
  scopes: string[]
  is_admin: boolean
  /** The shared secret was used. */
  legacy: boolean
  /** No token is configured; everybody on this machine is the operator. */
  open_mode?: boolean
  capabilities: Capabilities
}

export type BrowserSession = {
  id: string
  /** When somebody signed in. */
  created_at: string
  /** To within five minutes. */
  last_used_at: string
  /** It ends then at the latest; earlier where it is not used. */
  expires_at: string
  /** Where it was last used from. */
  address: string
  /** In words, as it calls itself: Firefox on Linux. */
  browser: string
  /** This request was made with it. */
  current: boolean
}

export type BrowserSessions = {
  sessions: BrowserSession[]
}

export type EndedSessions = {
  /** How many there were. */
  ended: number
}

export type SaidBlock = {
  /** `trusted-text` unless given, `untrusted-block` or `image`. What has another type and a text is an untrusted block. */
  type?: string
  text?: string
  /** Of an untrusted block: the tag it is fenced in; `untrusted` unless given. */
  kind?: string
  /** Of trusted text: mark the block for the provider’s prompt cache. */
  cacheable?: boolean
  /** Of a picture; put right where the bytes say otherwise. */
  media_type?: string
  /** Of a picture: base64; a data: prefix and line breaks are taken off. One that is damaged or too large is refused. */
  data?: string
}

export type SaidSegment = {
  /** `system`, or else the user. */
  role?: string
  content: SaidBlock[]
}

export type ParentContext = {
  root_agent_run_id?: string
  function_key?: string
  tier_at_run?: string
  board_scope?: string
  board_chunk_id?: string
  board_document_id?: string
  /** The run of a team that it works for. */
  team_run_id?: string
}

export type Sampling = {
  temperature?: number
  top_p?: number
  top_k?: number
  frequency_penalty?: number
  presence_penalty?: number
  seed?: number
  stop?: string[]
}

export type Compaction = {
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

export type RunBody = {
  /** Name of the agent to run. */
  agent?: string
  /** A version of that agent; the one in use unless given. */
  def_id?: string
  /** Shorthand for one user segment of trusted text. */
  prompt?: string
  /** Adds the run to this session without replaying its history. A run of it that waits for its operator takes in what is said, if it is the same agent, interactive and asked for nothing else; otherwise the new run takes its place and knows what it knew. */
  session_id?: string
  tenant_id?: string
  user_id?: string
  segments?: SaidSegment[]
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
  /** Whose models it may run on, and what becomes of it when they fail: one of `user_tiers` of the configuration, `default` unless given. The runs that it starts have the same. Of no effect where none are configured. */
  user_tier?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_bearer?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_credentials?: Record<string, string>
  /** How long the run may take, with all it waits for; it fails then. Of an interactive run, how long each turn may take; it is stopped then. */
  run_timeout_seconds?: number
  /** Hosts that tools of the run and its sub-agents may reach, of those that are open; none if empty. Told by `Context`; has no effect besides, since no tool here reaches the network. */
  allowed_hosts?: string[] | null
  /** What becomes of pages found on other hosts. Told by `Context`; has no effect besides, since no tool here searches the web. */
  web_search_filter?: 'drop' | 'keep'
}

export type SessionEvent = {
  type: 'session'
  /** The session’s id. */
  text: string
  session_id: string
}

export type AgentFrame = {
  type: 'agent'
  agent_id: string
  run_id: string
  session_id: string
  parent_agent_id?: string | null
  parent_context?: unknown
  /** A run that was there has taken the message in as this input; the frame’s id is the event before it. */
  input_id?: string
}

export type StartedEvent = {
  type: 'started'
}

export type TextEvent = {
  type: 'text'
  /** A piece of the answer. */
  text: string
}

export type ThinkingEvent = {
  type: 'thinking'
  /** A piece of the reasoning. */
  text: string
}

/** All text of this turn so far was reasoning: the model has only now said where that ends. */
export type TextWasThinkingEvent = {
  type: 'text_was_thinking'
}

export type ToolUse = {
  id: string
  name: string
  input: unknown
}

export type ToolCallEvent = {
  type: 'tool_call'
  tool_use: ToolUse
}

export type ToolResultEvent = {
  type: 'tool_result'
  tool_use: ToolUse
  /** What the tool answered. Of what is too long for its window a model is shown the beginning and the end. */
  text: string
  is_error?: boolean
}

/** The same for every provider: no token is counted twice, and the three kinds that were read are together what the request took of the window. */
export type Usage = {
  /** Read anew: neither from the provider’s prompt cache nor to be kept there. */
  input_tokens: number
  /** Written, reasoning included. */
  output_tokens: number
  /** Read, and kept in the provider’s prompt cache. */
  cache_creation_input_tokens?: number
  /** Read from the provider’s prompt cache. */
  cache_read_input_tokens?: number
  model?: string
  provider?: string
  /** Size of the model’s window. */
  max_context_tokens?: number
  /** Nobody has said how large the window is; `max_context_tokens` is a guess. */
  max_context_is_guess?: boolean
  /** Whose key paid: `operator`, whose keys the runtime has. */
  credential_source?: string
  /** What the call cost, at the price that it had when it was made. */
  cost?: number
  /** Of `cost`. */
  cost_currency?: string
  /** What the provider says that the call cost. */
  provider_reported_cost?: number
  /** Of `provider_reported_cost`. */
  provider_cost_currency?: string
}

export type UsageEvent = {
  type: 'usage'
  usage: Usage
}

/** The model’s service has failed and is asked again. What the model has said in this turn so far is void. */
export type RetryEvent = {
  type: 'retry'
  retry: {
    provider: string
    attempt: number
    wait_ms: number
    reason: string
  }
}

/** The model has failed, and another takes over. What the model has said in this turn so far is void. */
export type ProviderFallbackEvent = {
  type: 'provider_fallback'
  fallback: {
    failed_provider: string
    failed_model: string
    /** What the run goes on with. */
    new_provider?: string
    new_model?: string
    /** How many times it has gone on with another model since somebody said something. */
    attempt: number
    user_tier?: string
    /** What kind of failure it was: `retryable` or `deprecated`. */
    reason: string
    /** Its first 200 characters. */
    cause_error?: string
  }
}

/** The model failed, and the run stays with it, since it has had an answer of it. */
export type FallbackSuppressedEvent = {
  type: 'fallback_suppressed'
  /** What has happened, in a sentence. */
  text: string
}

/** What the service kept of the conversation is of no use to the next one. */
export type CacheInvalidatedEvent = {
  type: 'cache_invalidated'
  /** What has happened, in a sentence. */
  text: string
}

/** What was thought before is not shown to any model again. */
export type ReasoningInvalidatedEvent = {
  type: 'reasoning_invalidated'
  /** What has happened, in a sentence. */
  text: string
}

/** The model that was next needs to be shown its thinking in every turn; one that does not think takes its place. */
export type ModelDowngradedEvent = {
  type: 'model_downgraded'
  /** What has happened, in a sentence. */
  text: string
}

export type SteerEvent = {
  type: 'steer'
  user_input: {
    /** What the operator typed. */
    text: string
    /** Always `replay`: it is told from the log. */
    source?: 'api' | 'webui' | 'replay'
    /** Where it was said. */
    door?: 'api' | 'webui'
    seen_at?: string
    /** The id its sender was given. */
    input_id?: string
    attached?: {
      /** Untrusted blocks; their words are in the text. */
      texts: number
      images: number
    }
  }
}

export type InputReturnedEvent = {
  type: 'input_returned'
  input_returned: {
    /** The id its sender was given. */
    input_id: string
    /** What was said to the run, which ended before it took it in. */
    text: string
    attached?: {
      /** Untrusted blocks; their words are in the text. */
      texts: number
      images: number
    }
  }
}

export type AwaitingInputEvent = {
  type: 'awaiting_input'
  awaiting_input: {
    /** Turns of the model before the one that is over. */
    since_turn: number
    /** Why the last turn ended. `end_turn` is a whole answer; `max_tokens` was cut off at the limit, `content_filter` by the service’s filter, `refusal` by the model, and with `no_answer` it thought and said nothing. */
    stop_reason?: string
  }
}

export type TurnCancelledEvent = {
  type: 'turn_cancelled'
  turn_cancelled: {
    reason?: string
    since_turn: number
  }
}

export type ContextCompactionEvent = {
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

export type RequestAdjustedEvent = {
  type: 'request_adjusted'
  request_adjusted: {
    /** The service refused the request for its length, for its pictures, for thinking that it was shown again, or for having tools, and has none then for the rest of the conversation; or for its words, which are not shown again, while the turn fails; or something that was said is longer than fits, and was shortened before. */
    cause: 'too_long' | 'said_too_long' | 'unreadable_picture' | 'too_many_pictures' | 'refused_thinking' | 'refused_tools' | 'refused_words'
    /** What was done, so that the model could be asked. */
    done: 'compacted' | 'shortened' | 'left_out'
    /** In the words of the service, or of the runtime. */
    reason: string
    provider: string
    model: string
    /** How much the model takes, where that was learned. */
    max_context_tokens?: number
    /** Which pictures were left out: those of the last turn, or every one. */
    pictures?: 'new' | 'all'
    /** So many pictures stay, the latest; those before them were left out. */
    pictures_kept?: number
  }
}

/** A limit of tokens that is reached. */
export type LimitInfo = {
  /** Whose tokens are limited: those of the whole runtime, of a tenant, or of a user. */
  scope: 'operator' | 'tenant' | 'user'
  /** The tenant or the user. */
  scope_id?: string
  /** With `soft` it is only said; with `hard` no model is called. */
  severity: 'soft' | 'hard'
  /** The calendar month, in UTC. */
  window: 'month'
  /** Tokens of this month; of the whole runtime no more than the limit is told. */
  used: number
  limit: number
  /** The same in a sentence. */
  message?: string
  /** When the next month begins. */
  resets_at?: string
}

export type LimitEvent = {
  type: 'limit'
  limit: LimitInfo
}

export type InterruptionPendingEvent = {
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

export type InterruptionResolvedEvent = {
  type: 'interruption_resolved'
  interruption: {
    interrupt_id: string
    status: 'resolved' | 'declined' | 'timed_out' | 'cancelled'
    answer?: string
    resolved_by?: string
  }
}

export type ChannelPublishEvent = {
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

export type ChannelDeliveryEvent = {
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

export type SpawnChildStartedEvent = {
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

export type SpawnChildResultEvent = {
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

export type ChildEvent = {
  type: 'child'
  /** The sub-agent’s run. */
  run_id: string
  parent_run_id: string
  /** Place in the sub-agent’s own session. */
  seq: number
  /** The event, as the sub-agent’s own stream has it. */
  event: unknown
}

export type DoneEvent = {
  type: 'done'
  stop_reason: string
  /** The run was ended before it was done. */
  cancelled?: boolean
  usage?: Usage
}

export type ErrorEvent = {
  type: 'error'
  /** Provider and cause; never a key. */
  error: string
  code?: string
  /** When the model’s service can be asked again, where it has said so. */
  retry_at?: string
}

export type GapEvent = {
  type: 'gap'
  gap: {
    /** The oldest event that is still kept. */
    oldest_seq: number
  }
}

export type NoticeEvent = {
  type: 'notice'
  code: 'store_unavailable' | 'store_available'
  /** What has happened to the runtime, and what becomes of the stream. */
  text: string
}

export type RunEvent =
  | SessionEvent
  | AgentFrame
  | StartedEvent
  | TextEvent
  | ThinkingEvent
  | TextWasThinkingEvent
  | ToolCallEvent
  | ToolResultEvent
  | UsageEvent
  | RetryEvent
  | ProviderFallbackEvent
  | FallbackSuppressedEvent
  | CacheInvalidatedEvent
  | ReasoningInvalidatedEvent
  | ModelDowngradedEvent
  | SteerEvent
  | InputReturnedEvent
  | AwaitingInputEvent
  | TurnCancelledEvent
  | ContextCompactionEvent
  | RequestAdjustedEvent
  | LimitEvent
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
  | NoticeEvent

export type SpawnRun = {
  agent?: string
  /** A version of that agent; the one in use unless given. */
  def_id?: string
  user_id?: string
  tenant_id?: string
  segments?: SaidSegment[]
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
  /** Whose models it may run on, and what becomes of it when they fail: one of `user_tiers` of the configuration, `default` unless given. The runs that it starts have the same. Of no effect where none are configured. */
  user_tier?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_bearer?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_credentials?: Record<string, string>
  /** How long the run may take, with all it waits for; it fails then. Of an interactive run, how long each turn may take; it is stopped then. */
  run_timeout_seconds?: number
  /** Hosts that tools of the run and its sub-agents may reach, of those that are open; none if empty. Told by `Context`; has no effect besides, since no tool here reaches the network. */
  allowed_hosts?: string[] | null
  /** What becomes of pages found on other hosts. Told by `Context`; has no effect besides, since no tool here searches the web. */
  web_search_filter?: 'drop' | 'keep'
}

export type RunBatchBody = {
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

export type SpawnRunUsage = {
  input_tokens: number
  output_tokens: number
  cache_creation_tokens?: number
  cache_read_tokens?: number
  model?: string
  provider?: string
  /** Size of the model’s window. */
  max_context_tokens?: number
}

export type SpawnRunResult = {
  agent_id: string
  run_id: string
  session_id: string
  status: RunStatus
  stop_reason?: string
  final_text?: string
  usage?: SpawnRunUsage
  error?: string
  /** Limits of tokens that it has met. */
  limits?: LimitInfo[]
  parent_context?: ParentContext | null
}

export type RunBatchResult = {
  /** In the order of `spawns`. */
  results: SpawnRunResult[]
  spawned: number
}

export type StreamQuery = {
  /** A number: send only events after this one. Anything else counts as 0. */
  from_seq?: string
  /** Also send the events of sub-agents, as `child` frames. */
  include?: 'children'
}

export type InputBody = {
  /** What to tell the run; white space around it is dropped. */
  text?: string
  /** What goes along with the text, or says it all: as a run is started with, for the user only. */
  segments?: SaidSegment[]
}

export type InputResult = {
  run_id: string
  /** The input is stored and the run will take it in. */
  delivered: boolean
  /** Named again by the `steer` event that takes the input in. */
  input_id: string
}

export type ReasonBody = {
  reason?: string
}

export type CancelTurnResult = {
  run_id: string
  /** False where another process works on the run and has not heard it yet: it is stored, and stops there. */
  stopped: boolean
  parked: boolean
}

export type CompactRunResult = {
  run_id: string
  compacted: boolean
  /** Estimated: characters / 4. */
  before_tokens: number
  after_tokens: number
  applied: 'live' | 'marker' | 'noop'
}

export type RunStateQuery = {
  /** Comma-separated; all of them without it. */
  status?: string
  agent?: string
  tenant?: string
  /** Also each change of what a running run is doing, and not only once that it runs. */
  phases?: boolean
}

export type RunStateOpen = {
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

export type RunState = {
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

export type AgentUsage = {
  input_tokens: number
  output_tokens: number
  cache_creation_tokens?: number
  cache_read_tokens?: number
  model?: string
  provider?: string
}

export type Agent = {
  agent_id: string
  run_id: string
  session_id: string
  agent: string
  /** The version of the agent that the run began with. */
  agent_def_id?: string
  /** Of the `traceparent` that the run was started with, or its own. */
  trace_id?: string
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

export type CancelAgentBody = {
  /** False when the run had already ended. */
  cancelled: boolean
  agent_id: string
  /** Runs this call ended. */
  cancelled_count: number
  cascaded?: string[]
  reason?: string
  status?: RunStatus
}

export type AgentListQuery = {
  /** running unless given, completed, failed, cancelled, or all; nobody’s for any other. */
  status?: string
  tenant?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type AgentList = {
  agents: Agent[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type RunnableAgent = {
  name: string
  source: 'bundled' | 'tenant' | 'own'
  /** Chosen for new chats unless somebody chooses another. */
  default?: boolean
  description?: string
  provider?: string
  model?: string
  /** Plays a script; no model is behind it. */
  scripted?: boolean
  /** It reads and changes documents. */
  documents?: boolean
}

export type RunnableAgents = {
  agents: RunnableAgent[]
}

export type MessageBody = {
  segments?: SaidSegment[]
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
  /** Whose models it may run on, and what becomes of it when they fail: one of `user_tiers` of the configuration, `default` unless given. The runs that it starts have the same. Of no effect where none are configured. */
  user_tier?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_bearer?: string
  /** Never stored; has no effect, since no tool here acts for somebody elsewhere. */
  user_credentials?: Record<string, string>
  /** How long the run may take, with all it waits for; it fails then. Of an interactive run, how long each turn may take; it is stopped then. */
  run_timeout_seconds?: number
  /** Hosts that tools of the run and its sub-agents may reach, of those that are open; none if empty. Told by `Context`; has no effect besides, since no tool here reaches the network. */
  allowed_hosts?: string[] | null
  /** What becomes of pages found on other hosts. Told by `Context`; has no effect besides, since no tool here searches the web. */
  web_search_filter?: 'drop' | 'keep'
}

export type ReplayBody = {
  /** Whom the new session is with. */
  agent: string
  /** Begin with a summary of the older part. */
  compress?: boolean
  /** Copy no further than this event. In the middle of a turn the copy ends before that turn; 0 copies nothing. All of the session without it. */
  until_seq?: number
}

export type ReplaySessionResult = {
  new_session_id: string
  /** The run, ended, to which everything that was copied belongs. */
  seed_run_id: string
  events_copied: number
  compacted: boolean
  /** The last event that was copied; its place is the same in both sessions. */
  until_seq: number
}

export type TranscriptQuery = {
  /** At most this many events, the newest. All of them without it. */
  limit?: number
  /** Only events before this one. */
  before_seq?: number
}

export type BranchPoint = {
  /** The session this one is a branch of. */
  session_id: string
  /** The last event of it that both have; 0 where the branch begins before its first. */
  seq: number
  /** What that session is called. */
  title?: string
}

export type Session = {
  id: string
  tenant_id: string
  agent: string
  user_id: string
  created_at: string
  title?: string
  pinned?: boolean
  archived_at?: string
  branched_from?: BranchPoint
}

export type TranscriptEvent = {
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

export type LatestRun = {
  run_id: string
  agent_id: string
  agent: string
  status: RunStatus
  phase?: RunPhase
  interactive: boolean
  error?: string
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
  /** Put right where the bytes say otherwise. */
  media_type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  /** Base64; a data: prefix and line breaks are taken off. A picture that is damaged or too large is refused. */
  data: string
}

export type PromptSegment = {
  role: 'system' | 'user'
  content: PromptContent[]
}

export type SaidInput = {
  input_id: string
  /** The run that was told. */
  run_id: string
  /** What was said, in words. */
  text: string
  /** The whole turn, where it is more than words. */
  segments?: PromptSegment[]
  said_at: string
}

export type Transcript = {
  session: Session
  events: TranscriptEvent[]
  /** Older events exist; ask again with `before_seq`. */
  has_more?: boolean
  latest_run?: LatestRun
  /** Said to the latest run, which has yet to take them in. */
  queued_inputs?: SaidInput[]
  /** How many inputs its runs ended without, and nobody has taken back. */
  returned_inputs?: number
}

export type ReturnedInputs = {
  /** In the order in which they were said. */
  inputs: SaidInput[]
}

export type InterruptQuery = {
  /** pending, resolved, declined, timed_out, cancelled or all. */
  status?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type InterruptStatus =
  | 'pending'
  | 'resolved'
  | 'declined'
  | 'timed_out'
  | 'cancelled'

export type Interrupt = {
  interrupt_id: string
  run_id: string
  session_id: string
  kind: 'question' | 'notice'
  status: InterruptStatus
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

export type InterruptList = {
  interrupts: Interrupt[]
  total: number
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type ResolveInterruptBody = {
  /** `question`, which is all there is to answer. */
  kind?: string
  answer?: string
  resolved_by?: string
  disposition?: 'answer' | 'declined'
}

export type ResolveInterruptResult = {
  interrupt_id: string
  status: InterruptStatus
  resolved_at: string
}

export type LibraryQuery = {
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type Lack = {
  /** `gate`: the operator has it switched off. */
  kind: 'provider' | 'model' | 'tool' | 'skill' | 'volume' | 'gate' | 'agent'
  /** Of what is missing. */
  name: string
  /** A sentence for people, with what to do about it. */
  why: string
}

export type AgentChannels = {
  /** Channels it may write to; a trailing /* is for all below. */
  publish?: string[]
  /** Channels it may read. */
  subscribe?: string[]
}

export type AgentInterruption = {
  /** It may ask people. */
  enabled?: boolean
  /** What it may ask. */
  kinds?: Array<'question'>
  /** Questions that wait at once. */
  max_pending?: number
}

export type AgentTree = {
  /** Runs; 0 for no limit. */
  max_runs?: number
  /** Of those, the ones that have not ended; 0 for no limit. */
  max_runs_at_once?: number
  /** Model calls; 0 for no limit. */
  max_model_calls?: number
  /** Tokens read and written; 0 for no limit. */
  max_tokens?: number
}

export type AgentCandidate = {
  provider?: string
  model: string
}

export type LibraryAgentDefinition = {
  /** What it is for; people and other agents are told. */
  description?: string
  /** The service it runs on; the configured default unless given. */
  provider?: string
  /** A model of that service, or a name under `models` of the configuration. */
  model?: string
  /** How much of a model it needs, in place of one by name; which models that are is configured. */
  tier?: 'low' | 'middle' | 'high'
  /** How much it thinks before it answers, where the model can be told. */
  effort?: 'minimal' | 'low' | 'medium' | 'high'
  /** The longest turn. */
  max_tokens?: number
  sampling?: Sampling
  compaction?: Compaction
  /** Model calls since somebody last said something. */
  max_iterations?: number
  /** No such limit. */
  unbounded_iterations?: boolean
  /** Agents that it has at work at once. */
  max_concurrent_children?: number
  /** What a run of an agent that is code may take, waiting included. */
  run_timeout_seconds?: number
  /** So often a turn is asked for again that broke off. */
  retry_attempts?: number
  /** Its instructions. */
  system_prompt?: string
  /** Kept; has no effect. */
  system_prompt_base?: string
  /** JavaScript with a function run(input), of an agent on code-js; refused where no code is run. */
  code_body?: string
  /** What it may use, by name; a trailing * matches by prefix. Nothing unless given. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** It has not even Context, which every agent has otherwise. */
  disable_context?: boolean
  /** Skills it may read with the tool Skill, by name; a trailing * matches by prefix. */
  skills?: string[]
  /** Volumes it may reach files in, by name. */
  volumes?: string[]
  /** Whose memory it may use. */
  memory_scopes?: Array<'agent' | 'user' | 'tenant'>
  /** What it may keep in a scope of memory. */
  memory_quota_bytes?: number
  /** Whose SQL databases it may use. */
  sql_scopes?: Array<'agent' | 'user' | 'run'>
  /** What such a database may take. */
  sql_quota_bytes?: number
  channels?: AgentChannels
  interruption?: AgentInterruption
  /** Whose conversations it may look into. */
  history_scope?: Array<'self' | 'user' | 'tenant'>
  /** Whose evaluations it may read and write. */
  evaluation_scopes?: Array<'submit_self' | 'submit_siblings' | 'submit_descendants' | 'submit_any' | 'read_any'>
  /** Which agents it may define with AgentDef: self, descendants, any, named:<name>. */
  agent_def_scopes?: string[]
  /** Which skills it may define with SkillDef: any, named:<name>. */
  skill_def_scopes?: string[]
  /** Which teams it may define with TeamDef: any, named:<name>. */
  team_def_scopes?: string[]
  /** Which volumes it may make with VolumeDef: any, named:<name>. */
  volume_def_scopes?: string[]
  tree?: AgentTree
  /** The only services it may run on, in the order of preference; nothing of it goes to others. Any unless given. */
  providers?: string[]
  /** Its own models for a tier, in place of those that are configured. */
  models?: Record<string, Array<string | AgentCandidate>>
  /** Kept; has no effect. */
  search_providers?: string[]
  /** Kept; has no effect. */
  memory_backend?: string
  /** Kept; has no effect. */
  schedule_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_server_card_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_agent_def_scopes?: string[]
  /** Kept; has no effect. */
  core_blocks?: unknown
  /** Kept; has no effect. */
  inherit_core_blocks?: unknown
  /** Kept; has no effect. */
  memory_inject_max_tokens?: unknown
  /** Kept; has no effect. */
  inject_tool_guide?: unknown
  /** Kept; has no effect. */
  internal?: unknown
  /** Kept; has no effect. */
  memory_protocol?: unknown
  /** Kept; has no effect. */
  memory_consolidation?: unknown
  /** Kept; has no effect. */
  memory_index_max_bytes?: unknown
  /** Kept; has no effect. */
  memory_roots?: unknown
}

export type LibraryAgent = {
  name: string
  /** Whether it is of the configuration, was made over the wire, or both. */
  source: 'static-only' | 'dynamic-only' | 'both'
  in_static: boolean
  in_substrate: boolean
  /** It is configured in a bundle that comes with the runtime. */
  bundled?: boolean
  /** Of those that were made over the wire. */
  version_count: number
  active_def_id?: string
  latest_version?: number
  last_updated?: string
  /** Of those that are not retired. */
  live_version_count?: number
  /** The active version was retired, and what is configured is used, if anything is. */
  active_retired?: boolean
  /** What it needs and has not got, as things stand. */
  lacks?: Lack[]
  static_definition?: LibraryAgentDefinition
  active_definition?: LibraryAgentDefinition
}

export type LibraryAgents = {
  entries: LibraryAgent[]
}

export type LibrarySkillDefinition = {
  /** When it is of use; agents are told. */
  description?: string
  /** Its instructions, in Markdown. A new skill has to have some. */
  body?: string
  /** What an agent has to have to follow it. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
}

export type LibrarySkill = {
  name: string
  /** Whether it is of the configuration, was made over the wire, or both. */
  source: 'static-only' | 'dynamic-only' | 'both'
  in_static: boolean
  in_substrate: boolean
  /** It is configured in a bundle that comes with the runtime. */
  bundled?: boolean
  /** Of those that were made over the wire. */
  version_count: number
  active_def_id?: string
  latest_version?: number
  last_updated?: string
  /** Of those that are not retired. */
  live_version_count?: number
  /** The active version was retired, and what is configured is used, if anything is. */
  active_retired?: boolean
  /** What it needs and has not got, as things stand. */
  lacks?: Lack[]
  static_definition?: LibrarySkillDefinition
  active_definition?: LibrarySkillDefinition
}

export type LibrarySkills = {
  entries: LibrarySkill[]
}

export type TeamHandler = {
  /** agent: one works on it; parallel: several do, side by side, with the same task; consolidator: one makes one of what those have said; person: it waits until a person moves the card; terminal: it is the end. */
  kind: 'agent' | 'parallel' | 'consolidator' | 'person' | 'terminal'
  agent?: string
  /** Of a parallel one, in order. */
  agents?: string[]
  /** What is to be done here; agents are told. */
  prompt?: string
}

export type TeamState = {
  /** A status of cards. */
  state: string
  handler: TeamHandler
}

export type TeamTransition = {
  /** A state. */
  from: string
  /** A state. */
  to: string
  /** success; pushback:<reason>, or pushback:* for any; or conditional:<expression>, which is looked at on success, as `conditional:fields.score >= 8 and not (tags contains "draft")`. */
  on: string
}

export type TeamGraph = {
  description?: string
  /** Where it begins. */
  entry?: string
  /** So many steps of agents in one run; 25 unless given. */
  max_iterations?: number
  states?: TeamState[]
  transitions?: TeamTransition[]
  /** Of states, by name: #rrggbb, or slate, blue, green, amber, red, violet, teal, pink. */
  colors?: Record<string, string>
}

export type LibraryTeam = {
  name: string
  /** Whether it is of the configuration, was made over the wire, or both. */
  source: 'static-only' | 'dynamic-only' | 'both'
  in_static: boolean
  in_substrate: boolean
  /** It is configured in a bundle that comes with the runtime. */
  bundled?: boolean
  /** Of those that were made over the wire. */
  version_count: number
  active_def_id?: string
  latest_version?: number
  last_updated?: string
  /** Of those that are not retired. */
  live_version_count?: number
  /** The active version was retired, and what is configured is used, if anything is. */
  active_retired?: boolean
  /** What it needs and has not got, as things stand. */
  lacks?: Lack[]
  static_definition?: TeamGraph
  active_definition?: TeamGraph
}

export type LibraryTeams = {
  entries: LibraryTeam[]
}

export type LibraryEntry = {
  name: string
  /** Whether it is of the configuration, was made over the wire, or both. */
  source: 'static-only' | 'dynamic-only' | 'both'
  in_static: boolean
  in_substrate: boolean
  /** It is configured in a bundle that comes with the runtime. */
  bundled?: boolean
  /** Of those that were made over the wire. */
  version_count: number
  active_def_id?: string
  latest_version?: number
  last_updated?: string
  /** Of those that are not retired. */
  live_version_count?: number
  /** The active version was retired, and what is configured is used, if anything is. */
  active_retired?: boolean
  /** What it needs and has not got, as things stand. */
  lacks?: Lack[]
}

export type LibraryList = {
  entries: LibraryEntry[]
}

export type DefinitionNamesQuery = {
  /** Another tenant than one’s own; for admins. */
  tenant?: string
  /** Only names that begin with it. */
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type DefinitionName = {
  name: string
  tenant_id?: string
  version_count: number
  active_def_id?: string
  latest_version: number
  last_updated: string
  /** Of those that are not retired. */
  live_version_count: number
  /** The active version was retired and is not used. */
  active_retired?: boolean
}

export type DefinitionNames = {
  names: DefinitionName[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type ModelsQuery = {
  /** Ask the services again, though they were asked lately. */
  fresh?: boolean
}

export type CatalogueModel = {
  /** As the service calls it. */
  id: string
  /** It can be told how much to think. */
  effort?: boolean
  /** On the disk of the machine that it runs on. */
  size_bytes?: number
  /** Whether it is in the memory of that machine, and answers without being read first. */
  loaded?: boolean
  /** It can be shown pictures. */
  pictures?: boolean
  /** Tokens that it takes, where that is set or its service says so. */
  context_window?: number
}

export type CatalogueProvider = {
  provider: string
  /** Used where an agent names no service. */
  default?: boolean
  /** Used where an agent of this service names no model. */
  default_model?: string
  /** It plays scripts; no model is behind it. */
  scripted?: boolean
  /** In order of name. */
  models: CatalogueModel[]
  /** When the service was asked. */
  read_at?: string
  /** Why the service could not be asked; the models are those it named before, if it did. */
  error?: string
}

export type ModelChoice = {
  provider: string
  model: string
}

export type ModelCatalogue = {
  providers: CatalogueProvider[]
  /** Names that models have in the configuration. */
  aliases?: Record<string, ModelChoice>
}

export type ResolverModelStatus = {
  /** False where its service names its models, and this is none of them. */
  listed: boolean
  /** It has failed, and nothing has been heard of it since. */
  stalled: boolean
  /** It was asked too much, and is left alone until then. */
  rate_limited_until?: string
}

export type ProviderFailureNote = {
  at: string
  error: string
  /** The one that was asked; none where the service was asked for its models. */
  model?: string
}

export type ResolverProviderAvailability = {
  /** It is not set up. */
  excluded: boolean
  /** It answered when it was last asked for its models, or was not asked yet. */
  reachable: boolean
  models: Record<string, ResolverModelStatus>
  /** When it was asked for its models. */
  last_check?: string
  /** Why it could not be asked. */
  last_error?: string
  last_failure?: ProviderFailureNote
  /** What set it up: variables, a configuration file, nobody (it was found on this machine), or it comes with the runtime. */
  source?: 'environment' | 'file' | 'found' | 'builtin'
  /** The environment variable that its key is in. Its value is never told. */
  key_variable?: string
  /** The environment variable that its address is in. */
  address_variable?: string
  /** The service that its name means instead, as things are set up. */
  stand_in?: string
  /** What to do so that it is there; for one that is not set up. */
  to_set_up?: string
}

export type ResolverMatrix = {
  generated_at: string
  providers: Record<string, ResolverProviderAvailability>
}

export type ProviderModels = {
  provider: string
  fetched_at: string
  duration_ms: number
  /** In order of name. */
  models: string[]
}

export type RoutingChoice = {
  provider: string
  model: string
  /** It goes before all others. */
  primary: boolean
  /** It can be had now. This and what follows are told to operators alone. */
  available?: boolean
  /** A run that begins now begins with it. */
  selected?: boolean
  reachable?: boolean
  stalled?: boolean
  rate_limited?: boolean
}

export type RoutingTier = {
  tier: 'low' | 'middle' | 'high'
  /** In the order they are tried. */
  cascade: RoutingChoice[]
}

export type RoutingUserTier = {
  name: string
  /** A run goes on with another model of its tier where its own fails. */
  fallback_on_error: boolean
  tiers: RoutingTier[]
}

export type RoutingView = {
  generated_at: string
  /** How the models are doing is told as well. */
  admin: boolean
  providers?: Record<string, ResolverProviderAvailability>
  /** Of agents that say nothing themselves of models and services. One, `default`, where none are configured. */
  user_tiers: RoutingUserTier[]
}

export type LLMChatToolCall = {
  id: string
  name: string
  input: Record<string, unknown>
}

export type LLMChatMessage = {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content?: string
  tool_calls?: LLMChatToolCall[]
  /** Which call this is the result of. */
  tool_call_id?: string
}

export type LLMTool = {
  name: string
  description?: string
  input_schema: Record<string, unknown>
}

export type LLMChatBody = {
  messages: LLMChatMessage[]
  tools?: LLMTool[]
  /** 4096 unless given. */
  max_tokens?: number
  temperature?: number
  top_p?: number
  seed?: number
  stop?: string[]
  effort?: 'minimal' | 'low' | 'medium' | 'high'
  /** `auto`, `none`, `required`, or one by its name: `{type: "function", function: {name}}`. */
  tool_choice?: unknown
  /** False: no more than one call in an answer. */
  parallel_tool_calls?: boolean
  /** `{type: "json_object"}`, or `{type: "json_schema", json_schema: {name, schema}}`. */
  response_format?: unknown
  stream?: boolean
  /** With a model: that model of that service. Without one: whichever the service prefers. */
  provider?: string
  /** As GET /v1/models has them: a name of the configuration, a tier, provider/model, or a model. */
  model?: string
  /** Where no model is named: low, middle or high; `default` is what agents run on that name none. */
  tier?: string
  /** For whom it is, where the token does not say; who shares a limit, and whom it is counted to. */
  user_id?: string
  /** Whose models it may be answered by; one of `user_tiers` of the configuration, `default` unless given. */
  user_tier?: string
}

export type LLMTextBlock = {
  type: 'text'
  text: string
}

export type LLMToolUseBlock = {
  type: 'tool_use'
  id: string
  name: string
  /** An object, or the text that the model wrote where that was none. */
  input: unknown
}

export type LLMChatUsage = {
  input_tokens: number
  output_tokens: number
  cache_creation_input_tokens?: number
  cache_read_input_tokens?: number
}

export type LLMChatAnswer = {
  id: string
  request_id: string
  provider: string
  model: string
  content: Array<LLMTextBlock | LLMToolUseBlock>
  /** What the model thought, where it shows that. */
  reasoning?: string
  stop_reason: 'end_turn' | 'max_tokens' | 'tool_use' | 'stop_sequence' | 'refusal' | 'content_filter'
  usage: LLMChatUsage
  /** What was asked for and is not so; one sentence each. */
  warnings?: string[]
}

export type LLMProviderChosen = {
  provider: string
  model: string
  request_id: string
  /** What was asked for and is not so; one sentence each. */
  warnings?: string[]
}

export type LLMReasoning = {
  text: string
}

export type LLMContentBlockStart = {
  index: number
  block: LLMTextBlock | LLMToolUseBlock
}

export type LLMTextDelta = {
  type: 'text_delta'
  text: string
}

export type LLMContentBlockDelta = {
  index: number
  delta: LLMTextDelta
}

export type LLMContentBlockStop = {
  index: number
}

export type LLMMessageDelta = {
  delta: {
    stop_reason: 'end_turn' | 'max_tokens' | 'tool_use' | 'stop_sequence' | 'refusal' | 'content_filter'
  }
  usage: LLMChatUsage
}

export type LLMDone = {
  id: string
  stop_reason: 'end_turn' | 'max_tokens' | 'tool_use' | 'stop_sequence' | 'refusal' | 'content_filter'
  usage: LLMChatUsage
}

export type LLMError = {
  type: 'error'
  code: string
  message: string
}

export type ChatCompletionMessage = {
  role: string
  /** Text, or parts of it; pictures as data URLs. */
  content?: unknown
  tool_calls?: unknown
  tool_call_id?: string
  /** What the model thought, as it was answered. */
  reasoning_content?: unknown
}

export type ChatCompletionBody = {
  /** As GET /v1/models has them: a name of the configuration, a tier, provider/model, or a model. */
  model?: string
  messages: ChatCompletionMessage[]
  /** As OpenAI has it. */
  tools?: unknown[]
  /** `auto`, `none`, `required`, or one by its name: `{type: "function", function: {name}}`. */
  tool_choice?: unknown
  parallel_tool_calls?: boolean
  /** `{type: "json_object"}`, or `{type: "json_schema", json_schema: {name, schema}}`. */
  response_format?: unknown
  max_tokens?: number
  max_completion_tokens?: number
  temperature?: number
  top_p?: number
  top_k?: number
  frequency_penalty?: number
  presence_penalty?: number
  seed?: number
  /** A text, or several. */
  stop?: unknown
  /** minimal, low, medium or high. */
  reasoning_effort?: string
  stream?: boolean
  /** `{include_usage: true}` has the usage come in a chunk of its own. */
  stream_options?: unknown
  /** For whom it is, where the token does not say and it could be a user’s id. */
  user?: string
  /** With a model: that model of that service. */
  loomcycle_provider?: string
  /** Where no model is named: low, middle or high. */
  loomcycle_tier?: string
  /** For whom it is, where the token does not say; who shares a limit, and whom it is counted to. */
  loomcycle_user_id?: string
  /** Whose models it may be answered by; one of `user_tiers` of the configuration, `default` unless given. */
  loomcycle_user_tier?: string
}

export type ChatCompletionUsage = {
  /** With what came from the prompt cache. */
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: {
    cached_tokens: number
  }
}

export type ChatCompletion = {
  id: string
  /** Unix seconds. */
  created: number
  /** Which one answers, as provider/model. */
  model: string
  object: 'chat.completion'
  choices: Array<Record<string, unknown>>
  usage: ChatCompletionUsage
  /** What was asked for and is not so; one sentence each. */
  warnings?: string[]
}

export type ChatCompletionChunk = {
  id: string
  /** Unix seconds. */
  created: number
  /** Which one answers, as provider/model. */
  model: string
  object: 'chat.completion.chunk'
  choices: Array<Record<string, unknown>>
  usage?: ChatCompletionUsage | null
  /** What was asked for and is not so; one sentence each. */
  warnings?: string[]
}

export type EmbeddingsBody = {
  /** Echoed; it is the configured embedder that is asked. */
  model?: string
  /** A text, or up to 2048 of them. */
  input: unknown
  encoding_format?: 'float' | 'base64'
  /** Where the embedder can. */
  dimensions?: number
  /** For whom it is, where the token does not say and it could be a user’s id. */
  user?: string
  /** For whom it is, where the token does not say; who shares a limit, and whom it is counted to. */
  loomcycle_user_id?: string
}

export type EmbeddingItem = {
  object: 'embedding'
  embedding: number[] | string
  index: number
}

export type EmbeddingUsage = {
  /** 0 where the service does not count. */
  prompt_tokens: number
  total_tokens: number
}

export type EmbeddingList = {
  object: 'list'
  data: EmbeddingItem[]
  model: string
  usage: EmbeddingUsage
  /** What was asked for and is not so; one sentence each. */
  warnings?: string[]
}

export type ListedModel = {
  id: string
  object: 'model'
  /** 0: nobody says. */
  created: number
  /** The service; `loomcycle` for names of the configuration and tiers. */
  owned_by: string
}

export type ListedModels = {
  object: 'list'
  data: ListedModel[]
}

export type PauseBody = {
  /** How long runs get to come to a boundary; 30 s unless given. */
  timeout_ms?: number
}

export type PauseResult = {
  state: 'running' | 'pausing' | 'paused'
  duration_ms: number
  /** Runs that were interrupted because the time was over. */
  force_cancelled_count: number
  paused_runs_count: number
  warnings?: string[]
}

export type ResumeResult = {
  state: 'running' | 'pausing' | 'paused'
  resumed_runs_count: number
  warnings?: string[]
}

export type RuntimeState = {
  state: 'running' | 'pausing' | 'paused'
  paused_runs_count: number
}

export type Replica = {
  /** Its name. */
  id: string
  /** Of the machine, or the container, that it runs on. */
  hostname: string
  version: string
  /** When it came, by the clock of the store; anew after it was away. */
  started_at: string
  /** When it was heard of last, by the clock of the store. */
  last_heartbeat_at: string
  /** How long ago that was. */
  silent_ms: number
  /** Otherwise others take over what it worked on. */
  alive: boolean
  /** Runs that it was working on when it was heard of last; parked and waiting ones are not. */
  running_runs: number
  /** It is the one that answers. */
  self: boolean
}

export type ReplicaList = {
  /** By name. Empty where one process has the store to itself. One that ended without a word is listed for an hour. */
  replicas: Replica[]
}

export type CallStats = {
  /** Calls that are under way. */
  active: number
  queued: number
}

export type ConcurrencyStats = {
  /** Runs that are being worked on; parked and waiting ones are not. */
  active: number
  queued: number
  per_user?: Record<string, number>
  max_concurrent_runs: number
  max_queue_depth: number
  providers?: Record<string, CallStats>
}

export type UsageQuery = {
  /** Comma-separated: tenant, user, provider, model, source, day, agent, session, run. One row for everything without it. */
  group_by?: string
  /** The first day that counts: YYYY-MM-DD, or a time of it. Days are those of UTC. */
  from?: string
  /** The last day that counts; a time stands for its day, and midnight, to the second, for the day that ends then. */
  to?: string
  /** Another tenant than one’s own; for admins, who are told of all of them without it. */
  tenant?: string
  /** Only of this user. */
  user_id?: string
  /** Only of this agent. */
  agent?: string
  /** Only of this session. What runs took is known as long as their session is there. */
  session_id?: string
  /** Only of this run; what runs that it started took is theirs. */
  run_id?: string
  /** Only of runs about cards of this document, and of those that they started. */
  document_id?: string
  /** Only of runs about this card; `document_id` says where it is. */
  chunk_id?: string
  /** Rows at most. */
  limit?: number
}

export type UsageAggregate = {
  tenant_id?: string
  user_id?: string
  provider?: string
  model?: string
  /** Whose key paid: `operator`, whose keys the runtime has. */
  credential_source?: string
  /** YYYY-MM-DD, in UTC. */
  day?: string
  /** Empty for calls that no agent made. */
  agent?: string
  session_id?: string
  run_id?: string
  /** Read anew. */
  input_tokens: number
  /** Written, reasoning included. */
  output_tokens: number
  /** Read, and kept in the provider’s prompt cache. */
  cache_creation_tokens: number
  /** Read from the provider’s prompt cache. */
  cache_read_tokens: number
  /** Of the calls that had a price when they were made, at that price. */
  cost: number
  /** Of `cost`; none where nothing had a price. A group has a row for each currency that its calls were priced in. */
  currency?: string
  /** Model calls. */
  call_count: number
  /** Of those, the ones that no price was known for; `cost` has nothing of them. */
  unpriced_calls: number
}

export type UsageReport = {
  group_by: Array<'tenant' | 'user' | 'provider' | 'model' | 'source' | 'day' | 'agent' | 'session' | 'run'>
  /** The first day that counts. */
  from?: string
  /** The last day that counts. */
  to?: string
  /** The newest day first, and of a day what took most tokens. */
  rows: UsageAggregate[]
  /** There are more rows. */
  truncated?: boolean
}

export type LimitsQuery = {
  /** Another tenant than one’s own; for admins, who are told of all of them without it. */
  tenant?: string
}

/** What may be used in a calendar month. */
export type TokenLimit = {
  /** Empty for the whole runtime. */
  tenant_id: string
  /** Whose tokens are limited: those of the whole runtime, of a tenant, or of a user. */
  scope: 'operator' | 'tenant' | 'user'
  /** The user. */
  scope_id?: string
  /** Tokens of a month from which on runs say so. */
  soft_limit?: number
  /** Tokens of a month from which on there are no more model calls. */
  hard_limit?: number
  /** Tokens of this month: read anew, kept in a cache, and written; those read from a cache do not count. */
  used: number
  /** When the next month begins, in UTC. */
  resets_at: string
  updated_at?: string
  updated_by?: string
}

export type TokenLimits = {
  limits: TokenLimit[]
}

/** With neither limit it is taken away. */
export type SetTokenLimitBody = {
  /** Another tenant than one’s own; for admins. */
  tenant_id?: string
  /** Whose tokens are limited: those of the whole runtime, of a tenant, or of a user. */
  scope: 'operator' | 'tenant' | 'user'
  /** The user, where the scope is `user`. */
  scope_id?: string
  /** Tokens of a month from which on runs say so. Absent, there is none from now on. */
  soft_limit?: number
  /** Tokens of a month from which on there are no more model calls. Absent, there is none from now on. */
  hard_limit?: number
}

export type DeleteLimitQuery = {
  /** Whose tokens are limited: those of the whole runtime, of a tenant, or of a user. */
  scope: 'operator' | 'tenant' | 'user'
  /** The user, where the scope is `user`. */
  scope_id?: string
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type ConfigChange = {
  /** A key of configuration files, such as agents. */
  section: string
  /** Names, or keys, that were not there before. */
  added: string[]
  /** Those that are different now. */
  changed: string[]
  /** Those that are gone. */
  removed: string[]
}

export type ConfigReload = {
  /** What is in effect now and was not before. */
  changes: ConfigChange[]
  /** What has changed and stays as it was until the next start. */
  needs_restart: string[]
  /** Keys that a later file replaced; one sentence each. */
  overrides: string[]
  /** What will not work as written; one sentence each. */
  warnings: string[]
}

export type Preset = {
  name: string
  /** What it is a preset of: bundle. */
  kind: string
  description: string
}

export type Presets = {
  units: Preset[]
}

export type PresetFile = {
  name: string
  yaml: string
}

export type EnvTemplate = {
  env: string
}

export type HelpTopic = {
  name: string
  description: string
  /** Whether it comes with the runtime, or is the operator’s own. */
  source: 'builtin' | 'operator'
}

export type HelpTopics = {
  topics: HelpTopic[]
  count: number
}

export type HelpPage = {
  name: string
  description: string
  /** Whether it comes with the runtime, or is the operator’s own. */
  source: 'builtin' | 'operator'
  /** Markdown. */
  content: string
}

export type MemoryScopeInfo = {
  name: string
  description: string
}

export type MemoryScopeList = {
  scopes: MemoryScopeInfo[]
}

export type MemoryScopeIdsQuery = {
  limit?: number
  /** Goes on after this scope_id. */
  after?: string
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type MemoryScopeId = {
  scope_id: string
  key_count: number
  bytes: number
  updated_at: string
}

export type MemoryScopeIds = {
  scope: string
  scope_ids: MemoryScopeId[]
  /** There are more; ask again with `cursor`, or with `after`. */
  truncated?: boolean
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type MemoryKeysQuery = {
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
  include_embedding_metadata?: boolean
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type MemoryEntry = {
  key: string
  value: unknown
  expires_at?: string
  created_at: string
  updated_at: string
}

export type EmbedderName = {
  provider: string
  model: string
  dimension: number
}

export type MemoryEntries = {
  scope: string
  scope_id: string
  entries: MemoryEntry[]
  truncated: boolean
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
  embedding_metadata?: Record<string, EmbedderName>
}

export type MemoryTenantQuery = {
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type MemoryEntryAnswer = {
  scope: string
  scope_id: string
  entry: MemoryEntry
}

export type MemoryPutQuery = {
  embed?: boolean
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type MemoryPutBody = {
  /** Any JSON value. */
  value: unknown
  /** Make the value findable by search. */
  embed?: boolean
  /** What search goes by, in place of the value. */
  embed_text?: string
  ttl_seconds?: number
}

export type MemoryPutResult = {
  scope: string
  scope_id: string
  /** May hold slashes. */
  key: string
  embedded: boolean
  embed_warning?: string
}

export type MemoryChangesQuery = {
  /** Also what was done after this one; only what is yet to come without it. */
  since?: number
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

/** The first frame; its id is where to go on from. */
export type MemoryFeed = {
  type: 'feed'
  enabled: boolean
  since: number
  /** Provider and model, where there is one. */
  embedder?: string
}

/** What was last done to a key. Of several changes that are read together only the last is told. */
export type MemoryChange = {
  type: 'memory.set' | 'memory.delete'
  /** Number of the change in its tenant; also the frame’s id. */
  seq: number
  tenant: string
  scope: 'agent' | 'user' | 'tenant'
  scope_id: string
  key: string
  at: string
}

export type EmbedStatsQuery = {
  scope?: 'agent' | 'user' | 'tenant'
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type EmbedModelStats = {
  provider: string
  model: string
  dimension: number
  row_count: number
}

export type EmbedStats = {
  /** Empty for all. */
  scope: string
  tenant: string
  models: EmbedModelStats[]
  total_embedding_bytes: number
  current_embedder?: EmbedderName
  notes?: string[]
}

export type ReembedQuery = {
  scope: 'agent' | 'user' | 'tenant'
  scope_id: string
  /** Only say what would be done; so unless false. */
  dry_run?: boolean
  /** Another tenant than one’s own; for admins. */
  tenant?: string
  limit?: number
}

export type ReembedResult = {
  scope: string
  scope_id: string
  dry_run: boolean
  rows_total: number
  rows_to_reembed: number
  rows_reembedded?: number
  rows_failed?: number
  current_embedder: EmbedderName
  sample_keys?: string[]
  sample_keys_capped?: boolean
  failed_keys?: string[]
}

export type EmbeddingChoreQuery = {
  scope: 'agent' | 'user' | 'tenant'
  scope_id: string
  /** Only say what would be done; so unless false. */
  dry_run?: boolean
  /** Another tenant than one’s own; for admins. */
  tenant?: string
  prefix?: string
  limit?: number
}

export type BackfillEmbeddingsResult = {
  scope: string
  scope_id: string
  prefix?: string
  dry_run: boolean
  /** Values without a vector. */
  candidates: number
  embedded?: number
  failed?: number
  skipped_empty?: number
  more?: boolean
  failed_keys?: string[]
  sample_keys?: string[]
  current_embedder: EmbedderName
  notes: string[]
}

export type PurgeEmbeddingsResult = {
  scope: string
  scope_id: string
  prefix?: string
  dry_run: boolean
  scanned: number
  /** Vectors that no search with the embedder of now can find. */
  stale: number
  purged?: number
  truncated: boolean
  sample_keys?: string[]
  notes: string[]
}

export type MemoryRank = {
  /** For how close in meaning; 1 unless given. */
  semantic_weight?: number
  /** For how lately it was written; 0 unless given. */
  recency_weight?: number
  /** Age at which recency counts half; 168 unless given. */
  recency_half_life_hours?: number
  /** For how often it was found; 0 unless given. */
  frequency_weight?: number
  /** Has no effect: all entries have the same source. */
  source_weight?: number
}

export type MemoryDedup = {
  enabled?: boolean
  /** From this closeness on two entries are the same; 0.92 unless given. */
  threshold?: number
  /** Leave the lesser entry out (drop), name it beside the better one (merge), or only mark it (keep). */
  mode?: 'drop' | 'merge' | 'keep'
}

export type MemorySearchBody = {
  query: string
  scope: 'agent' | 'user' | 'tenant'
  scope_id: string
  top_k?: number
  prefix?: string
  rank?: MemoryRank
  dedup?: MemoryDedup
  /** Entries of memory are facts; there is no other. */
  sources?: Array<'facts' | 'notes' | 'documents'>
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type EmbeddedWith = {
  provider: string
  model: string
}

export type MemorySearchHit = {
  key: string
  value: unknown
  /** Closeness in meaning, up to 1. */
  score: number
  /** What the order comes from. */
  rank_score: number
  embedded_with: EmbeddedWith
  expires_at?: string
  /** Entries that say the same. */
  merged_keys?: string[]
  /** Key of the better entry that says the same. */
  duplicate_of?: string
  kind: string
}

export type MemorySearchResult = {
  scope: string
  scope_id: string
  entries: MemorySearchHit[]
  query_embedding_dim: number
  truncated: boolean
  dedup_dropped?: number
  rank_note?: string
}

export type PresenceQuery = {
  scope?: 'user' | 'agent' | 'tenant'
  /** Another user or agent of the tenant. */
  scope_id?: string
  /** Another tenant; for the operator. */
  tenant?: string
}

export type PresenceBody = {
  document_id: string
  /** The card that is open. */
  chunk_id?: string
  /** Made by the window, for as long as it is there. */
  client_id: string
  /** It is closed. */
  gone?: boolean
}

export type PresentPerson = {
  user_id: string
  /** One of the windows they have it open in. */
  client_id: string
  /** The card they have open. */
  chunk_id?: string
}

/** Who has a document open, told when that changes; it is in no log, and is not told again. */
export type DocumentPresence = {
  type: 'presence'
  document_id: string
  /** All who have it open now, in the order they came. */
  people: PresentPerson[]
}

export type DocumentAssetQuery = {
  scope?: 'user' | 'agent' | 'tenant'
  /** Another user or agent of the tenant. */
  scope_id?: string
  /** Another tenant; for the operator. */
  tenant?: string
}

export type DocumentChangesQuery = {
  scope?: 'user' | 'agent' | 'tenant'
  /** Another user or agent of the tenant. */
  scope_id?: string
  /** Another tenant; for the operator. */
  tenant?: string
  /** Also what was done after this one; only what is yet to come without it. */
  since?: number
  /** Only this document. */
  document_id?: string
  /** 1: also who has the document open, where one is named, as `presence` frames. */
  presence?: string
}

/** The first frame; its id is where to go on from. */
export type DocumentChangesReady = {
  type: 'ready'
}

export type ChangeActor = {
  kind: 'user' | 'agent' | 'program' | 'schedule' | 'webhook' | 'mcp_peer' | 'system'
  /** The user, or the name of the agent or of whatever else it was. */
  id: string
  run_id?: string
}

/** One change to a document, as it is followed. */
export type DocumentChange = {
  type: 'change'
  /** Number of the change in its scope; also the frame’s id. */
  seq: number
  /** The op that was called. */
  op: string
  document_id: string
  chunk_id?: string
  /** Of the chunk, after the change. */
  revision?: number
  actor: ChangeActor
  at: string
  title?: string
  parent_id?: string
  position?: number
  /** With `position`: the sibling it stands behind now; empty where it is the first. */
  after_id?: string
  /** What was changed, e.g. status. */
  keys?: string[]
  /** What title, type, status, rank, fields and tags are now, as far as they were changed. Never the body; left out where it would be long, and then the chunk is to be read. */
  changed?: Record<string, unknown>
  /** Of the edge. */
  kind?: string
  /** Where the edge leads. */
  to_id?: string
  /** How many chunks came or went. */
  count?: number
  /** The ranks that cards have got, by id, to make room for another between them; nothing else of them changed. */
  ranks?: Record<string, string>
}

export type ChannelDescriptor = {
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

export type ChannelDescriptorList = {
  channels: ChannelDescriptor[]
}

export type CreateChannelBody = {
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

export type UpdateChannelBody = {
  description?: string
  /** Seconds; 0 for none. */
  default_ttl?: number
  /** 0 for no limit. */
  max_messages?: number
  semantic?: 'queue' | 'topic' | 'broadcast'
}

export type PurgeResult = {
  name: string
  purged: number
}

export type PublishBody = {
  /** Any JSON value but null. */
  payload?: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
}

export type PublishResult = {
  msg_id: string
  channel: string
  created_at: string
  visible_at?: string
}

export type SubscribeBody = {
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** Milliseconds to wait for a message, at most 30 s. 0 unless given. */
  wait_ms?: number
}

export type ChannelMessage = {
  id: string
  value: unknown
  published_at: string
}

export type ChannelDelivery = {
  channel: string
  messages: ChannelMessage[]
  next_cursor: string
}

export type PeekQuery = {
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
}

export type ChannelPeek = {
  channel: string
  messages: ChannelMessage[]
  /** For reading on with another peek. */
  next_cursor: string
}

export type AckBody = {
  cursor: string
}

export type ChannelOk = {
  ok: boolean
}

export type AwaitBody = {
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

export type ChannelAwaitEntry = {
  messages: ChannelMessage[]
  next_cursor: string
}

export type ChannelAwait = {
  satisfied: boolean
  timed_out: boolean
  mode: 'any' | 'all' | 'at_least'
  /** Channels that have messages. */
  fired: string[]
  total_messages: number
  results: Record<string, ChannelAwaitEntry>
}

export type BroadcastBody = {
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

export type BroadcastEntry = {
  channel: string
  msg_id?: string
  created_at?: string
  visible_at?: string
  error?: string
}

export type BroadcastResult = {
  published: number
  failed: number
  results: BroadcastEntry[]
}

export type AgentCursor = {
  channel: string
  tenant_id: string
  scope: 'agent' | 'user' | 'global' | 'tenant'
  scope_id: string
  cursor: string
  updated_at: string
}

export type AgentCursorList = {
  channels: AgentCursor[]
}

export type VolumesQuery = {
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type VolumeEntry = {
  name: string
  /** Of the configuration, or made at run time. */
  source: 'static' | 'dynamic'
  /** Where it is on the runtime’s machine; empty for whoever may not know. */
  path: string
  /** Whether what is in it may be changed. */
  mode: 'rw' | 'ro'
  /** Paths without a volume are in this one. */
  default: boolean
  /** Volumes that are made at run time are folders in it. */
  dynamic_root: boolean
  created_at?: string
}

export type VolumeEntries = {
  entries: VolumeEntry[]
}

export type EphemeralVolume = {
  name: string
  root_run_id: string
  /** Where it is on the runtime’s machine; empty for whoever may not know. */
  path: string
  /** Whether what is in it may be changed. */
  mode: 'rw' | 'ro'
  created_at: string
}

export type EphemeralVolumes = {
  entries: EphemeralVolume[]
}

export type VolumeFilesQuery = {
  /** Of the folder, in the volume; its root unless given. */
  path?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
  /** For an ephemeral volume: the run it belongs to. */
  root_run_id?: string
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type VolumeFile = {
  name: string
  /** In the volume. */
  path: string
  /** `other`: a device, a pipe or a socket, which is never read. */
  kind: 'directory' | 'file' | 'link' | 'other'
  /** Of a file. */
  bytes?: number
  modified_at?: string
}

export type VolumeFiles = {
  volume: string
  path: string
  entries: VolumeFile[]
  /** The folder has more than are looked through. */
  truncated?: boolean
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type VolumeContentQuery = {
  /** Of the file, in the volume. */
  path: string
  /** The first byte wanted. */
  offset?: number
  /** In bytes. */
  limit?: number
  /** For an ephemeral volume: the run it belongs to. */
  root_run_id?: string
  /** Another tenant than one’s own; for admins. */
  tenant?: string
}

export type VolumeContent = {
  volume: string
  path: string
  /** Of the whole file. */
  bytes: number
  modified_at: string
  /** What `content` is; files that are no text are base64. */
  encoding: 'utf-8' | 'base64'
  content: string
  /** The first byte that is shown. */
  offset: number
  /** There is more; ask with it as `offset`. */
  next_offset?: number
}

export type AgentSpawnInput = {
  /** Name of the agent. */
  name: string
  /** The task. All the sub-agent knows of this conversation is what stands here. */
  prompt: string
  /** A version of that agent; the one in use unless given. */
  def_id?: string
  compaction?: Compaction
}

export type AgentSpawnOutput = {
  text: string
}

export type AgentSpawnTask = {
  /** Name of the agent. */
  name: string
  /** The task. All the sub-agent knows of this conversation is what stands here. */
  prompt: string
  /** A version of that agent; the one in use unless given. */
  def_id?: string
  compaction?: Compaction
}

export type AgentParallelSpawnInput = {
  spawns: AgentSpawnTask[]
}

export type AgentSpawnResult = {
  index: number
  agent: string
  ok: boolean
  output?: string
  error?: string
}

export type AgentParallelSpawnOutput = {
  results: AgentSpawnResult[]
}

export type AgentOverlay = {
  /** What it is for; people and other agents are told. */
  description?: string
  /** The service it runs on; the configured default unless given. */
  provider?: string
  /** A model of that service, or a name under `models` of the configuration. */
  model?: string
  /** How much of a model it needs, in place of one by name; which models that are is configured. */
  tier?: 'low' | 'middle' | 'high'
  /** How much it thinks before it answers, where the model can be told. */
  effort?: 'minimal' | 'low' | 'medium' | 'high'
  /** The longest turn. */
  max_tokens?: number
  sampling?: Sampling
  compaction?: Compaction
  /** Model calls since somebody last said something. */
  max_iterations?: number
  /** No such limit. */
  unbounded_iterations?: boolean
  /** Agents that it has at work at once. */
  max_concurrent_children?: number
  /** What a run of an agent that is code may take, waiting included. */
  run_timeout_seconds?: number
  /** So often a turn is asked for again that broke off. */
  retry_attempts?: number
  /** Its instructions. */
  system_prompt?: string
  /** Kept; has no effect. */
  system_prompt_base?: string
  /** JavaScript with a function run(input), of an agent on code-js; refused where no code is run. */
  code_body?: string
  /** What it may use, by name; a trailing * matches by prefix. Nothing unless given. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** It has not even Context, which every agent has otherwise. */
  disable_context?: boolean
  /** Skills it may read with the tool Skill, by name; a trailing * matches by prefix. */
  skills?: string[]
  /** Volumes it may reach files in, by name. */
  volumes?: string[]
  /** Whose memory it may use. */
  memory_scopes?: Array<'agent' | 'user' | 'tenant'>
  /** What it may keep in a scope of memory. */
  memory_quota_bytes?: number
  /** Whose SQL databases it may use. */
  sql_scopes?: Array<'agent' | 'user' | 'run'>
  /** What such a database may take. */
  sql_quota_bytes?: number
  channels?: AgentChannels
  interruption?: AgentInterruption
  /** Whose conversations it may look into. */
  history_scope?: Array<'self' | 'user' | 'tenant'>
  /** Whose evaluations it may read and write. */
  evaluation_scopes?: Array<'submit_self' | 'submit_siblings' | 'submit_descendants' | 'submit_any' | 'read_any'>
  /** Which agents it may define with AgentDef: self, descendants, any, named:<name>. */
  agent_def_scopes?: string[]
  /** Which skills it may define with SkillDef: any, named:<name>. */
  skill_def_scopes?: string[]
  /** Which teams it may define with TeamDef: any, named:<name>. */
  team_def_scopes?: string[]
  /** Which volumes it may make with VolumeDef: any, named:<name>. */
  volume_def_scopes?: string[]
  tree?: AgentTree
  /** The only services it may run on, in the order of preference; nothing of it goes to others. Any unless given. */
  providers?: string[]
  /** Its own models for a tier, in place of those that are configured. */
  models?: Record<string, Array<string | AgentCandidate>>
  /** Kept; has no effect. */
  search_providers?: string[]
  /** Kept; has no effect. */
  memory_backend?: string
  /** Kept; has no effect. */
  schedule_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_server_card_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_agent_def_scopes?: string[]
  /** Kept; has no effect. */
  core_blocks?: unknown
  /** Kept; has no effect. */
  inherit_core_blocks?: unknown
  /** Kept; has no effect. */
  memory_inject_max_tokens?: unknown
  /** Kept; has no effect. */
  inject_tool_guide?: unknown
  /** Kept; has no effect. */
  internal?: unknown
  /** Kept; has no effect. */
  memory_protocol?: unknown
  /** Kept; has no effect. */
  memory_consolidation?: unknown
  /** Kept; has no effect. */
  memory_index_max_bytes?: unknown
  /** Kept; has no effect. */
  memory_roots?: unknown
}

export type AgentDefCreateInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  overlay?: AgentOverlay
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; true unless given. */
  promote?: boolean
}

export type AgentDefRow = {
  def_id: string
  name: string
  /** Counts up from 1 in each name. */
  version: number
  /** The version it was made from. */
  parent_def_id?: string
  /** What its author says of this version. */
  description?: string
  created_at: string
  /** Handle of the run that made it; a_http-admin over HTTP. */
  created_by_agent_id: string
  /** It is not used any more. */
  retired: boolean
  /** A copy of what was configured, made to be forked. */
  bootstrapped_from_static: boolean
  /** Of the canonical JSON of its definition: the same for what says the same. */
  content_sha256: string
  definition: AgentOverlay
  /** It is the active version of its name. */
  promoted?: boolean
  /** It was there already: the active version says the same. */
  deduplicated?: boolean
  /** What will not work of it as things stand. */
  warnings?: string[]
}

/** What is not given stays; null takes away, and so does an empty list. */
export type AgentChanges = {
  /** What it is for. */
  description?: string | null
  /** The service it runs on. */
  provider?: string | null
  /** A model of that service, or a name under `models` of the configuration. */
  model?: string | null
  /** What it runs on, in place of a model. */
  tier?: 'low' | 'middle' | 'high' | null
  /** How much it thinks before it answers. */
  effort?: 'minimal' | 'low' | 'medium' | 'high' | null
  /** The longest turn. */
  max_tokens?: number
  sampling?: Sampling
  compaction?: Compaction
  /** Model calls since somebody last said something. */
  max_iterations?: number
  /** No such limit. */
  unbounded_iterations?: boolean
  /** Agents that it has at work at once. */
  max_concurrent_children?: number
  /** What a run of an agent that is code may take, waiting included. */
  run_timeout_seconds?: number
  /** So often a turn is asked for again that broke off. */
  retry_attempts?: number
  /** Its instructions. */
  system_prompt?: string | null
  /** Kept; has no effect. */
  system_prompt_base?: string
  /** JavaScript of an agent on code-js. */
  code_body?: string | null
  /** What it may use, by name; a trailing * matches by prefix. Nothing unless given. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
  /** It has not even Context, which every agent has otherwise. */
  disable_context?: boolean
  /** Skills it may read with the tool Skill, by name; a trailing * matches by prefix. */
  skills?: string[]
  /** Volumes it may reach files in, by name. */
  volumes?: string[]
  /** Whose memory it may use. */
  memory_scopes?: Array<'agent' | 'user' | 'tenant'>
  /** What it may keep in a scope of memory. */
  memory_quota_bytes?: number
  /** Whose SQL databases it may use. */
  sql_scopes?: Array<'agent' | 'user' | 'run'>
  /** What such a database may take. */
  sql_quota_bytes?: number
  channels?: AgentChannels
  interruption?: AgentInterruption
  /** Whose conversations it may look into. */
  history_scope?: Array<'self' | 'user' | 'tenant'>
  /** Whose evaluations it may read and write. */
  evaluation_scopes?: Array<'submit_self' | 'submit_siblings' | 'submit_descendants' | 'submit_any' | 'read_any'>
  /** Which agents it may define with AgentDef: self, descendants, any, named:<name>. */
  agent_def_scopes?: string[]
  /** Which skills it may define with SkillDef: any, named:<name>. */
  skill_def_scopes?: string[]
  /** Which teams it may define with TeamDef: any, named:<name>. */
  team_def_scopes?: string[]
  /** Which volumes it may make with VolumeDef: any, named:<name>. */
  volume_def_scopes?: string[]
  tree?: AgentTree
  /** The only services it may run on, in the order of preference; nothing of it goes to others. Any unless given. */
  providers?: string[]
  /** Its own models for a tier, in place of those that are configured. */
  models?: Record<string, Array<string | AgentCandidate>>
  /** Kept; has no effect. */
  search_providers?: string[]
  /** Kept; has no effect. */
  memory_backend?: string
  /** Kept; has no effect. */
  schedule_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_server_card_def_scopes?: string[]
  /** Kept; has no effect. */
  a2a_agent_def_scopes?: string[]
  /** Kept; has no effect. */
  core_blocks?: unknown
  /** Kept; has no effect. */
  inherit_core_blocks?: unknown
  /** Kept; has no effect. */
  memory_inject_max_tokens?: unknown
  /** Kept; has no effect. */
  inject_tool_guide?: unknown
  /** Kept; has no effect. */
  internal?: unknown
  /** Kept; has no effect. */
  memory_protocol?: unknown
  /** Kept; has no effect. */
  memory_consolidation?: unknown
  /** Kept; has no effect. */
  memory_index_max_bytes?: unknown
  /** Kept; has no effect. */
  memory_roots?: unknown
}

export type AgentDefForkInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  /** The version to begin with, of any name; the active one of the name unless given. */
  parent_def_id?: string
  overlay?: AgentChanges
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; false unless given. */
  promote?: boolean
}

export type AgentDefGetInput = {
  def_id: string
}

export type AgentDefListInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type AgentDefListOutput = {
  name: string
  versions: AgentDefRow[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type AgentDefRetireInput = {
  def_id: string
  /** False takes it back; true unless given. */
  retired?: boolean
}

export type AgentDefRetireOutput = {
  def_id: string
  retired: boolean
}

export type AgentDefPromoteInput = {
  def_id: string
}

export type AgentDefPromoteOutput = {
  def_id: string
  name: string
  promoted: boolean
}

export type AgentDefVerifyInput = {
  name: string
  content_sha256?: string
}

export type AgentDefVerifyOutput = {
  matches: boolean
  /** Empty where nothing is in use. */
  current_sha256: string
  /** Empty where nothing is in use, or what is configured. */
  current_def_id: string
  /** 0 where nothing is in use, or what is configured. */
  version: number
  name: string
  /** Something is in use under the name. */
  deployed: boolean
}

export type AgentOverrides = {
  /** The service it runs on; the configured default unless given. */
  provider?: string
  /** A model of that service, or a name under `models` of the configuration. */
  model?: string
  /** How much of a model it needs, in place of one by name; which models that are is configured. */
  tier?: 'low' | 'middle' | 'high'
  effort?: 'minimal' | 'low' | 'medium' | 'high'
  sampling?: Sampling
  /** The longest turn. */
  max_tokens?: number
  /** Model calls since somebody last said something. */
  max_iterations?: number
  compaction?: Compaction
}

export type AgentDefDeriveInput = {
  /** The agent to derive from; the one of the session unless given. */
  name?: string
  /** A version of it, to stay with. */
  def_id?: string
  session_id?: string
  overrides: AgentOverrides
}

/** An agent with another model or other settings, for one conversation. */
export type DerivedAgent = {
  /** Of its own, to start a conversation with. */
  name: string
  /** The agent it is derived from, whose memory, channels and grants are its own. */
  base: string
  /** The version of it, where one was named; whichever is in use otherwise. */
  base_def_id?: string
  /** The conversation it is for, as soon as there is one. */
  session_id?: string
  overrides: AgentOverrides
  /** What it runs on as things stand. */
  provider?: string
  model?: string
}

export type AgentDefDerivedInput = {
  session_id: string
}

export type AgentDefDerivedOutput = {
  session_id: string
  derived?: DerivedAgent
}

export type AgentDefRestoreInput = {
  session_id: string
}

export type AgentDefRestoreOutput = {
  session_id: string
  agent: string
  /** It had something of its own. */
  restored: boolean
}

export type ChannelPublishInput = {
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

export type ChannelPublishOutput = {
  message_id: string
  channel: string
  /** Older messages that had to go, because the channel keeps only so many. */
  dropped_oldest: number
  visible_at?: string
}

export type ChannelSubscribeInput = {
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

export type ChannelPeekInput = {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Where to read on: what comes after it. `cur_0` is the start. */
  from_cursor?: string
  max_messages?: number
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export type ChannelAckInput = {
  /** Name of a channel, e.g. research-done/c1. */
  channel: string
  /** Where to read on: what comes after it. `cur_0` is the start. */
  cursor: string
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export type ChannelListInput = {}

export type ChannelSummary = {
  name: string
  scope: 'agent' | 'user' | 'global' | 'tenant'
  semantic: 'queue' | 'topic' | 'broadcast'
  description?: string
  publish: boolean
  subscribe: boolean
}

export type ChannelListOutput = {
  channels: ChannelSummary[]
}

export type ChannelAwaitInput = {
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

export type ChannelBroadcastInput = {
  channels: string[]
  /** Any JSON value but null, at most 64 KiB. */
  value: unknown
  /** RFC 3339; until then nobody sees the message. */
  deliver_at?: string
  /** For documents/<id>/chunks: where the document is; `user` unless given. */
  scope?: 'agent' | 'user' | 'tenant'
}

export type ChannelBroadcastEntry = {
  channel: string
  message_id?: string
  visible_at?: string
  error?: string
}

export type ChannelBroadcastOutput = {
  published: number
  failed: number
  results: ChannelBroadcastEntry[]
}

export type ContextSelfInput = {}

export type ContextSelfOutput = {
  agent_name: string
  /** Of the version of you that this run began with. */
  agent_def_id?: string
  agent_id: string
  user_id: string
  user_tier?: string
  run_id: string
  session_id: string
  provider: string
  model: string
  /** What the model is asked with, besides the conversation. */
  sampling?: unknown
  /** When the conversation is compacted, and to what. */
  compaction?: unknown
  context?: {
    used_tokens: number
    max_tokens?: number
    /** Nobody has said how large your window is. */
    max_is_guess?: boolean
    used_pct?: number
  }
}

export type ContextToolsInput = {}

export type ToolSummary = {
  name: string
  description: string
  /** filesystem, network, privileged, state, pure or unknown. */
  side_effect_class: string
}

export type ContextToolsOutput = {
  tools: ToolSummary[]
  count: number
}

export type ContextDocInput = {
  /** The tool’s name. */
  name: string
}

export type ContextDocOutput = {
  name: string
  description: string
  input_schema: unknown
  side_effect_class: string
}

export type ContextPermissionsInput = {}

export type ContextPermissionsOutput = {
  tools: string[]
  allowed_tools: string[]
  host_policy: {
    /** Whether whoever started the run named hosts. */
    has_list: boolean
    allowed_hosts: string[]
    web_search_filter?: string
  }
  memory: {
    allowed_scopes: Array<'agent' | 'user' | 'tenant'>
    quota_bytes: number
  }
  sql: {
    allowed_scopes: Array<'agent' | 'user' | 'run'>
    quota_bytes: number
  }
  channels: {
    publish: string[]
    subscribe: string[]
  }
  interruption: {
    enabled: boolean
    max_pending: number
  }
  evaluation_scopes: Array<'submit_self' | 'submit_siblings' | 'submit_descendants' | 'submit_any' | 'read_any'>
  agent_def_scopes: string[]
  skill_def_scopes: string[]
  skills: string[]
  volumes: Array<{
    name: string
    /** Whether its files may be changed. */
    mode: 'rw' | 'ro'
    /** Meant where no volume is named. */
    default: boolean
  }>
  volume_def_scopes: string[]
  history_scope: string[]
}

export type ContextAgentsInput = {
  prefix?: string
}

export type ContextAgent = {
  name: string
  tier?: string
  provider: string
  model: string
  allowed_tools_count: number
  /** Of the version in use, where it was defined at run time. */
  active_def_id?: string
  description?: string
}

export type ContextAgentsOutput = {
  agents: ContextAgent[]
  count: number
}

export type ContextLineageInput = {
  /** Of a version of an agent. */
  def_id: string
  /** Generations in each direction. */
  depth?: number
}

export type LineageEntry = {
  def_id: string
  name: string
  version: number
  parent_def_id?: string
  retired: boolean
  created_at: string
}

export type ContextLineageOutput = {
  root: LineageEntry
  /** Nearest first. */
  ancestors: LineageEntry[]
  /** By generation; at most 500. */
  descendants: LineageEntry[]
  depth: number
  /** There are more. */
  truncated: boolean
}

export type ContextChannelsInput = {}

export type ContextChannel = {
  /** One that ends in /* stands for all below. */
  name: string
  scope: string
  semantic: string
  /** Seconds. */
  default_ttl?: number
  max_messages?: number
  publisher?: string
  publish: boolean
  subscribe: boolean
}

export type ContextChannelsOutput = {
  channels: ContextChannel[]
  count: number
  publish_wildcards: string[]
  subscribe_wildcards: string[]
}

export type EvaluationAggregateInput = {
  /** Of a definition, or the name of an agent. */
  def_id: string
  /** Count the definitions it was made from as well. */
  include_lineage?: boolean
}

export type ScoreStatistics = {
  mean: number
  median: number
  min: number
  max: number
  latest: number
  count: number
}

export type EvaluationAggregateOutput = {
  def_id: string
  count: number
  score?: ScoreStatistics
  dimensions: Record<string, ScoreStatistics>
  by_emitter_role: Record<string, ScoreStatistics>
  lineage_included: boolean
}

export type ContextHistoryInput = {
  /** Handle of the run. */
  agent_id?: string
  /** Only these, e.g. tool_call. */
  event_types?: string[]
  limit?: number
  /** Only what happened after this time, as in RFC 3339. */
  since_ts?: string
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type ContextHistoryEvent = {
  seq: number
  run_id: string
  ts: string
  type: string
  payload?: unknown
}

export type ContextHistoryOutput = {
  agent_id: string
  session_id: string
  events: ContextHistoryEvent[]
  count: number
  truncated: boolean
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type ContextReadOnInput = {
  /** As it stands where something is left out. */
  ref: string
  /** Characters before the part you want. */
  offset?: number
  /** Characters of it at most. */
  limit?: number
}

export type ContextReadOnOutput = {
  ref: string
  text: string
  offset: number
  total_chars: number
  /** Absent at the end. */
  next_offset?: number
}

export type ContextTimeInput = {}

export type ContextTimeOutput = {
  now_rfc3339: string
  unix_ms: number
  run_started_at?: string
  elapsed_ms?: number
}

export type ContextCompactInput = {}

export type ContextCompactOutput = {
  compaction: string
  applies_at: string
}

export type ContextHelpInput = {
  topic?: string
}

export type ContextHelpOutput = {
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

export type CreateDocumentInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  title: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
  /** Kind of chunk, e.g. publication; "" or null for none. */
  type?: string
  /** Its column on a board; "" or null for none. */
  status?: string
  tags?: string[]
}

export type CreateDocumentOutput = {
  document_id: string
  root_chunk_id: string
  title: string
  path?: string
  /** Why it could not have the path. */
  path_warning?: string
}

export type GetDocumentInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
}

export type GetDocumentOutput = {
  document_id: string
  title: string
  root_chunk_id: string
  type?: string
  status?: string
  tags?: string[]
  color_enabled: boolean
  color_scheme?: string
  /** Its names. */
  paths: string[]
  chunk_count: number
  created_at: string
  updated_at: string
  /** The latest change in the scope; follow from here. */
  seq: number
}

export type DeleteDocumentInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
}

export type DeleteDocumentOutput = {
  /** It is not there any more, whether or not it was. */
  deleted: boolean
  document_id: string
  /** 0 where there was no such document. */
  n_chunks_deleted: number
}

export type SetPathInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  id: string
  path: string
}

export type SetPathOutput = {
  document_id: string
  path: string
}

export type DocumentsSummaryInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  document_ids?: string[]
  under_path?: string
}

export type DocumentSummary = {
  document_id: string
  title: string
  color_enabled: boolean
  root_chunk_id?: string
  type?: string
  status?: string
  color_scheme?: string
}

export type DocumentsSummaryOutput = {
  documents: DocumentSummary[]
}

export type QueryDocumentsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Occurs in its title or in one of its paths. */
  text?: string
  type?: string
  status?: string
  tag?: string
  under_path?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type FoundDocument = {
  document_id: string
  title: string
  root_chunk_id: string
  /** Unix time in nanoseconds. */
  created_at: number
  /** Unix time in nanoseconds. */
  updated_at: number
  type?: string
  status?: string
  /** Its names, oldest first. */
  paths: string[]
}

export type QueryDocumentsOutput = {
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
  documents: FoundDocument[]
}

export type CreateChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  document_id: string
  title: string
  /** Chunk it belongs under; beside the root where left out. */
  parent_id?: string
  /** Place among the siblings, from 0. */
  position?: number
  /** Sibling it comes right after. */
  after_id?: string
  /** Sibling it comes right before. */
  before_id?: string
  /** Kind of chunk, e.g. publication; "" or null for none. */
  type?: string
  /** Its column on a board; "" or null for none. */
  status?: string
  /** Markdown. [[Title]] or [[id]] links to another chunk. */
  body?: string
  /** Values by name, all of them; checked where the type declares them. */
  fields?: Record<string, unknown>
  tags?: string[]
}

export type ChunkAsset = {
  media_type: string
  /** In bytes. */
  size: number
  filename?: string
}

export type NotStarted = {
  agent: string
  reason: string
}

export type Chunk = {
  id: string
  document_id: string
  /** Place among its siblings; unique, ascending, not always without gaps. */
  position: number
  title: string
  revision: number
  body: string
  parent_id?: string
  type?: string
  status?: string
  /** Its place among the chunks of the document that have its status; compared character by character. */
  rank?: string
  fields?: Record<string, unknown>
  tags?: string[]
  asset?: ChunkAsset
  natural_key?: string
  /** What an imported file had before its first heading. */
  preamble?: string
  created_at: string
  updated_at: string
  updated_by: ChangeActor
  /** Of a comment that was just written: whom it mentions and nobody starts, and why. */
  not_started?: NotStarted[]
}

export type UpsertChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  document_id: string
  natural_key: string
  title: string
  /** Chunk it belongs under; beside the root where left out. */
  parent_id?: string
  /** Place among the siblings, from 0. */
  position?: number
  /** Sibling it comes right after. */
  after_id?: string
  /** Sibling it comes right before. */
  before_id?: string
  /** Kind of chunk, e.g. publication; "" or null for none. */
  type?: string
  /** Its column on a board; "" or null for none. */
  status?: string
  /** Markdown. [[Title]] or [[id]] links to another chunk. */
  body?: string
  /** Values by name, all of them; checked where the type declares them. */
  fields?: Record<string, unknown>
  tags?: string[]
}

export type UpsertChunkOutput = {
  id: string
  natural_key: string
  created: boolean
  revision: number
  /** Of a comment that was just written: whom it mentions and nobody starts, and why. */
  not_started?: NotStarted[]
}

export type GetChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
}

export type UpdateChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** The revision you have read; refused where it is no longer current. */
  revision?: number
  title?: string
  /** Kind of chunk, e.g. publication; "" or null for none. */
  type?: string
  /** Its column on a board; "" or null for none. */
  status?: string
  /** Markdown. [[Title]] or [[id]] links to another chunk. */
  body?: string
  /** Values by name, all of them; checked where the type declares them. */
  fields?: Record<string, unknown>
  /** Only these fields; null takes one away. The others stay. */
  set_fields?: Record<string, unknown>
  tags?: string[]
  /** Only these besides; the others stay. */
  add_tags?: string[]
  /** Only these go; the others stay. */
  remove_tags?: string[]
  preamble?: string
  /** Moves it under another chunk; "" to the top level. */
  parent_id?: string
  /** Place among the siblings, from 0. */
  position?: number
  /** Sibling it comes right after. */
  after_id?: string
  /** Sibling it comes right before. */
  before_id?: string
}

export type DeleteChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** The revision you have read; refused where it is no longer current. */
  revision?: number
  /** Number of the latest change you have seen; refused (409 changed_since, with the changes) where something was done since to the chunk, to anything under it, or to edges that lead there. */
  unchanged_since?: number
}

export type DeleteChunkOutput = {
  deleted: boolean
  cascade_deleted_descendants: number
}

export type MoveChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** Chunk it belongs under; the top level where empty or left out, unless a sibling is named. */
  new_parent_id?: string
  /** Place among the siblings, from 0. */
  position?: number
  /** Sibling it comes right after. */
  after_id?: string
  /** Sibling it comes right before. */
  before_id?: string
  /** The revision you have read; refused where it is no longer current. */
  revision?: number
  /** Number of the latest change you have seen; refused (409 changed_since, with the changes) where the chunk was put elsewhere since. */
  unmoved_since?: number
}

export type MoveChunkOutput = {
  ok: boolean
  id: string
  new_parent_id: string
  position: number
}

export type MoveCardInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** Its column on a board; "" or null for none. */
  status?: string
  /** Card of that column it comes right after; passed over where it is no longer there. */
  after_id?: string
  /** Card of that column it comes right before; passed over where it is no longer there. */
  before_id?: string
  /** The revision you have read; refused where it is no longer current. */
  revision?: number
}

export type MoveCardOutput = {
  id: string
  document_id: string
  /** Empty where it has none. */
  status: string
  /** Empty where it has no status. */
  rank: string
  /** One more where the status was changed; a place alone makes none. */
  revision: number
}

export type CardRunsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  document_id: string
  /** Of the chunk. */
  id?: string
  limit?: number
}

export type CardRun = {
  /** The card. */
  chunk_id: string
  agent_id: string
  run_id: string
  session_id: string
  agent: string
  /** The version of the agent that the run began with. */
  agent_def_id?: string
  /** Of the `traceparent` that the run was started with, or its own. */
  trace_id?: string
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
  /** That it waits to be answered. */
  questions: Interrupt[]
}

export type WaitingCard = {
  /** The card. */
  chunk_id: string
  /** Is started when its turn has come. */
  agent: string
  /** The column that has it started. */
  status?: string
  /** The comment that mentions it. */
  comment_id?: string
  asked_by: ChangeActor
  since: string
}

export type CardRunsOutput = {
  runs: CardRun[]
  /** In their order. */
  waiting: WaitingCard[]
}

export type ReorderChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  direction: 'up' | 'down'
  /** The revision you have read; refused where it is no longer current. */
  revision?: number
}

export type ReorderChunkOutput = {
  reordered: boolean
  id: string
  direction?: string
}

export type LinkChunksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  from_id: string
  to_id: string
  kind: string
}

export type LinkChunksOutput = {
  ok: boolean
  from_id: string
  to_id: string
  kind: string
}

export type UnlinkChunksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  from_id: string
  to_id: string
  kind: string
}

export type UnlinkChunksOutput = {
  removed: boolean
}

export type GetEdgesInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  document_id?: string
  /** Of a chunk: only its edges. */
  id?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type ChunkEdge = {
  from_id: string
  to_id: string
  kind: string
  /** Made from a link in the body. */
  auto: boolean
  from_title?: string
  from_type?: string
  from_status?: string
  from_document_id?: string
  to_title?: string
  to_type?: string
  to_status?: string
  to_document_id?: string
}

export type GetEdgesOutput = {
  edges: ChunkEdge[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type BacklinksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
}

export type Backlink = {
  from_id: string
  kind: string
  auto: boolean
  from_title?: string
  from_type?: string
  from_status?: string
  from_document_id?: string
}

export type BacklinksOutput = {
  backlinks: Backlink[]
}

export type FieldPredicate = {
  field: string
  is: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'contains' | 'set' | 'unset'
  value?: unknown
}

export type QueryChunksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  document_id?: string
  /** Only these chunks, as far as they are there. */
  ids?: string[]
  type?: string
  status?: string
  /** "" for the top level. */
  parent_id?: string
  /** Only of documents at or below this path. */
  under_path?: string
  tag?: string
  tag_prefix?: string
  /** Words that occur. */
  text?: string
  /** All must hold of the fields. */
  where?: FieldPredicate[]
  /** position, rank, title, type, status, created_at, updated_at or field:<name>. */
  sort?: string
  order?: 'asc' | 'desc'
  /** `actors`: who made it and when, and who wrote it last. */
  include?: Array<'body' | 'fields' | 'tags' | 'actors'>
  limit?: number
  offset?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
  /** One SELECT; nothing else of this applies then. */
  sql?: string
  /** For the places for values in `sql`. */
  args?: unknown[]
}

export type ChunkSummary = {
  id: string
  document_id: string
  title: string
  position: number
  revision: number
  parent_id?: string
  type?: string
  status?: string
  /** Its place among the chunks of the document that have its status; compared character by character. */
  rank?: string
  natural_key?: string
  updated_at?: string
  /** Where asked for by `include`. */
  body?: string
  fields?: Record<string, unknown>
  tags?: string[]
  /** With `actors`. */
  created_at?: string
  created_by?: ChangeActor
  updated_by?: ChangeActor
}

export type QueryChunksOutput = {
  chunks?: ChunkSummary[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
  /** All changes of the scope up to this one are in these chunks; follow from here. */
  seq?: number
  columns?: string[]
  rows?: Array<unknown[]>
  truncated?: boolean
}

export type SearchChunksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  query: string
  /** Of the document. */
  document_id?: string
  limit?: number
}

export type FoundChunk = {
  chunk_id: string
  /** Higher is closer. */
  score: number
  title?: string
  type?: string
  document_id?: string
  excerpt?: string
}

export type SearchChunksOutput = {
  chunks: FoundChunk[]
  /** What was found by words only, and why. */
  note?: string
}

export type RelatedChunksInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  limit?: number
}

export type RelatedChunksOutput = {
  related: FoundChunk[]
}

export type UnlinkedMentionsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  limit?: number
}

export type UnlinkedMention = {
  chunk_id: string
  title?: string
  document_id?: string
}

export type UnlinkedMentionsOutput = {
  unlinked_mentions: UnlinkedMention[]
  truncated: boolean
}

export type AddTagsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id?: string
  /** Of the document. */
  document_id?: string
  tags: string[]
}

export type TagsOutput = {
  chunk_id?: string
  document_id?: string
  tags: string[]
}

export type RemoveTagsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id?: string
  /** Of the document. */
  document_id?: string
  tags: string[]
}

export type ListTagsInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id?: string
  /** Of the document. */
  document_id?: string
}

export type TagCount = {
  tag: string
  count: number
}

export type ListTagsOutput = {
  tags: TagCount[]
}

export type DefineTypeInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  name: string
  /** Where it holds; everywhere in the scope if empty or left out. */
  document_id?: string
  fields?: unknown
}

export type DefineTypeOutput = {
  ok: boolean
  name: string
  document_id: string
  /** Why which parts of the declaration are not checked. */
  unchecked?: string[]
}

export type ListTypesInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of a document: its own types and those that hold everywhere. */
  document_id?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type FieldSpec = {
  name: string
  kind: 'text' | 'number' | 'date' | 'select' | 'person' | 'url' | 'checkbox'
  options?: string[]
  required?: boolean
}

export type ChunkType = {
  name: string
  document_id: string
  /** As they were declared. */
  fields: unknown
  /** What of them is checked. */
  field_specs: FieldSpec[]
}

export type ListTypesOutput = {
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
  types: ChunkType[]
}

export type SetAssetInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** E.g. image/png. */
  media_type: string
  /** Base64. */
  data: string
  filename?: string
}

export type GetAssetInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
}

export type GetAssetOutput = {
  chunk_id: string
  media_type: string
  size: number
  described: boolean
  filename?: string
  note?: string
}

export type ChunkHistoryInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type ChunkRevision = {
  revision: number
  /** Unix time in nanoseconds. */
  created_at: number
  at: string
  /** Who made it, in a word. */
  actor: string
  actor_ref: ChangeActor
  op: string
  keys?: string[]
}

export type ChunkHistoryOutput = {
  chunk_id: string
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
  revisions: ChunkRevision[]
}

export type GetVersionInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  revision: number
}

export type GetVersionOutput = {
  chunk_id: string
  revision: number
  body: string
  title: string
  type?: string
  status?: string
  fields?: Record<string, unknown>
  tags?: string[]
}

export type DiffChunkInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  from_revision: number
  to_revision: number
}

export type ChangedValue = {
  from: unknown
  to: unknown
}

export type DiffChunkOutput = {
  chunk_id: string
  from_revision: number
  to_revision: number
  /** Of the bodies, unified. */
  diff: string
  /** Of everything but the body. */
  changes: Record<string, ChangedValue>
}

export type ListChangesInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Only changes after this number. */
  since?: number
  /** Of the document. */
  document_id?: string
  /** Of the chunk. */
  id?: string
  run_id?: string
  limit?: number
}

export type ListChangesOutput = {
  changes: DocumentChange[]
  head: number
  truncated: boolean
}

export type RevertInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the chunk. */
  id: string
  /** The revision to undo. */
  revision: number
}

export type RevertRunInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  run_id: string
  /** Of the document. */
  document_id?: string
}

export type RevertedThing = {
  what: 'chunk' | 'document' | 'edge' | 'type'
  id: string
  how: 'restored' | 'deleted' | 'recreated'
  title?: string
}

export type SkippedThing = {
  what: 'chunk' | 'document' | 'edge' | 'type'
  id: string
  title?: string
  reason: string
}

export type RevertRunOutput = {
  run_id: string
  reverted: RevertedThing[]
  skipped: SkippedThing[]
}

export type ExportMdInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  document_id?: string
  /** Of the document. */
  id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
  /** Types, status, fields, settings of the board and edges as comments; true unless given. */
  include_metadata?: boolean
  /** What was said about cards, as well. */
  include_comments?: boolean
}

export type ExportMdOutput = {
  markdown: string
  document_id: string
  title: string
}

export type ImportMdInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  markdown: string
  /** Of the document. */
  document_id?: string
  /** Chunk of that document they come under; its root unless given. */
  parent_id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
  /** Where the text has no heading. */
  title?: string
}

export type ImportMdOutput = {
  document_id: string
  root_chunk_id: string
  chunks_created: number
  path?: string
  path_warning?: string
}

export type BoardFile = {
  /** As in the archive, e.g. issues.csv. */
  name: string
  text: string
}

export type ImportBoardInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** trello: its JSON; github_projects, linear: their tables; vibe_kanban: issues.csv, or all files of its archive; focalboard: board.jsonl; markdown_lists: columns as headings and cards as list items; csv: any table with a header. Told by the text unless given. */
  format?: 'trello' | 'github_projects' | 'linear' | 'vibe_kanban' | 'focalboard' | 'markdown_lists' | 'csv'
  /** What the file says. */
  text?: string
  /** Instead: the files of an archive. */
  files?: BoardFile[]
  /** Where the file says none. */
  title?: string
  /** Title of the one to import where the archive has several; the first unless given. */
  board?: string
  /** For csv: the column that has the titles. */
  title_column?: string
  /** For csv: the column that says where a card stands. */
  status_column?: string
  /** What was put away as well. */
  archived?: boolean
  /** Makes nothing, and says what would be made and what is left out. */
  preview?: boolean
  /** Name of the document, e.g. /docs/launch. */
  path?: string
}

export type ImportedColumn = {
  status: string
  title: string
  cards: number
}

export type ImportedField = {
  name: string
  kind: string
}

export type LeftOutPart = {
  what: string
  why: string
  /** Left out where the file does not tell. */
  count?: number
}

export type ImportedTable = {
  /** Its columns. */
  header: string[]
  /** The one that has the titles. */
  title: string
  /** The one that says where a card stands. */
  status?: string
}

export type ImportBoardOutput = {
  format: 'trello' | 'github_projects' | 'linear' | 'vibe_kanban' | 'focalboard' | 'markdown_lists' | 'csv'
  title: string
  /** In order. */
  columns: ImportedColumn[]
  /** Of its cards, declared as the type card. */
  fields: ImportedField[]
  cards: number
  comments: number
  edges: number
  /** Cards that stand in no column. */
  without_column: number
  /** What is not taken, and why. */
  left_out: LeftOutPart[]
  /** Titles of all in the archive, where there are several. */
  boards?: string[]
  table?: ImportedTable
  /** Left out of a preview. */
  document_id?: string
  root_chunk_id?: string
  chunks_created?: number
  path?: string
  path_warning?: string
}

export type ExportCsvInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  document_id?: string
  /** Of the document. */
  id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
  /** Only these chunks, in this order; all cards unless given. */
  ids?: string[]
  /** title, status, type, tags, body, id, parent, created_at, updated_at or field:<name>; title, status, tags and every field unless given. */
  columns?: string[]
}

export type ExportCsvOutput = {
  csv: string
  document_id: string
  title: string
  rows: number
}

export type ExportCanvasInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** Of the document. */
  document_id?: string
  /** Of the document. */
  id?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
  /** What was said about cards, as well. */
  include_comments?: boolean
}

export type ExportCanvasOutput = {
  canvas: unknown
  document_id: string
}

export type ImportCanvasInput = {
  /** Whose documents: the user’s (unless given), this agent’s, or the tenant’s. */
  scope?: 'user' | 'agent' | 'tenant'
  /** The canvas, or its JSON as text. */
  canvas: unknown
  title?: string
  /** Name of the document, e.g. /docs/launch. */
  path?: string
}

export type ImportCanvasOutput = {
  document_id: string
  root_chunk_id: string
  chunks_created: number
  edges_created: number
}

export type EvaluationSubmitInput = {
  run_id: string
  score: number
  /** Scores by aspect. */
  dimensions?: Record<string, number>
  /** At most 32 KiB. */
  judgement?: string
  /** At most 8 KiB. */
  rationale?: string
}

export type EvaluationSubmitOutput = {
  eval_id: string
  run_id: string
  def_id?: string
  /** What the judge is to the run; the server says. */
  emitter_role: 'external' | 'self' | 'parent' | 'sibling' | 'unrelated'
  score: number
  created_at: string
}

export type EvaluationGetInput = {
  eval_id: string
}

export type Evaluation = {
  eval_id: string
  run_id: string
  /** The agent’s definition that was judged. */
  def_id?: string
  /** The agent that was judged. */
  agent?: string
  score: number
  /** Scores by aspect. */
  dimensions?: Record<string, number>
  judgement?: string
  rationale?: string
  emitter_role: 'external' | 'self' | 'parent' | 'sibling' | 'unrelated'
  emitter_agent_id?: string
  emitter_run_id?: string
  created_at: string
}

export type EvaluationListForRunInput = {
  run_id: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type EvaluationList = {
  evaluations: Evaluation[]
  /** Of this page. */
  count: number
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type EvaluationListForDefInput = {
  /** Of a definition, or the name of an agent. */
  def_id: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type HistoryListInput = {
  /** As in search. */
  query?: string
  scope?: 'self' | 'user' | 'tenant' | 'global'
  status?: RunStatus
  /** RFC 3339; active at this time or later. */
  from?: string
  /** RFC 3339; active before this time. */
  to?: string
  tag?: string
  /** Only those without a tag. */
  untagged?: boolean
  title_contains?: string
  pinned_only?: boolean
  include_archived?: boolean
  archived_only?: boolean
  /** What was deleted and can still be brought back. */
  deleted_only?: boolean
  /** Also the sessions of sub-agents, and of runs that a card has started. */
  include_internal?: boolean
  limit?: number
  /** So many are left out, counted from the cursor where there is one. */
  offset?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type Chat = {
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
  description?: string
  tags?: string[]
  pinned?: boolean
  archived?: boolean
  /** When it was deleted; it is gone for good seven days later. */
  deleted_at?: string
  /** Written by a model; as of `summary_updated_at`. */
  summary?: string
  summary_updated_at?: string
  /** Of a search: where it was found. */
  snippet?: string
  run_count: number
  input_tokens: number
  output_tokens: number
  /** What its runs came to; 0, since no prices are known. */
  cost: number
  branched_from?: BranchPoint
}

export type ChatList = {
  scope: string
  chats: Chat[]
  total: number
  limit: number
  offset: number
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type HistorySearchInput = {
  query: string
  scope?: 'self' | 'user' | 'tenant' | 'global'
  status?: RunStatus
  /** RFC 3339; active at this time or later. */
  from?: string
  /** RFC 3339; active before this time. */
  to?: string
  tag?: string
  /** Only those without a tag. */
  untagged?: boolean
  title_contains?: string
  pinned_only?: boolean
  include_archived?: boolean
  archived_only?: boolean
  /** What was deleted and can still be brought back. */
  deleted_only?: boolean
  /** Also the sessions of sub-agents, and of runs that a card has started. */
  include_internal?: boolean
  limit?: number
  /** So many are left out, counted from the cursor where there is one. */
  offset?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type HistoryGetInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  /** Text with the tools’ work, or only what was said; events unless given. */
  format?: 'markdown' | 'conversation'
  /** The newest events; all unless given, to an agent as many as fit into 1 MiB. */
  limit?: number
  before_seq?: number
}

export type HistoryEvent = {
  seq: number
  run_id: string
  ts: string
  type: string
  payload?: unknown
}

export type HistoryGetResult = {
  scope: string
  chat: Chat
  transcript?: HistoryEvent[]
  format?: string
  markdown?: string
  /** Older events exist; ask again with `before_seq`. */
  has_more?: boolean
}

export type HistoryRenameInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  title: string
}

export type ChatResult = {
  scope: string
  chat: Chat
}

export type HistoryAnnotateInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  description?: string
  /** All its tags, in place of those it has. */
  tags?: string[]
  /** Besides those it has. */
  add_tags?: string[]
  remove_tags?: string[]
}

export type HistoryTagsInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
}

export type HistoryTagsResult = {
  scope: string
  tags: TagCount[]
}

export type HistoryRecapInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
}

export type HistoryRecapResult = {
  scope: string
  summary: string
  chat: Chat
}

export type HistoryResumeInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
}

export type HistoryResume = {
  session_id: string
  agent?: string
  tenant_id?: string
  user_id?: string
  status?: RunStatus
  /** Of the latest run. */
  run_id?: string
  last_activity: string
  /** How, in a sentence. */
  hint: string
}

export type HistoryResumeResult = {
  scope: string
  resume: HistoryResume
}

export type HistoryRelatedInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id?: string
  query?: string
  limit?: number
}

export type HistoryRelatedResult = {
  scope: string
  related: Chat[]
  count: number
}

export type HistoryBranchesInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type HistoryBranchesResult = {
  scope: string
  branches: Chat[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type HistoryPinInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  /** True unless given. */
  pinned?: boolean
}

export type HistoryArchiveInput = {
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id: string
  /** True unless given. */
  archived?: boolean
}

export type InterruptionAskInput = {
  question: string
  /** The answers to choose from; free text without them. */
  options?: string[]
  /** What to know before answering. */
  context?: string
  /** Milliseconds until the question expires; an hour unless given, a day at most. */
  timeout_ms?: number
  priority?: 'low' | 'normal' | 'high'
}

export type InterruptionAskOutput = {
  interrupt_id: string
  answer: string
  resolved_at: string
  resolved_by: string
}

export type InterruptionNotifyInput = {
  message: string
}

export type InterruptionNotifyOutput = {
  interrupt_id: string
  ok: boolean
}

export type InterruptionCancelInput = {
  interruption_id: string
}

export type InterruptionCancelOutput = {
  cancelled: boolean
}

export type MemoryGetInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key?: string
  /** A name of the entry in the tree of paths of its scope, e.g. /notes/plan; Path lists and moves it. */
  path?: string
}

export type MemoryGetOutput = {
  value: unknown
  expires_at?: string
}

export type MemorySetInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key: string
  /** Any JSON value. */
  value: unknown
  /** Seconds until the value is forgotten. */
  ttl?: number
  /** Make the value findable by search. */
  embed?: boolean
  /** What search goes by, in place of the value. */
  embed_text?: string
  /** A name of the entry in the tree of paths of its scope, e.g. /notes/plan; Path lists and moves it. */
  path?: string
}

export type MemorySetOutput = {
  ok: boolean
  embedded?: boolean
  /** Why the value was kept but is not findable. */
  embed_warning?: string
  path?: string
}

export type MemoryDeleteInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key?: string
  /** A name of the entry in the tree of paths of its scope, e.g. /notes/plan; Path lists and moves it. */
  path?: string
}

export type MemoryDeleteOutput = {
  /** Whether there was one. */
  deleted: boolean
}

export type MemoryListInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  /** Only keys that start with this. */
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type MemoryListEntry = {
  key: string
  value: unknown
  expires_at?: string
}

export type MemoryListOutput = {
  entries: MemoryListEntry[]
  truncated: boolean
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type MemoryIncrInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key: string
  delta?: number
}

export type MemoryIncrOutput = {
  value: number
}

export type MemoryMergeInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key: string
  value: Record<string, unknown>
}

export type MemoryMergeOutput = {
  value: unknown
}

export type MemoryAppendDedupeInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key: string
  /** Any JSON value. */
  value: unknown
}

export type MemoryAppendDedupeOutput = {
  appended: boolean
  /** The whole list. */
  value: unknown[]
}

export type MemoryBoundedListInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  key: string
  /** Any JSON value. */
  value: unknown
  limit: number
}

export type MemoryBoundedListOutput = {
  dropped: number
  /** The whole list. */
  value: unknown[]
}

export type MemorySearchInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope: 'agent' | 'user' | 'tenant'
  query: string
  top_k?: number
  /** Only keys that start with this. */
  prefix?: string
  rank?: MemoryRank
  dedup?: MemoryDedup
}

export type MemorySearchEntry = {
  key: string
  value: unknown
  /** Closeness in meaning, up to 1. */
  score: number
  /** What the order comes from. */
  rank_score: number
  embedded_with: EmbeddedWith
  expires_at?: string
  /** Entries that say the same. */
  merged_keys?: string[]
  /** Key of the better entry that says the same. */
  duplicate_of?: string
}

export type MemorySearchOutput = {
  entries: MemorySearchEntry[]
  query_embedding_dim: number
  /** Whether there are more. */
  truncated: boolean
  dedup_dropped?: number
  rank_note?: string
}

export type MemoryAddInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope?: 'agent' | 'user' | 'tenant'
  messages?: unknown[]
  infer?: boolean
  metadata?: unknown
}

export type MemoryRecallInput = {
  /** Whose memory: this agent’s, the user’s, shared by all their agents, or the tenant’s, shared by everybody in it. */
  scope?: 'agent' | 'user' | 'tenant'
  query?: string
  top_k?: number
  threshold?: number
}

export type MemorySqlQueryInput = {
  /** Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends. */
  scope: 'agent' | 'user' | 'run'
  /** One SQL statement; values go into args. */
  statement: string
  /** Values for the places in the statement. */
  args?: unknown[]
  /** A shorter limit than the runtime’s own. */
  timeout_ms?: number
}

export type MemorySqlQueryOutput = {
  columns: string[]
  rows: Array<unknown[]>
  truncated: boolean
}

export type MemorySqlExecInput = {
  /** Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends. */
  scope: 'agent' | 'user' | 'run'
  /** One SQL statement; values go into args. */
  statement: string
  /** Values for the places in the statement. */
  args?: unknown[]
  /** A shorter limit than the runtime’s own. */
  timeout_ms?: number
}

export type MemorySqlExecOutput = {
  rows_affected: number
  /** A number; its digits as text where JSON cannot hold it. 0 where no row was inserted. */
  last_insert_id: unknown
  /** Of what RETURNING asks for. */
  columns?: string[]
  rows?: Array<unknown[]>
  truncated?: boolean
}

export type MemorySqlBeginInput = {
  /** Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends. */
  scope: 'agent' | 'user' | 'run'
}

export type SqlTransactionOutput = {
  ok: boolean
  /** Transactions that are open, one inside the other. */
  depth: number
}

export type MemorySqlCommitInput = {
  /** Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends. */
  scope: 'agent' | 'user' | 'run'
}

export type MemorySqlRollbackInput = {
  /** Whose database: this agent’s, the user’s, or this run’s and its sub-agents’, which is gone when the run ends. */
  scope: 'agent' | 'user' | 'run'
}

export type PathResolveInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path: string
}

export type PathResolveOutput = {
  name?: string
  kind: 'document' | 'volume_mount' | 'memory_entry' | 'directory'
  full_path: string
  /** What the name stands for, e.g. {"document_id": …}. */
  resource_ref?: unknown
}

export type PathLsInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path?: string
  /** Everything below, not only what is directly there. */
  recursive?: boolean
  kind_filter?: 'document' | 'volume_mount' | 'memory_entry' | 'directory'
}

export type PathEntry = {
  name: string
  kind: 'document' | 'volume_mount' | 'memory_entry' | 'directory'
  full_path: string
  /** What the name stands for, e.g. {"document_id": …}. */
  resource_ref?: unknown
}

export type PathLsOutput = {
  path: string
  entries: PathEntry[]
}

export type PathStatInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path: string
}

export type PathStatOutput = {
  full_path: string
  name: string
  kind: 'document' | 'volume_mount' | 'memory_entry' | 'directory'
  scope: string
  resource_ref: unknown
  created_at: string
  updated_at: string
}

export type PathMkdirInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path: string
}

export type PathMkdirOutput = {
  ok: boolean
  path: string
  created: boolean
  note?: string
}

export type PathMvInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path: string
  /** Where to; must not exist yet. */
  to: string
}

export type PathMvOutput = {
  ok: boolean
  from: string
  to: string
}

export type PathRmInput = {
  /** Whose tree: this agent’s (unless given), the user’s, or the tenant’s. */
  scope?: 'agent' | 'user' | 'tenant'
  /** Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`. */
  path: string
  /** Also the names below it. */
  recursive?: boolean
  /** Always refused; delete the thing itself instead. */
  resource_too?: boolean
}

export type PathRmOutput = {
  ok: boolean
  removed: string
  n_removed: number
}

export type SkillOverlay = {
  /** When it is of use; agents are told. */
  description?: string
  /** Its instructions, in Markdown. A new skill has to have some. */
  body?: string
  /** What an agent has to have to follow it. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
}

export type SkillDefCreateInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  overlay?: SkillOverlay
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; true unless given. */
  promote?: boolean
}

export type SkillDefRow = {
  def_id: string
  name: string
  /** Counts up from 1 in each name. */
  version: number
  /** The version it was made from. */
  parent_def_id?: string
  /** What its author says of this version. */
  description?: string
  created_at: string
  /** Handle of the run that made it; a_http-admin over HTTP. */
  created_by_agent_id: string
  /** It is not used any more. */
  retired: boolean
  /** A copy of what was configured, made to be forked. */
  bootstrapped_from_static: boolean
  /** Of the canonical JSON of its definition: the same for what says the same. */
  content_sha256: string
  definition: SkillOverlay
  /** It is the active version of its name. */
  promoted?: boolean
  /** It was there already: the active version says the same. */
  deduplicated?: boolean
  /** What will not work of it as things stand. */
  warnings?: string[]
}

/** What is not given stays; null takes away, and so does an empty list. */
export type SkillChanges = {
  /** When it is of use; agents are told. */
  description?: string | null
  /** Its instructions, in Markdown. A new skill has to have some. */
  body?: string
  /** What an agent has to have to follow it. */
  tools?: string[]
  /** Older name of `tools`; ignored where both are given. */
  allowed_tools?: string[]
}

export type SkillDefForkInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  /** The version to begin with, of any name; the active one of the name unless given. */
  parent_def_id?: string
  overlay?: SkillChanges
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; false unless given. */
  promote?: boolean
}

export type SkillDefGetInput = {
  def_id: string
}

export type SkillDefListInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type SkillDefListOutput = {
  name: string
  versions: SkillDefRow[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type SkillDefRetireInput = {
  def_id: string
  /** False takes it back; true unless given. */
  retired?: boolean
}

export type SkillDefRetireOutput = {
  def_id: string
  retired: boolean
}

export type SkillDefPromoteInput = {
  def_id: string
}

export type SkillDefPromoteOutput = {
  def_id: string
  name: string
  promoted: boolean
}

export type SkillDefVerifyInput = {
  name: string
  content_sha256?: string
}

export type SkillDefVerifyOutput = {
  matches: boolean
  /** Empty where nothing is in use. */
  current_sha256: string
  /** Empty where nothing is in use, or what is configured. */
  current_def_id: string
  /** 0 where nothing is in use, or what is configured. */
  version: number
  name: string
  /** Something is in use under the name. */
  deployed: boolean
}

export type TeamDefCreateInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  overlay?: TeamGraph
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; true unless given. */
  promote?: boolean
}

export type TeamDefRow = {
  def_id: string
  name: string
  /** Counts up from 1 in each name. */
  version: number
  /** The version it was made from. */
  parent_def_id?: string
  /** What its author says of this version. */
  description?: string
  created_at: string
  /** Handle of the run that made it; a_http-admin over HTTP. */
  created_by_agent_id: string
  /** It is not used any more. */
  retired: boolean
  /** A copy of what was configured, made to be forked. */
  bootstrapped_from_static: boolean
  /** Of the canonical JSON of its definition: the same for what says the same. */
  content_sha256: string
  definition: TeamGraph
  /** It is the active version of its name. */
  promoted?: boolean
  /** It was there already: the active version says the same. */
  deduplicated?: boolean
  /** What will not work of it as things stand. */
  warnings?: string[]
}

/** What is not given stays; null takes away. */
export type TeamChanges = {
  description?: string | null
  /** Where it begins. */
  entry?: string
  /** So many steps of agents in one run; 25 unless given. */
  max_iterations?: number
  states?: TeamState[]
  transitions?: TeamTransition[]
  /** Of states, by name: #rrggbb, or slate, blue, green, amber, red, violet, teal, pink. */
  colors?: Record<string, string>
}

export type TeamDefForkInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  /** The version to begin with, of any name; the active one of the name unless given. */
  parent_def_id?: string
  overlay?: TeamChanges
  /** What is new about this version; at most 8 KiB. */
  description?: string
  /** Make it the active version; false unless given. */
  promote?: boolean
}

export type TeamDefGetInput = {
  def_id: string
}

export type TeamDefListInput = {
  /** New names are segments of letters, digits, _ and -, with / between them; at most 128 characters. */
  name: string
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type TeamDefListOutput = {
  name: string
  versions: TeamDefRow[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type TeamDefRetireInput = {
  def_id: string
  /** False takes it back; true unless given. */
  retired?: boolean
}

export type TeamDefRetireOutput = {
  def_id: string
  retired: boolean
}

export type TeamDefPromoteInput = {
  def_id: string
}

export type TeamDefPromoteOutput = {
  def_id: string
  name: string
  promoted: boolean
}

export type TeamDefVerifyInput = {
  name: string
  content_sha256?: string
}

export type TeamDefVerifyOutput = {
  matches: boolean
  /** Empty where nothing is in use. */
  current_sha256: string
  /** Empty where nothing is in use, or what is configured. */
  current_def_id: string
  /** 0 where nothing is in use, or what is configured. */
  version: number
  name: string
  /** Something is in use under the name. */
  deployed: boolean
}

export type TeamDefDeleteInput = {
  name: string
}

export type TeamDefDeleteOutput = {
  name: string
  deleted: boolean
}

export type TeamDefRenderDiagramInput = {
  name?: string
  def_id?: string
  overlay?: TeamGraph
  /** Is marked. */
  highlight_state?: string
}

export type TeamDefRenderDiagramOutput = {
  /** Empty for a draft without one. */
  name: string
  /** Empty for a draft. */
  def_id: string
  /** mermaid */
  format: string
  diagram: string
  /** It is a draft that is not stored. */
  preview?: boolean
}

export type TeamDefRunInput = {
  /** The version in use is run. */
  name?: string
  /** This version is. */
  def_id?: string
  /** The task. */
  input?: string
  /** The card. A team in which people work needs one. */
  board_chunk_id?: string
  /** Where the card is; user unless given. */
  board_scope?: 'user' | 'agent' | 'tenant'
  /** Wait for a person where the steps are used up, who may go on with `continue_run`. */
  interrupt_on_cap?: boolean
  /** False answers as soon as it is begun; true unless given. */
  wait?: boolean
}

export type TeamStepRun = {
  agent: string
  run_id: string
}

/** A state that a run of a team was in. */
export type TeamStep = {
  state: string
  /** Who worked on it; several with commas between them. */
  agent?: string
  /** What it left on, as the graph has it; `moved` where somebody moved the card meanwhile. */
  edge?: string
  /** Where it went. */
  next?: string
  /** Of a pushback, in the words of the agent. */
  reason?: string
  /** What was said: text; of a parallel state a list of {agent, output}. */
  output?: unknown
  runs?: TeamStepRun[]
  began_at?: string
  ended_at?: string
}

export type TeamRun = {
  team_run_id: string
  name: string
  /** The version it goes by, to its end. */
  def_id: string
  /** waiting: a person has it. */
  status: 'running' | 'waiting' | 'completed' | 'iteration_cap' | 'failed' | 'cancelled'
  /** Where it is. */
  state: string
  /** What somebody has to do for it to go on. */
  waits_for?: string
  board_scope?: 'user' | 'agent' | 'tenant'
  board_document_id?: string
  board_chunk_id?: string
  final_state?: string
  /** What was said last. */
  final_output?: unknown
  /** Where it would have gone on. */
  capped_state?: string
  max_iterations?: number
  /** Steps of agents so far. */
  iteration_count?: number
  error?: string
  started_at: string
  ended_at?: string
  steps: TeamStep[]
}

export type TeamDefGetRunInput = {
  /** Of the run of a team. */
  team_run_id: string
}

export type TeamDefListRunsInput = {
  name?: string
  board_document_id?: string
  board_chunk_id?: string
  /** Only those that go on. */
  live?: boolean
  /** Only those of the caller’s user that wait since their steps are used up: `continue_run` or `cancel_run`. */
  capped?: boolean
  limit?: number
  /** `next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page. */
  cursor?: string
}

export type TeamRunSummary = {
  team_run_id: string
  name: string
  /** The version it goes by, to its end. */
  def_id: string
  /** waiting: a person has it. */
  status: 'running' | 'waiting' | 'completed' | 'iteration_cap' | 'failed' | 'cancelled'
  /** Where it is. */
  state: string
  /** What somebody has to do for it to go on. */
  waits_for?: string
  board_scope?: 'user' | 'agent' | 'tenant'
  board_document_id?: string
  board_chunk_id?: string
  final_state?: string
  /** What was said last. */
  final_output?: unknown
  /** Where it would have gone on. */
  capped_state?: string
  max_iterations?: number
  /** Steps of agents so far. */
  iteration_count?: number
  error?: string
  started_at: string
  ended_at?: string
}

export type TeamDefListRunsOutput = {
  runs: TeamRunSummary[]
  /** There is more; ask with it as `cursor`. */
  next_cursor?: string
}

export type TeamDefCancelRunInput = {
  /** Of the run of a team. */
  team_run_id: string
  reason?: string
}

export type TeamDefCancelRunOutput = {
  team_run_id: string
  /** False where it had ended. */
  cancelled: boolean
}

export type TeamDefContinueRunInput = {
  /** Of the run of a team. */
  team_run_id: string
}

export type TeamDefContinueRunOutput = {
  team_run_id: string
  continued: boolean
}

export type VolumeCreateInput = {
  /** Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit. */
  name: string
  /** Whether its files may be changed; rw unless given. */
  mode?: 'rw' | 'ro'
  /** Only an agent can make such a one, for its run. */
  ephemeral?: boolean
  /** Also give it a name in Path, e.g. /work/repo. */
  mount_at?: string
  /** In whose tree that name is; agent unless given. */
  mount_scope?: 'agent' | 'user' | 'tenant'
}

export type Volume = {
  name: string
  /** Where it is on the runtime’s machine; empty for whoever may not know. */
  path: string
  /** Whether what is in it may be changed. */
  mode: 'rw' | 'ro'
  /** It goes when the run that made it, and all that came of it, has ended. */
  ephemeral?: boolean
  /** Its name in Path. */
  mount_at?: string
  created_at: string
  updated_at: string
}

export type VolumeGetInput = {
  /** Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit. */
  name: string
}

export type VolumeListInput = {}

export type VolumeListOutput = {
  volumes: Volume[]
}

export type VolumeDeleteInput = {
  /** Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit. */
  name: string
}

export type VolumeDeleteOutput = {
  name: string
  /** Whether there was one. */
  deleted: boolean
  files_removed: boolean
}

export type VolumePurgeInput = {
  /** Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit. */
  name: string
}

export type VolumePurgeOutput = {
  name: string
  /** Whether there was one. */
  deleted: boolean
  files_removed: boolean
}

export type BoardColumn = {
  /** Of the cards that stand in it. */
  status: string
  /** What it is called; its status unless given. */
  title?: string
  color?: 'slate' | 'blue' | 'green' | 'amber' | 'red' | 'violet' | 'teal' | 'pink'
  /** So many cards it takes. */
  limit?: number
  /** What stands here is done. */
  done?: boolean
  /** What belongs here, in a sentence. */
  about?: string
  /** Started with each card that comes in. */
  agent?: string
  /** So many of its runs at a time; 1 unless given. */
  at_once?: number
}

export type BoardFilter = {
  status?: string | string[]
  type?: string | string[]
  tag?: string | string[]
  where?: FieldPredicate[]
  /** A chunk that the card is linked with, or the kind of an edge that it has. */
  edge?: string
}

/** The fields of a loom/board chunk: board:main is the board, every other is a saved view of it. */
export type BoardSettings = {
  /** In order; those of board:main count. */
  columns?: BoardColumn[]
  /** Cards also without a status. */
  types?: string[]
  /** Shown on cards. */
  show?: string[]
  /** Of the columns of a table, in rem: title:22, fields.due:9. */
  widths?: string[]
  /** board, outline, table, calendar, graph or page. */
  view?: string
  /** What makes the columns: status, type or field:<name>. */
  group?: string
  /** What makes the rows, likewise. */
  lanes?: string
  sort?: string
  order?: 'asc' | 'desc'
  /** Words that occur. */
  q?: string
  filter?: BoardFilter
  /** Name of the team whose graph says which moves there are. */
  team?: string
}

/** The fields of a comment, a chunk of type comment under its card. */
export type CommentFields = {
  /** The comment it answers. */
  reply_to?: string
  /** Whom it is for; agents are started. */
  mentions?: string[]
  /** What it was about is settled. */
  resolved?: boolean
}

/** Give work to other agents and get their answers. */
export interface AgentOps {
  /** Run one agent on a task and wait for its answer. */
  spawn: { input: AgentSpawnInput; output: AgentSpawnOutput }
  /** Run several agents side by side; the results come in the order of the tasks, failures among them. */
  parallel_spawn: { input: AgentParallelSpawnInput; output: AgentParallelSpawnOutput }
}

/** Define agents: create, fork, compare, promote and retire versions of them. */
export interface AgentDefOps {
  /** Define one of the agents anew, or make another version of one that was defined here. Where the active version says the same, that one is the answer. */
  create: { input: AgentDefCreateInput; output: AgentDefRow }
  /** Make a version out of another: what is given is laid over it, and a text is taken away by null. Tools can be taken away in a fork, and never added. */
  fork: { input: AgentDefForkInput; output: AgentDefRow }
  /** One version, whole. */
  get: { input: AgentDefGetInput; output: AgentDefRow }
  /** The versions of a name, newest first. */
  list: { input: AgentDefListInput; output: AgentDefListOutput }
  /** Take a version out of use, or back into it. A name all of whose versions are retired is free again. */
  retire: { input: AgentDefRetireInput; output: AgentDefRetireOutput }
  /** Make a version the active one of its name; whatever begins from now on uses it. */
  promote: { input: AgentDefPromoteInput; output: AgentDefPromoteOutput }
  /** Whether what is in use under a name is what you think, by its hash. */
  verify: { input: AgentDefVerifyInput; output: AgentDefVerifyOutput }
  /** An agent for one conversation: another, with all that it may do, and other settings. With a session it is used from its next turn on, in place of what it had before; without one, whichever conversation begins with it has it. It is in no list, and goes with its conversation. */
  derive: { input: AgentDefDeriveInput; output: DerivedAgent }
  /** What a conversation has otherwise than its agent. */
  derived: { input: AgentDefDerivedInput; output: AgentDefDerivedOutput }
  /** Have a conversation go on with its agent as that is, from its next turn on. */
  restore: { input: AgentDefRestoreInput; output: AgentDefRestoreOutput }
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
  /** What you were given: tools, and what their gates let through. */
  permissions: { input: ContextPermissionsInput; output: ContextPermissionsOutput }
  /** The agents of this runtime. */
  agents: { input: ContextAgentsInput; output: ContextAgentsOutput }
  /** What a version of an agent was made from, and what was made from it. */
  lineage: { input: ContextLineageInput; output: ContextLineageOutput }
  /** The channels you may use, and the wildcards you were given. */
  channels: { input: ContextChannelsInput; output: ContextChannelsOutput }
  /** All that was said about an agent’s definition, in numbers. */
  evaluations: { input: EvaluationAggregateInput; output: EvaluationAggregateOutput }
  /** What happened in a run, event by event, oldest first; this run unless another is named. */
  history: { input: ContextHistoryInput; output: ContextHistoryOutput }
  /** Read on in something of which you were shown only the beginning and the end: a tool’s result, or what was said to you. */
  read_on: { input: ContextReadOnInput; output: ContextReadOnOutput }
  /** The time now, and how long this run has been going. */
  time: { input: ContextTimeInput; output: ContextTimeOutput }
  /** Have the older part of this conversation replaced by a summary before your next step. */
  compact: { input: ContextCompactInput; output: ContextCompactOutput }
  /** Help on a topic; without a topic, the list of topics. */
  help: { input: ContextHelpInput; output: ContextHelpOutput }
}

/** Documents made of chunks: a tree with types, status, typed fields, links and history, which people and agents edit together. */
export interface DocumentOps {
  /** Make a document with its root chunk, under a path (one in /documents unless given). */
  create_document: { input: CreateDocumentInput; output: CreateDocumentOutput }
  /** Find a document by id or path. */
  get_document: { input: GetDocumentInput; output: GetDocumentOutput }
  /** Delete a document with its chunks, edges and names. */
  delete_document: { input: DeleteDocumentInput; output: DeleteDocumentOutput }
  /** Give a document one more name. */
  set_path: { input: SetPathInput; output: SetPathOutput }
  /** What documents there are. */
  documents_summary: { input: DocumentsSummaryInput; output: DocumentsSummaryOutput }
  /** Find documents by name, type, status, tag or path, the last changed first. */
  query_documents: { input: QueryDocumentsInput; output: QueryDocumentsOutput }
  /** Add a chunk; last among its siblings unless a place is given. */
  create_chunk: { input: CreateChunkInput; output: Chunk }
  /** Add a chunk, or change the one that has this natural key in the document. */
  upsert_chunk: { input: UpsertChunkInput; output: UpsertChunkOutput }
  /** Read a chunk. */
  get_chunk: { input: GetChunkInput; output: Chunk }
  /** Change what is given of a chunk, its place included, in one step; needs the revision you have read. */
  update_chunk: { input: UpdateChunkInput; output: Chunk }
  /** Delete a chunk and everything under it. */
  delete_chunk: { input: DeleteChunkInput; output: DeleteChunkOutput }
  /** Move a chunk with everything under it; its new siblings make room. */
  move_chunk: { input: MoveChunkInput; output: MoveChunkOutput }
  /** Put a card into a column, that is give it a status, and to its place there: last unless it is to stand beside another card. Refused (409 column_full) where the column takes no more; the answer says which do. */
  move_card: { input: MoveCardInput; output: MoveCardOutput }
  /** Which agents are at work on the cards of a document, or on one card, what they ask, and which cards wait for their turn; of one card also the runs that have ended, the newest first. */
  card_runs: { input: CardRunsInput; output: CardRunsOutput }
  /** Move a chunk one place up or down among its siblings. */
  reorder_chunk: { input: ReorderChunkInput; output: ReorderChunkOutput }
  /** Draw an edge from one chunk to another, e.g. of kind implements. */
  link_chunks: { input: LinkChunksInput; output: LinkChunksOutput }
  /** Take an edge away. */
  unlink_chunks: { input: UnlinkChunksInput; output: UnlinkChunksOutput }
  /** The edges that start or end in a document, or at one chunk. */
  get_edges: { input: GetEdgesInput; output: GetEdgesOutput }
  /** What leads to a chunk. */
  backlinks: { input: BacklinksInput; output: BacklinksOutput }
  /** Find chunks by what they are, or with one read-only SELECT over documents, chunks, chunk_edges, chunk_types and chunk_tags, where fields of declared types are columns of chunks. */
  query_chunks: { input: QueryChunksInput; output: QueryChunksOutput }
  /** Find chunks by the words in them and, where there is an embedder, by what they mean; the closest first. */
  search: { input: SearchChunksInput; output: SearchChunksOutput }
  /** Chunks that share edges, tags or words with this one. */
  related: { input: RelatedChunksInput; output: RelatedChunksOutput }
  /** Chunks that mention this one’s title without a link. */
  unlinked_mentions: { input: UnlinkedMentionsInput; output: UnlinkedMentionsOutput }
  /** Tag a chunk, or a document. */
  add_tags: { input: AddTagsInput; output: TagsOutput }
  /** Take tags off a chunk, or off a document. */
  remove_tags: { input: RemoveTagsInput; output: TagsOutput }
  /** The tags in use, the commonest first. */
  list_tags: { input: ListTagsInput; output: ListTagsOutput }
  /** Declare a type of chunk and its fields: [{"name", "kind": text|number|date|select|person|url|checkbox, "options"?: […], "required"?}]. What is declared in another way is kept as it is, and not checked. */
  define_type: { input: DefineTypeInput; output: DefineTypeOutput }
  /** The declared types, by name. */
  list_types: { input: ListTypesInput; output: ListTypesOutput }
  /** Put an image into a chunk, at most 8 MiB. */
  set_asset: { input: SetAssetInput; output: Chunk }
  /** What image a chunk has; its bytes are at /v1/_document/asset/{chunk_id}. */
  get_asset: { input: GetAssetInput; output: GetAssetOutput }
  /** The revisions of a chunk, the newest first. */
  history: { input: ChunkHistoryInput; output: ChunkHistoryOutput }
  /** A chunk as it was at a revision. */
  get_version: { input: GetVersionInput; output: GetVersionOutput }
  /** What changed in a chunk between two revisions. */
  diff: { input: DiffChunkInput; output: DiffChunkOutput }
  /** What was done, and by whom, oldest first. */
  changes: { input: ListChangesInput; output: ListChangesOutput }
  /** Undo what one revision of a chunk changed, as a new revision. */
  revert: { input: RevertInput; output: Chunk }
  /** Undo everything a run did to documents, but for what others have changed since. */
  revert_run: { input: RevertRunInput; output: RevertRunOutput }
  /** A document as Markdown. */
  export_md: { input: ExportMdInput; output: ExportMdOutput }
  /** Make a document of Markdown, a chunk per heading; or add the chunks to one that exists. */
  import_md: { input: ImportMdInput; output: ImportMdOutput }
  /** Make a document of a board that another program exported: cards with their columns, fields, tags, checklists, comments and links. With `preview` it only says what it would make. */
  import_board: { input: ImportBoardInput; output: ImportBoardOutput }
  /** Cards of a document as a table in CSV. What a spreadsheet would take for a formula begins with an apostrophe. */
  export_csv: { input: ExportCsvInput; output: ExportCsvOutput }
  /** A document as JSON Canvas 1.0. */
  export_canvas: { input: ExportCanvasInput; output: ExportCanvasOutput }
  /** Make a document of a JSON Canvas: a chunk per node, groups as parents. */
  import_canvas: { input: ImportCanvasInput; output: ImportCanvasOutput }
}

/** Judge how well a run did, and read what others found. */
export interface EvaluationOps {
  /** Judge a run. */
  submit: { input: EvaluationSubmitInput; output: EvaluationSubmitOutput }
  /** One evaluation. */
  get: { input: EvaluationGetInput; output: Evaluation }
  /** What was said about a run, newest first. */
  list_for_run: { input: EvaluationListForRunInput; output: EvaluationList }
  /** What was said about the runs of an agent’s definition, newest first. */
  list_for_def: { input: EvaluationListForDefInput; output: EvaluationList }
  /** All that was said about an agent’s definition, in numbers. */
  aggregate: { input: EvaluationAggregateInput; output: EvaluationAggregateOutput }
}

/** The conversations of the caller: list them, name them, keep them at hand or put them away. */
export interface HistoryOps {
  /** Conversations, pinned first, then by last activity. */
  list: { input: HistoryListInput; output: ChatList }
  /** Conversations in which all words of a query were said, or stand in title, description or tags; best first. */
  search: { input: HistorySearchInput; output: ChatList }
  /** A conversation with what was said in it, as events or as text. */
  get: { input: HistoryGetInput; output: HistoryGetResult }
  /** Give a conversation a title. */
  rename: { input: HistoryRenameInput; output: ChatResult }
  /** Describe a conversation, or tag it. What is not given stays. */
  annotate: { input: HistoryAnnotateInput; output: ChatResult }
  /** The tags that conversations have, by name, and how many have each. */
  tags: { input: HistoryTagsInput; output: HistoryTagsResult }
  /** A model’s summary of a conversation; the last one where nothing was said since. */
  recap: { input: HistoryRecapInput; output: HistoryRecapResult }
  /** What it takes to go on with a conversation. */
  resume: { input: HistoryResumeInput; output: HistoryResumeResult }
  /** Conversations about the same as another one, or as a few words; closest first. */
  related: { input: HistoryRelatedInput; output: HistoryRelatedResult }
  /** Conversations that branched from another one, oldest first; `branched_from.seq` says where. */
  branches: { input: HistoryBranchesInput; output: HistoryBranchesResult }
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

/** Remember JSON values under keys, across runs and conversations, and keep tables in SQL databases. */
export interface MemoryOps {
  /** Read the value under a key, or under the path of an entry; null when there is none. */
  get: { input: MemoryGetInput; output: MemoryGetOutput }
  /** Keep a value under a key, in place of what was there. */
  set: { input: MemorySetInput; output: MemorySetOutput }
  /** Forget the value under a key, and the paths it has. */
  delete: { input: MemoryDeleteInput; output: MemoryDeleteOutput }
  /** List keys with their values, in order of key. */
  list: { input: MemoryListInput; output: MemoryListOutput }
  /** Add to the number under a key, in one step; a missing key counts as 0. */
  incr: { input: MemoryIncrInput; output: MemoryIncrOutput }
  /** Lay an object over the one under a key, member by member and all the way down, in one step; lists and everything else are replaced. */
  merge: { input: MemoryMergeInput; output: MemoryMergeOutput }
  /** Add a value to the end of the list under a key unless an equal one is in it, in one step. */
  append_dedupe: { input: MemoryAppendDedupeInput; output: MemoryAppendDedupeOutput }
  /** Add a value to the end of the list under a key and drop the oldest beyond the limit, in one step. */
  bounded_list: { input: MemoryBoundedListInput; output: MemoryBoundedListOutput }
  /** Find values by meaning, among those that were set with embed. */
  search: { input: MemorySearchInput; output: MemorySearchOutput }
  /** Hand messages to a service that remembers by itself. */
  add: { input: MemoryAddInput; output: unknown }
  /** Ask a service that remembers by itself. */
  recall: { input: MemoryRecallInput; output: unknown }
  /** Read from a SQL database of your own with one SELECT. */
  sql_query: { input: MemorySqlQueryInput; output: MemorySqlQueryOutput }
  /** Change a SQL database of your own with one statement: CREATE, ALTER, DROP, INSERT, UPDATE, DELETE. */
  sql_exec: { input: MemorySqlExecInput; output: MemorySqlExecOutput }
  /** Begin a transaction on a database, or one inside the one that is open; it does not last long. */
  sql_begin: { input: MemorySqlBeginInput; output: SqlTransactionOutput }
  /** Keep what was done since the last sql_begin. */
  sql_commit: { input: MemorySqlCommitInput; output: SqlTransactionOutput }
  /** Undo what was done since the last sql_begin. */
  sql_rollback: { input: MemorySqlRollbackInput; output: SqlTransactionOutput }
}

/** One tree of names for documents, volumes and memory entries. A name is not a permission. */
export interface PathOps {
  /** What a path stands for. */
  resolve: { input: PathResolveInput; output: PathResolveOutput }
  /** List what is under a path, by name; nothing where there is no such directory. */
  ls: { input: PathLsInput; output: PathLsOutput }
  /** What a path stands for, and since when. */
  stat: { input: PathStatInput; output: PathStatOutput }
  /** Make a directory. Naming something below one makes it too. */
  mkdir: { input: PathMkdirInput; output: PathMkdirOutput }
  /** Rename, with everything below. */
  mv: { input: PathMvInput; output: PathMvOutput }
  /** Remove a name; what it stands for stays. */
  rm: { input: PathRmInput; output: PathRmOutput }
}

/** Define skills: create, fork, compare, promote and retire versions of them. */
export interface SkillDefOps {
  /** Define one of the skills anew, or make another version of one that was defined here. Where the active version says the same, that one is the answer. */
  create: { input: SkillDefCreateInput; output: SkillDefRow }
  /** Make a version out of another: what is given is laid over it, and a text is taken away by null. Tools can be taken away in a fork, and never added. */
  fork: { input: SkillDefForkInput; output: SkillDefRow }
  /** One version, whole. */
  get: { input: SkillDefGetInput; output: SkillDefRow }
  /** The versions of a name, newest first. */
  list: { input: SkillDefListInput; output: SkillDefListOutput }
  /** Take a version out of use, or back into it. A name all of whose versions are retired is free again. */
  retire: { input: SkillDefRetireInput; output: SkillDefRetireOutput }
  /** Make a version the active one of its name; whatever begins from now on uses it. */
  promote: { input: SkillDefPromoteInput; output: SkillDefPromoteOutput }
  /** Whether what is in use under a name is what you think, by its hash. */
  verify: { input: SkillDefVerifyInput; output: SkillDefVerifyOutput }
}

/** Define teams, graphs of states through which agents and people take a card, and have cards and tasks taken through them. */
export interface TeamDefOps {
  /** Define one of the teams anew, or make another version of one that was defined here. Where the active version says the same, that one is the answer. */
  create: { input: TeamDefCreateInput; output: TeamDefRow }
  /** Make a version out of another: what is given is laid over it, and a text is taken away by null. Tools can be taken away in a fork, and never added. */
  fork: { input: TeamDefForkInput; output: TeamDefRow }
  /** One version, whole. */
  get: { input: TeamDefGetInput; output: TeamDefRow }
  /** The versions of a name, newest first. */
  list: { input: TeamDefListInput; output: TeamDefListOutput }
  /** Take a version out of use, or back into it. A name all of whose versions are retired is free again. */
  retire: { input: TeamDefRetireInput; output: TeamDefRetireOutput }
  /** Make a version the active one of its name; whatever begins from now on uses it. */
  promote: { input: TeamDefPromoteInput; output: TeamDefPromoteOutput }
  /** Whether what is in use under a name is what you think, by its hash. */
  verify: { input: TeamDefVerifyInput; output: TeamDefVerifyOutput }
  /** Delete a team with all of its versions. Its runs that go on are ended. */
  delete: { input: TeamDefDeleteInput; output: TeamDefDeleteOutput }
  /** A team as a diagram: the active version of a name, one version, or a draft. */
  render_diagram: { input: TeamDefRenderDiagramInput; output: TeamDefRenderDiagramOutput }
  /** Take a card, or a task, through the graph: each state’s agents do their part, until a terminal state is reached or as many steps are used up as may be. A card that stands in a state begins there, any other at the entry. It waits while a person has the card. The answer is what it came to. */
  run: { input: TeamDefRunInput; output: TeamRun }
  /** A run of a team, with its steps. */
  get_run: { input: TeamDefGetRunInput; output: TeamRun }
  /** Runs of teams, the newest first: of a team, of the cards of a document, of one card. */
  list_runs: { input: TeamDefListRunsInput; output: TeamDefListRunsOutput }
  /** End a run of a team and the runs that work for it. The card stays where it is. */
  cancel_run: { input: TeamDefCancelRunInput; output: TeamDefCancelRunOutput }
  /** Let a run of a team go on that waits because its steps are used up: with as many again. */
  continue_run: { input: TeamDefContinueRunInput; output: TeamDefContinueRunOutput }
}

/** Make and remove volumes: folders for files, which the file tools and shells take by name. */
export interface VolumeDefOps {
  /** Make a volume, empty unless one of that name was deleted and its files kept. One that is ephemeral belongs to this run and the agents it starts, who all have it at once. */
  create: { input: VolumeCreateInput; output: Volume }
  /** One volume that was made at run time. */
  get: { input: VolumeGetInput; output: Volume }
  /** The volumes that were made at run time, by name. */
  list: { input: VolumeListInput; output: VolumeListOutput }
  /** Remove a volume, and keep its files: a new one of its name has them. */
  delete: { input: VolumeDeleteInput; output: VolumeDeleteOutput }
  /** Remove a volume with all its files, for good. */
  purge: { input: VolumePurgeInput; output: VolumePurgeOutput }
}

/** Every error code the wire knows. */
export type ErrorCode =
  | 'bad_request'
  | 'invalid_json'
  | 'invalid_body'
  | 'invalid_request'
  | 'invalid_cursor'
  | 'invalid_limit'
  | 'empty_source'
  | 'unknown_agent'
  | 'unknown_user_tier'
  | 'tier_not_allowed'
  | 'model_unavailable'
  | 'tier_unavailable'
  | 'context_length_exceeded'
  | 'provider_refused'
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
  | 'forbidden'
  | 'host_refused'
  | 'origin_refused'
  | 'cross_site_login_refused'
  | 'cross_site_logout_refused'
  | 'route_not_found'
  | 'not_found'
  | 'session_not_found'
  | 'run_not_found'
  | 'no_live_run'
  | 'asset_not_found'
  | 'interrupt_not_found'
  | 'channel_not_declared'
  | 'channel_not_found'
  | 'unknown_channel'
  | 'unknown_agent_id'
  | 'unknown_preset'
  | 'model_not_found'
  | 'provider_unknown'
  | 'unknown_topic'
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
  | 'changed_since'
  | 'column_full'
  | 'move_not_allowed'
  | 'interrupt_settled'
  | 'not_interactive'
  | 'not_mid_turn'
  | 'interrupt_expired'
  | 'payload_too_large'
  | 'memory_value_too_large'
  | 'memory_quota_exceeded'
  | 'unsupported_media_type'
  | 'invalid_answer'
  | 'invalid_picture'
  | 'idempotency_key_reused'
  | 'config_refused'
  | 'empty_input'
  | 'tool_refused'
  | 'quota_exceeded'
  | 'too_many_attempts'
  | 'input_queue_full'
  | 'backpressure'
  | 'per_user_quota_exhausted'
  | 'token_limit_exceeded'
  | 'provider_rate_limited'
  | 'provider_concurrency_exhausted'
  | 'internal'
  | 'provider_list_failed'
  | 'provider_call_failed'
  | 'embed_failed'
  | 'compaction_failed'
  | 'runtime_paused'
  | 'provider_unavailable'
  | 'embedder_not_configured'
  | 'vector_unsupported'
  | 'ui_not_built'
  | 'shutting_down'
  | 'store_unavailable'
