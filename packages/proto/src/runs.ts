import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { LimitInfo, RunEvent } from './events.ts'
import { Bool, cursor, emptyCounts, Int, named, next_cursor, type Of, object, oneOf, optional, Text } from './schema.ts'
import { pictureTypes } from './wire/index.ts'

export const identPattern = '^[A-Za-z0-9_-]{1,128}$'
export const Ident = (description?: string) =>
  Type.String({ pattern: identPattern, ...(description ? { description } : {}) })

/** Tags an untrusted block may be fenced in; any other kind becomes `untrusted`. */
export const untrustedKinds = [
  'untrusted',
  'web_content',
  'uploaded_cv',
  'qa_question',
  'user_input',
  'tool_output',
  'search_result',
  'run_metadata',
] as const

export const PromptContent = named(
  'PromptContent',
  Type.Union([
    Type.Object({
      type: Type.Literal('trusted-text'),
      text: Text(),
      cacheable: optional(Bool('Mark the block for the provider’s prompt cache.')),
    }),
    Type.Object({ type: Type.Literal('untrusted-block'), kind: Text(), text: Text() }),
    Type.Object({
      type: Type.Literal('image'),
      media_type: oneOf(pictureTypes, 'Put right where the bytes say otherwise.'),
      data: Text(
        'Base64; a data: prefix and line breaks are taken off. A picture that is damaged or too large is refused.',
      ),
    }),
  ]),
)
export type PromptContent = Of<typeof PromptContent>

export const PromptSegment = object('PromptSegment', {
  role: oneOf(['system', 'user']),
  content: Type.Array(PromptContent),
})
export type PromptSegment = Of<typeof PromptSegment>

/** What callers send: they may say less than is kept, and other words for it. */
export const SaidSegment = object('SaidSegment', {
  role: optional(Text('`system`, or else the user.')),
  content: Type.Array(
    object('SaidBlock', {
      type: optional(
        Text(
          '`trusted-text` unless given, `untrusted-block` or `image`. What has another type and a text is an untrusted block.',
        ),
      ),
      text: emptyCounts(optional(Text())),
      kind: optional(Text('Of an untrusted block: the tag it is fenced in; `untrusted` unless given.')),
      cacheable: optional(Bool('Of trusted text: mark the block for the provider’s prompt cache.')),
      media_type: optional(Text('Of a picture; put right where the bytes say otherwise.')),
      data: optional(
        Text(
          'Of a picture: base64; a data: prefix and line breaks are taken off. One that is damaged or too large is refused.',
        ),
      ),
    }),
  ),
})
export type SaidSegment = Of<typeof SaidSegment>

export const efforts = ['minimal', 'low', 'medium', 'high'] as const
export type Effort = (typeof efforts)[number]

/** How much of a model a task needs; which models that means is configured. */
export const tiers = ['low', 'middle', 'high'] as const
export type Tier = (typeof tiers)[number]

export const Sampling = object('Sampling', {
  temperature: optional(Type.Number({ minimum: 0, maximum: 2 })),
  top_p: optional(Type.Number({ minimum: 0, maximum: 1 })),
  top_k: optional(Type.Integer({ minimum: 1 })),
  frequency_penalty: optional(Type.Number({ minimum: -2, maximum: 2 })),
  presence_penalty: optional(Type.Number({ minimum: -2, maximum: 2 })),
  seed: optional(Type.Integer()),
  stop: optional(Type.Array(Type.String(), { maxItems: 8 })),
})
export type Sampling = Of<typeof Sampling>

export const ParentContext = object('ParentContext', {
  root_agent_run_id: optional(Type.String({ maxLength: 256 })),
  function_key: optional(Type.String({ maxLength: 256 })),
  tier_at_run: optional(Type.String({ maxLength: 256 })),
  board_scope: optional(Text()),
  board_chunk_id: optional(Text()),
  board_document_id: optional(Text()),
  team_run_id: optional(Text('The run of a team that it works for.')),
})
export type ParentContext = Of<typeof ParentContext>

