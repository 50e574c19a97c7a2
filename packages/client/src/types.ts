import type { ResumeOptions } from './resume.ts'
import type * as wire from './wire.gen.ts'

/** A call that can be called off. */
export interface CallOptions {
  /** Aborting rejects the call with the platform's own error. */
  signal?: AbortSignal
}

/** A call that changes something. */
export interface KeyedCallOptions extends CallOptions {
  /** Sent as `Idempotency-Key`: the same request with the same key counts once within a day, and is answered the same. */
  idempotencyKey?: string
}

/** Options every stream takes. */
export interface StreamOptions extends CallOptions {
  /** Whether, and how, the stream comes back by itself after a dropped connection. Default: as the client was told, or else true. */
  resume?: boolean | ResumeOptions
}

/** Media type of an image in a prompt. */
export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** A piece of a prompt: text you vouch for, text from elsewhere (fenced for the model), or an image (user segments only). */
export type PromptContent =
  | { type: 'trusted-text'; text: string; cacheable?: boolean }
  | { type: 'untrusted-block'; kind: string; text: string }
  /** `data` is bare base64, without a `data:` prefix. */
  | { type: 'image'; media_type: ImageMediaType; data: string }

/** What one side says to the model. */
export interface PromptSegment {
  role: 'system' | 'user'
  content: PromptContent[]
}

/** How the model samples; every member overrides the agent's own setting, zero included. */
export interface SamplingOptions {
  temperature?: number
  topP?: number
  topK?: number
  frequencyPenalty?: number
  presencePenalty?: number
  seed?: number
  stop?: string[]
}

/** When and how a long history is summarised; every member overrides the agent's own setting. */
export interface CompactionOptions {
  enabled?: boolean
  targetPercentage?: number
  keepLastN?: number
  keepFirst?: boolean
  autocompactAtPct?: number
  model?: string
}

/** Where a run comes from, as its caller sees it; handed on to sub-agents. Snake case, as on the wire. */
export interface ParentContext {
  root_agent_run_id?: string
  function_key?: string
  tier_at_run?: string
  board_scope?: string
  board_chunk_id?: string
  board_document_id?: string
}

interface SharedRunOptions extends StreamOptions {
  /** Narrows the agent's tools; `prefix*` matches by prefix. */
  tools?: string[]
  /** Hosts the run may reach. `[]` allows none; null or undefined leaves it to the agent. */
  allowedHosts?: string[] | null
  webSearchFilter?: 'drop' | 'keep'
  /** Handle of the caller's choice; 409 while another live run uses it. */
  agentId?: string
  userTier?: string
  userBearer?: string
  userCredentials?: Record<string, string>
  parentContext?: ParentContext
  /** Trusted facts, shown to the model after the system prompt. */
  metadata?: Record<string, unknown>
  runTimeoutSeconds?: number
  sampling?: SamplingOptions
  compaction?: CompactionOptions
  /** Park at the end of a turn and wait for input instead of ending. */
  interactive?: boolean
  /** Add `_meta` events that say when the stream opened and closed. */
  debug?: boolean
  /** Sent as `Idempotency-Key`: the same request with the same key starts one run, however often it is made. */
  idempotencyKey?: string
}

/** A new run. */
export interface RunOptions extends SharedRunOptions {
  /** Name of the agent. */
  agent: string
  /** A version of it, by its `def_id`; the one in use unless given. */
  defId?: string
  segments: PromptSegment[]
  /** Adds the run to this session without replaying its history. */
  sessionId?: string
  tenantId?: string
  userId?: string
}

/**
 * One more turn in a session: its whole conversation is the new run's history. A run that waits for its operator takes
 * in what is `interactive` and asks for nothing that it was not started with; for anything else it ends.
 */
export interface ContinueOptions extends SharedRunOptions {
  sessionId: string
  segments: PromptSegment[]
}

/** Where and how to pick up a run's stream. */
export interface StreamRunOptions extends StreamOptions {
  /** Only events after this one. */
  fromSeq?: number
  /** `children`: also what sub-agents do, as `child` events. After a drop they are told apart by run and `seq`, each once. */
  include?: 'children'
}

/** Name of an event. Servers may send others; they pass through. */
export type EventType = wire.RunEvent['type'] | 'host_widened' | '_meta'

/** A call the model makes to a tool. */
export interface ToolUse {
  id: string
  name: string
  input: unknown
}

/** Tokens, and what is known about their price and the model that used them. */
export interface Usage extends wire.Usage {
  cost_usd?: number
}

/** The provider is asked again after `wait_ms` milliseconds. */
export interface RetryInfo {
  provider: string
  attempt: number
  wait_ms: number
  reason: string
}

/** A hook let a tool reach hosts it could not reach before. */
export interface HostWidening {
  tool_call_id: string
  tool_name: string
  url: string
  hook_owner: string
  hook_name: string
  hosts_added: string[]
}