export const Compaction = object('Compaction', {
  enabled: optional(Bool('Compact by itself when the context fills up.')),
  target_percentage: optional(
    Type.Integer({ minimum: 10, maximum: 50, description: 'Length of the summary, in percent of what it replaces.' }),
  ),
  keep_last_n: optional(Type.Integer({ minimum: 0, description: 'Messages at the end that stay as they are.' })),
  keep_first: optional(Bool('Keep the task in its own words.')),
  autocompact_at_pct: optional(
    Type.Integer({ minimum: 50, maximum: 95, description: 'How full the window is when it happens.' }),
  ),
  model: optional(Text('Model that writes the summary; the run’s own unless given.')),
})
export type Compaction = Of<typeof Compaction>

/** Members a new run and a continuation share. */
const runOptions = {
  segments: optional(Type.Array(SaidSegment)),
  tools: optional(
    Type.Array(Type.String(), { description: 'Narrows the agent’s tools; `prefix*` matches by prefix.' }),
  ),
  allowed_tools: optional(
    Type.Array(Type.String(), { description: 'Older name of `tools`; ignored where both are given.' }),
  ),
  agent_id: optional(Ident('Handle of the caller’s choice for this run.')),
  metadata: optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Trusted facts, shown to the model after the system prompt.',
    }),
  ),
  interactive: optional(Bool('Park at the end of a turn and wait for input instead of ending.')),
  parent_context: optional(Type.Union([ParentContext, Type.Null()])),
  sampling: optional(Sampling),
  compaction: optional(Compaction),
  user_tier: optional(
    Text(
      'Whose models it may run on, and what becomes of it when they fail: one of `user_tiers` of the configuration, `default` unless given. The runs that it starts have the same. Of no effect where none are configured.',
    ),
  ),
  user_bearer: optional(
    Type.String({
      pattern: '^[A-Za-z0-9._\\-+/=]{16,512}$',
      description: 'Never stored; has no effect, since no tool here acts for somebody elsewhere.',
    }),
  ),
  user_credentials: optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'Never stored; has no effect, since no tool here acts for somebody elsewhere.',
    }),
  ),
  run_timeout_seconds: optional(
    Type.Integer({
      minimum: 1,
      description:
        'How long the run may take, with all it waits for; it fails then. Of an interactive run, how long each turn may take; it is stopped then.',
    }),
  ),
  allowed_hosts: optional(
    Type.Union([Type.Array(Type.String()), Type.Null()], {
      description:
        'Hosts that tools of the run and its sub-agents may reach, of those that are open; none if empty. Told by `Context`; has no effect besides, since no tool here reaches the network.',
    }),
  ),
  web_search_filter: optional(
    oneOf(
      ['drop', 'keep'],
      'What becomes of pages found on other hosts. Told by `Context`; has no effect besides, since no tool here searches the web.',
    ),
  ),
}

export const RunBody = object('RunBody', {
  agent: optional(Text('Name of the agent to run.')),
  def_id: optional(Text('A version of that agent; the one in use unless given.')),
  prompt: optional(Text('Shorthand for one user segment of trusted text.')),
  session_id: optional(
    Text(
      'Adds the run to this session without replaying its history. A run of it that waits for its operator takes in what is said, if it is the same agent, interactive and asked for nothing else; otherwise the new run takes its place and knows what it knew.',
    ),
  ),
  tenant_id: optional(Text()),
  user_id: optional(Ident()),
  ...runOptions,
})
export type RunBody = Of<typeof RunBody>

export const MessageBody = object('MessageBody', runOptions)
export type MessageBody = Of<typeof MessageBody>