/** A limit of tokens is reached that is only said (`soft`), or that ends it (`hard`). */
export interface LimitInfo {
  /** `operator`, `tenant` or `user`. */
  scope: string
  scope_id?: string
  severity: string
  window: string
  used: number
  limit: number
  message?: string
  /** When the next month begins. */
  resets_at?: string
}

/**
 * One item of a run's stream. Which members are present depends on `type`;
 * `RunEvent` is the same data as a union told apart by it, so `event as RunEvent` narrows in a `switch`.
 */
export interface AgentEvent {
  type: EventType
  /** Place of the event in its session's log; absent on `session`, `agent`, `notice` and `_meta`, and on older servers. */
  seq?: number
  text?: string
  tool_use?: ToolUse
  usage?: Usage
  error?: string
  /** With `error` and `notice`: the wire's own word for it. */
  code?: string
  is_error?: boolean
  stop_reason?: string
  /** With `error`: when the model’s service can be asked again. */
  retry_at?: string
  /** With `done`: the run was ended before it was done. */
  cancelled?: boolean
  retry?: RetryInfo
  fallback?: wire.ProviderFallbackEvent['fallback']
  host_widening?: HostWidening
  awaiting_input?: { since_turn?: number; stop_reason?: string }
  turn_cancelled?: wire.TurnCancelledEvent['turn_cancelled']
  user_input?: {
    text?: string
    source?: string
    seen_at?: string
    /** Where it was said: `webui` or `api`. */
    door?: string
    input_id?: string
    /** How many untrusted blocks and images came with it; the transcript has them. */
    attached?: { texts: number; images: number }
  }
  input_returned?: wire.InputReturnedEvent['input_returned']
  context_compaction?: wire.ContextCompactionEvent['context_compaction']
  /** The model could not be asked as it was; what was changed so that it could. */
  request_adjusted?: wire.RequestAdjustedEvent['request_adjusted']
  /** What an agent asks or tells, and what became of a question. */
  interruption?: {
    interrupt_id: string
    /** `question` or `notice`. */
    kind?: string
    question?: string
    options?: string[]
    context?: string
    priority?: string
    expires_at?: string
    /** The call that waits for the answer. */
    tool_use_id?: string
    /** With `interruption_resolved`: `resolved`, `declined`, `timed_out` or `cancelled`. */
    status?: string
    answer?: string
    resolved_by?: string
  }
  spawn_child?: wire.SpawnChildStartedEvent['spawn_child']
  /** With `child`: an event of a sub-agent's run, as its own stream has it; `run_id` says whose, `seq` its place there. */
  event?: unknown
  parent_run_id?: string
  /** Events up to `oldest_seq` are no longer kept: what they said is missing from this stream. */
  gap?: wire.GapEvent['gap']
  limit?: LimitInfo
  agent_id?: string
  run_id?: string
  session_id?: string
  parent_agent_id?: string | null
  parent_context?: ParentContext
  /** With `agent`: a run that waited for its operator has taken the message in as this input. */
  input_id?: string
  meta_subtype?: 'stream_open' | 'stream_close'
  meta_reason?: string
}

/** What a live run is told: words, or segments as a run is started with, or both. */
export interface RunInput {
  text?: string
  /** Of the role `user` only. */
  segments?: PromptSegment[]
}

/** What became of an input. */
export interface RunInputResult {
  run_id: string
  /** The input is stored and the run will take it in. */
  delivered: boolean
  /** Named again by the `steer` event that takes the input in. */
  input_id?: string
}

/** What became of a turn that was told to stop. */
export interface CancelTurnResult {
  run_id: string
  stopped: boolean
  parked: boolean
}

/** State of a run. */
export type AgentStatus = wire.RunStatus

/** Tokens of a whole run. */
export interface AgentUsage {
  input_tokens?: number
  output_tokens?: number
  cache_creation_tokens?: number
  cache_read_tokens?: number
  model?: string
  provider?: string
}

/** One run, by its agent handle. Times are RFC 3339, UTC. */
export interface Agent {
  agent_id: string
  run_id: string
  session_id: string
  agent: string
  parent_agent_id: string | null
  user_id: string
  status: AgentStatus
  /** What a running run is doing. */
  phase?: wire.RunPhase
  started_at: string
  completed_at: string | null
  stop_reason: string | null
  error: string | null
  usage: AgentUsage
  last_heartbeat_at: string | null
  /** The run has not ended. */
  live: boolean
  interactive?: boolean
  /** What a waiting run waits for. */
  awaited_state?: 'channel' | 'interrupted' | 'child'
  awaited_on?: string
  parent_context?: ParentContext
}