export const InputBody = object('InputBody', {
  text: optional(Text('What to tell the run; white space around it is dropped.')),
  segments: optional(
    Type.Array(SaidSegment, {
      description: 'What goes along with the text, or says it all: as a run is started with, for the user only.',
    }),
  ),
})
export type InputBody = Of<typeof InputBody>
export const InputResult = object('InputResult', {
  run_id: Text(),
  delivered: Bool('The input is stored and the run will take it in.'),
  input_id: Text('Named again by the `steer` event that takes the input in.'),
})
export const ReasonBody = object('ReasonBody', { reason: optional(Text()) })
export const CancelTurnResult = object('CancelTurnResult', {
  run_id: Text(),
  stopped: Bool(
    'False where another process works on the run and has not heard it yet: it is stored, and stops there.',
  ),
  parked: Bool(),
})

export const StreamQuery = object('StreamQuery', {
  from_seq: optional(
    Type.String({ description: 'A number: send only events after this one. Anything else counts as 0.' }),
  ),
  include: optional(oneOf(['children'], 'Also send the events of sub-agents, as `child` frames.')),
})

export const RunStatus = named('RunStatus', oneOf(['running', 'completed', 'failed', 'cancelled']))
export type RunStatus = Of<typeof RunStatus>
export const RunPhase = named(
  'RunPhase',
  oneOf(['queued', 'working', 'parked', 'waiting'], 'What a running run is doing.'),
)
export type RunPhase = Of<typeof RunPhase>

export const AgentUsage = object('AgentUsage', {
  input_tokens: Int(),
  output_tokens: Int(),
  cache_creation_tokens: optional(Int()),
  cache_read_tokens: optional(Int()),
  model: optional(Text()),
  provider: optional(Text()),
})

export const AgentRow = object('Agent', {
  agent_id: Text(),
  run_id: Text(),
  session_id: Text(),
  agent: Text(),
  agent_def_id: optional(Text('The version of the agent that the run began with.')),
  trace_id: optional(Text('Of the `traceparent` that the run was started with, or its own.')),
  parent_agent_id: Type.Union([Text(), Type.Null()]),
  user_id: Text(),
  status: RunStatus,
  phase: optional(RunPhase),
  started_at: Text(),
  completed_at: Type.Union([Text(), Type.Null()]),
  stop_reason: Type.Union([Text(), Type.Null()]),
  error: Type.Union([Text(), Type.Null()]),
  usage: AgentUsage,
  last_heartbeat_at: Type.Union([Text(), Type.Null()]),
  live: Bool('The run has not ended.'),
  interactive: Bool(),
  awaited_state: optional(oneOf(['channel', 'interrupted', 'child'], 'What a waiting run waits for.')),
  awaited_on: optional(Text()),
  parent_context: optional(Type.Union([ParentContext, Type.Null()])),
})
export type AgentRow = Of<typeof AgentRow>

export const AgentList = object('AgentList', { agents: Type.Array(AgentRow), next_cursor })
export const AgentListQuery = object('AgentListQuery', {
  status: optional(Text('running unless given, completed, failed, cancelled, or all; nobody’s for any other.')),
  tenant: optional(Text()),
  limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor,
})
export const CancelAgentResult = object('CancelAgentBody', {
  cancelled: Bool('False when the run had already ended.'),
  agent_id: Text(),
  cancelled_count: Int('Runs this call ended.'),
  cascaded: optional(Type.Array(Text())),
  reason: optional(Text()),
  status: optional(RunStatus),
})

export const RunnableAgent = object('RunnableAgent', {
  name: Text(),
  source: oneOf(['bundled', 'tenant', 'own']),
  default: optional(Bool('Chosen for new chats unless somebody chooses another.')),
  description: optional(Text()),
  provider: optional(Text()),
  model: optional(Text()),
  scripted: optional(Bool('Plays a script; no model is behind it.')),
  documents: optional(Bool('It reads and changes documents.')),
})
export const RunnableAgents = object('RunnableAgents', { agents: Type.Array(RunnableAgent) })

const SpawnRun = object('SpawnRun', {
  agent: optional(Text()),
  def_id: optional(Text('A version of that agent; the one in use unless given.')),
  user_id: optional(Ident()),
  tenant_id: optional(Text()),
  ...runOptions,
})
export const RunBatchBody = object('RunBatchBody', {
  spawns: Type.Array(SpawnRun, { minItems: 1, maxItems: 32 }),
  mode: optional(oneOf(['join'])),
  timeout_ms: optional(Type.Integer({ minimum: 1, description: 'Runs that are not over by then are cancelled.' })),
})
export type RunBatchBody = Of<typeof RunBatchBody>

const SpawnRunUsage = object('SpawnRunUsage', {
  ...AgentUsage.properties,
  max_context_tokens: optional(Int('Size of the model’s window.')),
})
export const SpawnRunResult = object('SpawnRunResult', {
  agent_id: Text(),
  run_id: Text(),
  session_id: Text(),
  status: RunStatus,
  stop_reason: optional(Text()),
  final_text: optional(Text()),
  usage: optional(SpawnRunUsage),
  error: optional(Text()),
  limits: optional(Type.Array(LimitInfo, { description: 'Limits of tokens that it has met.' })),
  parent_context: optional(Type.Union([ParentContext, Type.Null()])),
})
export type SpawnRunResult = Of<typeof SpawnRunResult>
export const RunBatchResult = object('RunBatchResult', {
  results: Type.Array(SpawnRunResult, { description: 'In the order of `spawns`.' }),
  spawned: Int(),
})

export const CompactRunResult = object('CompactRunResult', {
  run_id: Text(),
  compacted: Bool(),
  before_tokens: Int('Estimated: characters / 4.'),
  after_tokens: Int(),
  applied: oneOf(['live', 'marker', 'noop']),
})

export const RunStateQuery = object('RunStateQuery', {
  status: optional(Text('Comma-separated; all of them without it.')),
  agent: optional(Text()),
  tenant: optional(Text()),
  phases: optional(Bool('Also each change of what a running run is doing, and not only once that it runs.')),
})
export const RunState = object('RunState', {
  run_id: Text(),
  agent_id: Text(),
  session_id: Text(),
  agent: Text(),
  user_id: Text(),
  parent_agent_id: optional(Text()),
  status: RunStatus,
  phase: optional(RunPhase),
  awaited_state: optional(oneOf(['channel', 'interrupted', 'child'])),
  awaited_on: optional(Text()),
  stop_reason: optional(Text()),
  error: optional(Text()),
  ts: Text(),
  parent_context: optional(Type.Union([ParentContext, Type.Null()])),
})
export type RunState = Of<typeof RunState>
export const RunStateFrame = Type.Union([
  object('RunStateOpen', {
    user_id: Text(),
    filter_status: Type.Union([Type.Array(Text()), Type.Null()]),
    filter_agent: Text(),
    keepalive_interval: Int('Seconds.'),
  }),
  RunState,
])

/** What may keep a run from starting, in a session of its own or in one there is. */
export const startErrors = [
  'quota_exceeded',
  'invalid_picture',
  'invalid_json',
  'invalid_request',
  'unknown_agent',
  'session_not_found',
  'session_busy',
  'agent_id_in_use',
  'payload_too_large',
  'unsupported_media_type',
  'unknown_user_tier',
  'tier_not_allowed',
  'model_unavailable',
  'tier_unavailable',
  'backpressure',
  'per_user_quota_exhausted',
  'token_limit_exceeded',
  'idempotency_key_reused',
  'runtime_paused',
  'shutting_down',
] as const