/** Body of `GET /v1/users/{user_id}/agents`. */
export interface ListAgentsResponse {
  agents: Agent[]
  /** There are more: ask with it as `cursor`. */
  next_cursor?: string
}

/** Which of a user's runs. */
export interface ListUserAgentsOptions extends CallOptions {
  status?: AgentStatus | 'all'
  /** Only children of this agent; picked out here, the server sends all. `""` is no filter. */
  parentAgentId?: string
  tenant?: string
  /** At most so many at a time; 100 unless given. */
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** How many runs a cancellation ended. */
export interface CancelAgentResult {
  cancelledCount: number
}

/** Runs to start together. */
export interface RunBatchOptions extends KeyedCallOptions {
  /** 1 to 32; `signal` and `debug` of each are not used. */
  spawns: RunOptions[]
  mode?: 'join'
  /** Milliseconds after which what is left is cancelled. */
  timeoutMs?: number
}

/** One run of a batch. */
export interface SpawnRunResult {
  agent_id: string
  run_id: string
  session_id: string
  status: AgentStatus
  stop_reason?: string
  final_text?: string
  usage?: AgentUsage & { max_context_tokens?: number }
  error?: string
  /** Limits of tokens that it has met. */
  limits?: LimitInfo[]
}

/** What became of a batch, in the order of its `spawns`. */
export interface RunBatchResult {
  results: SpawnRunResult[]
  spawned: number
}

/** What a compaction did; tokens are estimates. */
export interface CompactRunResult {
  run_id: string
  compacted: boolean
  before_tokens: number
  after_tokens: number
  applied: 'live' | 'marker' | 'noop'
}

/** Which changes of a user's runs. */
export interface StreamUserRunStatesOptions extends CallOptions {
  /** Only these; all of them without. */
  statuses?: string[]
  /** Only runs of this agent. */
  agent?: string
  /** Only children of this agent; picked out here. */
  parentAgentId?: string
  /** Also each change of what a running run is doing; without, a run says once that it runs. */
  phases?: boolean
  /** Adds a `close` item that says why the stream ended. */
  debug?: boolean
}

/** A run changed. */
export interface RunStateEvent extends Omit<wire.RunState, 'parent_context'> {
  parent_context?: ParentContext
}

/** The first item of a stream of run states. */
export interface RunStateStreamOpen {
  user_id: string
  filter_status: string[] | null
  filter_agent: string
  /** Seconds. */
  keepalive_interval: number
}

/** Why a stream of run states ended. */
export interface RunStateStreamClose {
  reason: string
}

/** One item of a stream of run states. */
export type RunStateStreamItem =
  | { kind: 'open'; payload: RunStateStreamOpen }
  | { kind: 'event'; payload: RunStateEvent }
  | { kind: 'close'; payload: RunStateStreamClose }

/** State of a question. Older servers say `answered` and `expired`. */
export type InterruptStatus = 'pending' | 'answered' | 'cancelled' | 'expired' | wire.InterruptStatus

/** What an agent asks a person. */
export interface InterruptRow {
  interrupt_id: string
  run_id: string
  session_id?: string
  kind: string
  status: InterruptStatus
  question?: string
  options?: string[]
  context_data?: string
  priority: string
  answer?: string
  created_at: string
  expires_at?: string
  resolved_at?: string
  resolved_by?: string
  user_id?: string
  agent_id?: string
  agent_name?: string
}

/** Which questions. */
export interface ListInterruptsOptions extends CallOptions {
  status?: InterruptStatus | 'all'
  /** At most so many at a time; 200 unless given. */
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** Questions, newest first; `total` counts those of all pages. */
export interface InterruptListResponse {
  interrupts: InterruptRow[]
  total: number
  /** There are more: ask with it as `cursor`. */
  next_cursor?: string
}

/** An answer, or with `disposition: 'declined'` the refusal to give one. */
export interface ResolveInterruptOptions {
  answer?: string
  /** Who answers; `client` unless given. */
  resolvedBy?: string
  kind?: string
  disposition?: 'answer' | 'declined'
}

/** What became of a question. */
export interface ResolveInterruptResult {
  interrupt_id: string
  status: InterruptStatus
  resolved_at: string
}

/** Whether the runtime takes up work. */
export type RuntimeStateStatus = 'running' | 'pausing' | 'paused'

/** The runtime's state, and how many runs a pause holds. */
export interface RuntimeStateResponse {
  state: RuntimeStateStatus
  paused_runs_count: number
}

/** One of several processes that work on runs together. Times are those of the store. */
export interface Replica {
  id: string
  hostname: string
  version: string
  started_at: string
  last_heartbeat_at: string
  /** How long ago that was. */
  silent_ms: number
  /** Otherwise others take over what it worked on. */
  alive: boolean
  running_runs: number
  /** It is the one that answers. */
  self: boolean
}

/** Empty where one process has the store to itself. */
export interface ReplicasResponse {
  replicas: Replica[]
}

/** What a pause did. */
export interface PauseResult {
  state: string
  duration_ms: number
  force_cancelled_count: number
  paused_runs_count: number
  warnings?: string[]
}

/** What the end of a pause did. */
export interface ResumeResult {
  state: string
  resumed_runs_count: number
  warnings?: string[]
}

/** A system prompt as the log keeps it. */
export interface SystemPromptPayload {
  system_prompt: string
  agent_def_id?: string
  skill_def_ids?: Record<string, string>
}

/** One segment of an input as the log keeps it. */
export interface UserInputPayload {
  role: string
  content: Array<{ type: string; text?: string; cacheable?: boolean }>
}

/** One row of a session's log. */
export interface TranscriptEvent {
  /** Place in the session. */
  seq: number
  run_id: string
  /** Unix time in nanoseconds. */
  ts_ns: number
  /** An event's type, or `user_input` / `system_prompt`, which only the log has. */
  type: string
  /** The event as it was streamed. */
  event: unknown
  /** With `system_prompt` a `SystemPromptPayload`, with `user_input` a `UserInputPayload[]`. */
  payload?: SystemPromptPayload | UserInputPayload[] | unknown
}

/** A session and its log, oldest event first. */
export interface TranscriptResponse {
  session: {
    id: string
    user_id: string
    agent: string
    created_at: string
    tenant_id?: string
    title?: string
    pinned?: boolean
    archived_at?: string
    branched_from?: wire.BranchPoint
  }
  events: TranscriptEvent[]
  /** Older events exist: ask again with `beforeSeq`. */
  has_more?: boolean
  /** The session's latest run, to go on with or to re-attach to. */
  latest_run?: wire.LatestRun
  /** Said to the latest run, which has yet to take them in. */
  queued_inputs?: SaidInput[]
  /** How many inputs its runs ended without, and nobody has taken back. */
  returned_inputs?: number
}

/** What somebody said to a run, and when. */
export type SaidInput = wire.SaidInput

/** What somebody has taken back, in the order in which it was said. */
export type ReturnedInputsResult = wire.ReturnedInputs

/** Which part of a transcript. */
export interface TranscriptOptions extends CallOptions {
  /** At most this many events, the newest. All of them without it. */
  limit?: number
  /** Only events before this one. */
  beforeSeq?: number
}

/** What to copy of a session, and for whom. */
export interface ReplaySessionOptions extends KeyedCallOptions {
  /** Agent of the new session. */
  agent: string
  /** Begin with a summary of the older part. */
  compress?: boolean
  /** Copy no further than this event; in the middle of a turn, to the end of the turn before. 0 copies nothing. */
  untilSeq?: number
}

/** A copy of a session: go on with it by `continueSession`. */
export interface ReplaySessionResult {
  new_session_id: string
  /** The run, ended, to which everything that was copied belongs. */
  seed_run_id: string
  events_copied: number
  compacted: boolean
  /** The last event that was copied. Older servers do not say. */
  until_seq?: number
}

/** Whether the process answers, and which it is. */
export interface HealthResponse {
  ok: boolean
  commit?: string
  built?: string
  uptime_seconds?: number
  version?: string
}

/** Who the caller is. */
export interface WhoamiResponse {
  tenant_id: string
  subject: string
  scopes: string[]
  is_admin: boolean
  /** The shared secret was used. */
  legacy: boolean
  /** No token is configured; everybody on this machine is the operator. */
  open_mode?: boolean
  /** What the server lets agents do that not every one does. Older servers do not say. */
  capabilities?: { mcp_allow_dynamic_stdio: boolean; http_host_allowlist_configured: boolean }
}

/** An agent the caller may start. */
export interface RunnableAgent extends Omit<wire.RunnableAgent, 'source'> {
  /** `bundled`, `tenant` or `own`. */
  source: string
}

/** Body of `GET /v1/_runnable-agents`. */
export interface RunnableAgentsResponse {
  agents: RunnableAgent[]
}

/** Any op of History. The ops in `HistoryOps` have exact types of their own. */
export type HistoryToolInput = {
  op: 'list' | 'get' | 'search' | 'rename' | 'annotate' | 'pin' | 'archive' | 'recap' | 'resume'
  scope?: 'self' | 'user' | 'tenant' | 'global'
  session_id?: string
  status?: string
  from?: string
  to?: string
  tag?: string
  title_contains?: string
  query?: string
  pinned_only?: boolean
  include_archived?: boolean
  limit?: number
  offset?: number
  cursor?: string
  format?: string
  title?: string
  description?: string
  tags?: string[]
  pinned?: boolean
  archived?: boolean
  [extra: string]: unknown
}

/** What an op of History answers. */
export type HistoryToolResponse = unknown