export const runEndpoints = {
  startRun: endpoint({
    method: 'POST',
    path: '/v1/runs',
    key: 'own',
    summary: 'Start a run and stream its events',
    access: 'runs:create',
    body: RunBody,
    stream: RunEvent,
    errors: startErrors,
    envelope: 'plain',
  }),
  startRunBatch: endpoint({
    method: 'POST',
    path: '/v1/runs:batch',
    key: 'own',
    summary: 'Start up to 32 runs and wait for all of them',
    access: 'runs:create',
    body: RunBatchBody,
    result: RunBatchResult,
    errors: [
      'invalid_json',
      'invalid_request',
      'invalid_picture',
      'unknown_agent',
      'payload_too_large',
      'unsupported_media_type',
      'runtime_paused',
      'shutting_down',
    ],
    envelope: 'plain',
  }),
  streamRun: endpoint({
    method: 'GET',
    path: '/v1/runs/{run_id}/stream',
    summary: 'Replay a run’s events and follow it to its end',
    access: 'runs:read',
    query: StreamQuery,
    stream: RunEvent,
    errors: ['invalid_request', 'run_not_found'],
    envelope: 'plain',
  }),
  sendInput: endpoint({
    method: 'POST',
    path: '/v1/runs/{run_id}/input',
    summary: 'Tell a live run something; it is stored before the answer and taken in at the next boundary',
    access: 'runs:create',
    body: InputBody,
    result: InputResult,
    errors: [
      'invalid_picture',
      'invalid_json',
      'invalid_request',
      'empty_input',
      'payload_too_large',
      'no_live_run',
      'input_queue_full',
      'token_limit_exceeded',
    ],
    envelope: 'plain',
  }),
  cancelTurn: endpoint({
    method: 'POST',
    path: '/v1/runs/{run_id}/cancel',
    summary: 'Stop the turn in progress; the run parks',
    access: 'runs:create',
    body: ReasonBody,
    result: CancelTurnResult,
    errors: ['invalid_json', 'invalid_request', 'no_live_run', 'not_interactive', 'not_mid_turn'],
    envelope: 'plain',
  }),
  compactRun: endpoint({
    method: 'POST',
    path: '/v1/runs/{run_id}/compact',
    summary: 'Replace the older part of a conversation by a summary; not in mid-turn',
    access: 'runs:create',
    body: ReasonBody,
    result: CompactRunResult,
    errors: [
      'invalid_json',
      'invalid_request',
      'run_not_found',
      'run_busy',
      'agent_gone',
      'compaction_failed',
      'token_limit_exceeded',
    ],
    envelope: 'plain',
  }),
  streamUserRunStates: endpoint({
    method: 'GET',
    path: '/v1/users/{user_id}/agents/stream',
    summary: 'Changes of a user’s runs as they happen; nothing is replayed',
    access: 'runs:read',
    query: RunStateQuery,
    stream: RunStateFrame,
    errors: ['invalid_request'],
    envelope: 'plain',
  }),
  getAgent: endpoint({
    method: 'GET',
    path: '/v1/agents/{agent_id}',
    summary: 'One run, by its agent handle',
    access: 'runs:read',
    result: AgentRow,
    errors: ['invalid_request', 'unknown_agent_id'],
    envelope: 'plain',
  }),
  cancelAgent: endpoint({
    method: 'POST',
    path: '/v1/agents/{agent_id}/cancel',
    summary: 'End a run and its descendants',
    access: 'runs:create',
    body: ReasonBody,
    result: CancelAgentResult,
    errors: ['invalid_json', 'invalid_request', 'unknown_agent_id'],
    envelope: 'plain',
  }),
  listUserAgents: endpoint({
    method: 'GET',
    path: '/v1/users/{user_id}/agents',
    summary: 'A user’s runs, newest first; the running ones unless `status` says otherwise',
    access: 'runs:read',
    query: AgentListQuery,
    result: AgentList,
    errors: ['invalid_request', 'invalid_cursor', 'backpressure'],
    envelope: 'plain',
  }),
  listRunnableAgents: endpoint({
    method: 'GET',
    path: '/v1/_runnable-agents',
    summary: 'Agents the caller may start',
    access: 'runs:read',
    result: RunnableAgents,
    errors: [],
    envelope: 'json',
  }),
}
