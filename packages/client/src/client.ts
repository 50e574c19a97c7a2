import type {
  AckChannelOptions,
  AwaitChannelsOptions,
  BroadcastChannelsOptions,
  ChannelAckResult,
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
} from './channel-types.ts'
import type {
  DefinitionNamesOptions,
  DefinitionNamesResponse,
  DefinitionToolInput,
  DefinitionToolResponse,
  EnsureCodeAgentOptions,
  EnsureCodeAgentResult,
  ListModelsOptions,
} from './definition-types.ts'
import type {
  DocumentAssetOptions,
  DocumentCallOptions,
  DocumentChangesOptions,
  DocumentToolInput,
  DocumentToolResponse,
  PathToolInput,
  PathToolResponse,
  PresenceInput,
} from './document-types.ts'
import { type ClientEnvironment, defaultEnvironment } from './environment.ts'
import { Http } from './http.ts'
import { InteractiveSession } from './interactive-session.ts'
import type {
  LibraryAgentDefinition,
  LibraryListResponse,
  LibraryMcpServerDefinition,
  LibrarySkillDefinition,
} from './library-types.ts'
import type {
  LLMChatOptions,
  LLMChatResponse,
  LLMChatStreamItem,
  LLMEmbeddingsOptions,
  LLMEmbeddingsResponse,
} from './llm-types.ts'
import type {
  EmbeddingChoreOptions,
  ListMemoryEntriesOptions,
  ListMemoryScopeIDsOptions,
  MemoryBackfillResponse,
  MemoryChangesOptions,
  MemoryEmbedStatsResponse,
  MemoryEntriesResponse,
  MemoryEntryResponse,
  MemoryPurgeResponse,
  MemoryReembedResponse,
  MemoryScopeIDsResponse,
  MemoryScopesResponse,
  MemorySearchInput,
  MemorySearchResponse,
  ReembedMemoryOptions,
  SetMemoryEntryOptions,
  SetMemoryEntryResponse,
} from './memory-types.ts'
import * as agents from './resources/agents.ts'
import * as channels from './resources/channels.ts'
import * as configuration from './resources/configuration.ts'
import * as definitions from './resources/definitions.ts'
import * as documents from './resources/documents.ts'
import * as identity from './resources/identity.ts'
import * as interrupts from './resources/interrupts.ts'
import { listLibrary } from './resources/library.ts'
import * as llm from './resources/llm.ts'
import * as memory from './resources/memory.ts'
import * as operations from './resources/operations.ts'
import * as runs from './resources/runs.ts'
import * as sessions from './resources/sessions.ts'
import * as teams from './resources/teams.ts'
import * as usage from './resources/usage.ts'
import * as volumes from './resources/volumes.ts'
import type { ResumeOptions } from './resume.ts'
import { userRunStates } from './run-states.ts'
import type {
  CreatedTeam,
  ListTeamsOptions,
  ListTeamsResponse,
  TeamCallOptions,
  TeamDefDetail,
  TeamDiagram,
  TeamRunResult,
  TeamRunTarget,
  TeamToolInput,
  TeamToolResponse,
} from './team-types.ts'
import type {
  Agent,
  AgentEvent,
  CallOptions,
  CancelAgentResult,
  CancelTurnResult,
  CompactRunResult,
  ContinueOptions,
  HealthResponse,
  HistoryToolInput,
  HistoryToolResponse,
  InterruptListResponse,
  KeyedCallOptions,
  ListAgentsResponse,
  ListInterruptsOptions,
  ListUserAgentsOptions,
  PauseResult,
  ReplaySessionOptions,
  ReplaySessionResult,
  ReplicasResponse,
  ResolveInterruptOptions,
  ResolveInterruptResult,
  ResumeResult,
  ReturnedInputsResult,
  RunBatchOptions,
  RunBatchResult,
  RunInput,
  RunInputResult,
  RunnableAgentsResponse,
  RunOptions,
  RunStateStreamItem,
  RuntimeStateResponse,
  StreamRunOptions,
  StreamUserRunStatesOptions,
  TranscriptOptions,
  TranscriptResponse,
  WhoamiResponse,
} from './types.ts'
import type {
  LimitOptions,
  LimitScope,
  SetTokenLimitRequest,
  TokenLimit,
  TokenLimitsResponse,
  UsageReportOptions,
  UsageReportResponse,
} from './usage-types.ts'
import type {
  BrowseVolumesOptions,
  EphemeralVolumesResponse,
  PersistentVolumesResponse,
  VolumeCallOptions,
  VolumeContentOptions,
  VolumeFilesOptions,
  VolumeToolInput,
  VolumeToolResponse,
} from './volume-types.ts'
import type {
  AgentDefOps,
  BrowserSessions,
  ConfigReload,
  DocumentChange,
  DocumentOps,
  DocumentPresence,
  EndedSessions,
  EnvTemplate,
  EvaluationOps,
  HelpPage,
  HelpTopics,
  HistoryOps,
  MemoryChange,
  ModelCatalogue,
  PathOps,
  PresetFile,
  Presets,
  ProviderModels,
  ResolverMatrix,
  RoutingView,
  SkillDefOps,
  TeamDefOps,
  TeamGraph,
  VolumeContent,
  VolumeDefOps,
  VolumeFiles,
} from './wire.gen.ts'

/** Where the server is and how to reach it. */
export interface ClientOptions {
  /** Default `http://127.0.0.1:8787`. */
  baseUrl?: string
  /** Sent as a bearer token with every call. In a browser, prefer `login()`: the cookie is out of scripts' reach. */
  authToken?: string
  /** Default: the global `fetch`. */
  fetch?: typeof fetch
  /** Told what an older server has left out of a call, since it does not know it. Default: `console.warn`. */
  onWarning?: (warning: string) => void
  /** How streams come back after a dropped connection; every stream method may say otherwise. Default true. */
  resume?: boolean | ResumeOptions
  /** Clock, timers and wake-ups; for tests. */
  environment?: ClientEnvironment
}

/**
 * A loomcycle server. Holds no state besides its options; calls may run side by side.
 *
 * An answer outside 2xx rejects with a `LoomcycleError` or a subclass; network failures and aborts reject with the
 * platform's own errors. Calls are not repeated. Streams are lazy: the request is made by the first `next()`.
 */
export class LoomcycleClient {
  private readonly http: Http
  private readonly streams: runs.StreamContext

  constructor(opts: ClientOptions = {}) {
    const { baseUrl = 'http://127.0.0.1:8787', authToken, fetch = globalThis.fetch, onWarning } = opts
    this.http = new Http(baseUrl, authToken, fetch, onWarning)
    this.streams = { http: this.http, environment: opts.environment ?? defaultEnvironment, resume: opts.resume }
  }

  /**
   * Starts a run and yields its events to its end. A run's own failure is an item (`type: 'error'`), not a throw.
   * A dropped connection is picked up where it broke; leaving the loop drops it for good, which cancels a run that
   * is not interactive.
   */
  runStreaming(opts: RunOptions): AsyncIterable<AgentEvent> {
    return runs.startRun(this.streams, opts)
  }

  /** One more turn in a session, as a new run with the whole conversation behind it; otherwise like `runStreaming`. */
  continueSession(opts: ContinueOptions): AsyncIterable<AgentEvent> {
    return runs.continueSession(this.streams, opts)
  }

  /** Replays a run's events after `fromSeq` (all of them without it) and follows it to its end. */
  streamRunByID(runId: string, opts?: StreamRunOptions): AsyncIterable<AgentEvent> {
    return runs.streamRun(this.streams, runId, opts)
  }

  /** Tells a live run something: text, or more. `idempotencyKey` lets the same input be sent twice and count once. */
  sendRunInput(runId: string, input: string | RunInput, opts?: KeyedCallOptions): Promise<RunInputResult> {
    return runs.sendInput(this.http, runId, input, opts)
  }

  /** A run that parks at the end of each turn, with its input and output in one object. Sends nothing yet. */
  interactiveSession(opts: Omit<RunOptions, 'interactive'>): InteractiveSession {
    return this.sessionOver(this.runStreaming({ ...opts, interactive: true }))
  }

  /** The same over a run that exists, from `fromSeq` on. Can `send()` at once. */
  attachInteractiveSession(runId: string, opts?: StreamRunOptions): InteractiveSession {
    const session = this.sessionOver(this.streamRunByID(runId, opts))
    session.runId = runId
    return session
  }

  /** Stops the turn in progress of an interactive run, which then waits for input. */
  cancelTurn(runId: string, opts?: KeyedCallOptions & { reason?: string }): Promise<CancelTurnResult> {
    return runs.cancelTurn(this.http, runId, opts)
  }

  /** Starts 1 to 32 runs and waits for all of them; what fails is in the results. */
  spawnRunBatch(opts: RunBatchOptions): Promise<RunBatchResult> {
    return runs.spawnRunBatch(this.http, opts)
  }

  /** Replaces the older part of a conversation by a summary. 409 `run_busy` in mid-turn. */
  compactRun(runId: string, opts?: KeyedCallOptions & { reason?: string }): Promise<CompactRunResult> {
    return runs.compactRun(this.http, runId, opts)
  }

  /** One run, by its agent handle. */
  getAgent(agentId: string, opts?: CallOptions): Promise<Agent> {
    return agents.getAgent(this.http, agentId, opts)
  }

  /** Ends a run and the runs it started. */
  cancelAgent(agentId: string, opts?: KeyedCallOptions & { reason?: string }): Promise<CancelAgentResult> {
    return agents.cancelAgent(this.http, agentId, opts)
  }

  /** A user's runs, newest first; the running ones unless `status` says otherwise. */
  listUserAgents(userId: string, opts?: ListUserAgentsOptions): Promise<Agent[]> {
    return agents.listUserAgents(this.http, userId, opts)
  }

  /** The same with the cursor that leads to the next page; `pages` reads one after the other. */
  listUserAgentsPage(userId: string, opts?: ListUserAgentsOptions): Promise<ListAgentsResponse> {
    return agents.listUserAgentsPage(this.http, userId, opts)
  }

  /**
   * A user's runs as they change, from now on. Nothing is replayed and it does not come back by itself: list first,
   * and list again when it ends.
   */
  streamUserRunStates(userId: string, opts?: StreamUserRunStatesOptions): AsyncIterable<RunStateStreamItem> {
    return userRunStates(this.http, userId, opts)
  }

  /** What all runs of a user ask; the open questions unless `status` says otherwise. */
  listUserInterrupts(userId: string, opts?: ListInterruptsOptions): Promise<InterruptListResponse> {
    return interrupts.listUserInterrupts(this.http, userId, opts)
  }

  /** What a run asks; the open questions unless `status` says otherwise. */
  listRunInterrupts(runId: string, opts?: ListInterruptsOptions): Promise<InterruptListResponse> {
    return interrupts.listRunInterrupts(this.http, runId, opts)
  }

  /** Answers a question; its run goes on. 409 when somebody was faster, 410 when it has expired, 422 for an answer it does not take. */
  resolveInterrupt(
    runId: string,
    interruptId: string,
    opts: ResolveInterruptOptions & KeyedCallOptions,
  ): Promise<ResolveInterruptResult> {
    return interrupts.resolveInterrupt(this.http, runId, interruptId, opts)
  }

  /** Declines a question; its run goes on without an answer. */
  cancelInterrupt(
    runId: string,
    interruptId: string,
    opts?: KeyedCallOptions & { resolvedBy?: string },
  ): Promise<ResolveInterruptResult> {
    return interrupts.resolveInterrupt(this.http, runId, interruptId, { ...opts, disposition: 'declined' })
  }

  /** Lets every run come to a boundary, for at most `timeoutMs` milliseconds, and keeps it there. Administrators only. */
  pauseRuntime(opts?: KeyedCallOptions & { timeoutMs?: number }): Promise<PauseResult> {
    return operations.pauseRuntime(this.http, opts)
  }

  /** Goes on after a pause. */
  resumeRuntime(opts?: KeyedCallOptions): Promise<ResumeResult> {
    return operations.resumeRuntime(this.http, opts)
  }

  /** Whether the runtime is running or paused. */
  getRuntimeState(opts?: CallOptions): Promise<RuntimeStateResponse> {
    return operations.getRuntimeState(this.http, opts)
  }

  /** Who works on runs together, on one store; nobody where one process has it to itself. Administrators only. */
  listReplicas(opts?: CallOptions): Promise<ReplicasResponse> {
    return operations.listReplicas(this.http, opts)
  }

  /** What model calls took, and cost where they had a price. */
  usageReport(opts?: UsageReportOptions): Promise<UsageReportResponse> {
    return usage.usageReport(this.http, opts)
  }

  /** Token limits and what is used of them; without `tenant` an administrator is told of all tenants. */
  listLimits(opts?: CallOptions & { tenant?: string }): Promise<TokenLimitsResponse> {
    return usage.listLimits(this.http, opts)
  }

  /** Limits tokens of a calendar month; a limit that is left out is taken away. Of users; administrators also of tenants and the whole runtime. */
  setLimit(limit: SetTokenLimitRequest, opts?: CallOptions): Promise<TokenLimit> {
    return usage.setLimit(this.http, limit, opts)
  }

  /** Takes a limit away; there need be none. */
  deleteLimit(scope: LimitScope, opts?: LimitOptions): Promise<void> {
    return usage.deleteLimit(this.http, scope, opts)
  }

  /** Reads the configuration again, whole or not at all; says what has changed. Administrators only. */
  reloadConfig(opts?: CallOptions): Promise<ConfigReload> {
    return configuration.reloadConfig(this.http, opts)
  }

  /** The bundles of agents and skills that come with the runtime. Administrators only. */
  listPresets(opts?: CallOptions): Promise<Presets> {
    return configuration.listPresets(this.http, opts)
  }

  /** A bundle as a configuration file. Administrators only. */
  getPreset(name: string, opts?: CallOptions): Promise<PresetFile> {
    return configuration.getPreset(this.http, name, opts)
  }

  /** Every variable of the runtime's environment, as a file with a comment for each. Administrators only. */
  getEnvTemplate(opts?: CallOptions): Promise<EnvTemplate> {
    return configuration.getEnvTemplate(this.http, opts)
  }

  /** The topics there is help on, for agents and people. */
  listHelp(opts?: CallOptions): Promise<HelpTopics> {
    return configuration.listHelp(this.http, opts)
  }

  /** Help on a topic, in Markdown. */
  getHelp(topic: string, opts?: CallOptions): Promise<HelpPage> {
    return configuration.getHelp(this.http, topic, opts)
  }

  /** Agents the caller may start. */
  runnableAgents(opts?: CallOptions): Promise<RunnableAgentsResponse> {
    return agents.runnableAgents(this.http, opts)
  }

  /** The agents there are, as they are configured. */
  listLibraryAgents(opts?: CallOptions): Promise<LibraryListResponse<LibraryAgentDefinition>> {
    return listLibrary(this.http, 'agents', opts)
  }

  /** The skills there are. */
  listLibrarySkills(opts?: CallOptions): Promise<LibraryListResponse<LibrarySkillDefinition>> {
    return listLibrary(this.http, 'skills', opts)
  }

  /** Every team that was defined, as it is in use. */
  listLibraryTeams(opts?: CallOptions): Promise<LibraryListResponse<TeamGraph>> {
    return listLibrary(this.http, 'teams', opts)
  }

  /** The MCP servers there are. */
  listLibraryMcpServers(opts?: CallOptions): Promise<LibraryListResponse<LibraryMcpServerDefinition>> {
    return listLibrary(this.http, 'mcp-servers', opts)
  }

  /** A session's log, oldest event first: all of it, or the newest `limit` events before `beforeSeq`. */
  getTranscript(sessionId: string, opts?: TranscriptOptions): Promise<TranscriptResponse> {
    return sessions.getTranscript(this.http, sessionId, opts)
  }

  /**
   * Takes back what a session's runs ended without taking in. Whoever asks first has it; asking again with the same
   * `idempotencyKey` within a day gives it again. Rejects with `SessionNotFoundError`.
   */
  takeReturnedInputs(sessionId: string, opts?: KeyedCallOptions): Promise<ReturnedInputsResult> {
    return sessions.takeReturnedInputs(this.http, sessionId, opts)
  }

  /**
   * Deletes a session, and those of its sub-agents. Its run is ended. For seven days `restoreSession` brings it back,
   * then it is gone for good. Rejects with `SessionNotFoundError`.
   */
  deleteSession(sessionId: string, opts?: KeyedCallOptions): Promise<void> {
    return sessions.deleteSession(this.http, sessionId, opts)
  }

  /** Brings a deleted session back, to be gone on with by `continueSession`. Rejects with `SessionNotFoundError`. */
  restoreSession(sessionId: string, opts?: KeyedCallOptions): Promise<void> {
    return sessions.restoreSession(this.http, sessionId, opts)
  }

  /**
   * Copies a session, or its beginning, into a new one; the source stays as it is. `continueSession` goes on with the
   * copy. 400 `empty_source` where no turn has ended, 409 `agent_gone` where there is no such agent, 502
   * `compaction_failed` where the summary could not be had.
   */
  replaySession(sourceSessionId: string, opts: ReplaySessionOptions): Promise<ReplaySessionResult> {
    return sessions.replaySession(this.http, sourceSessionId, opts)
  }

  /** The caller's conversations: list, search, tag, rename, pin, archive. A refusal rejects with `SubstrateToolRefusedError`. */
  history<Op extends keyof HistoryOps>(
    input: { op: Op } & HistoryOps[Op]['input'],
    opts?: KeyedCallOptions,
  ): Promise<HistoryOps[Op]['output']>
  history(input: HistoryToolInput, opts?: KeyedCallOptions): Promise<HistoryToolResponse>
  history(input: HistoryToolInput, opts?: KeyedCallOptions): Promise<unknown> {
    return sessions.history(this.http, input, opts)
  }

  /** Names in one tree, for documents, volumes and memory entries. A refusal rejects with `SubstrateToolRefusedError`. */
  path<Op extends keyof PathOps>(
    input: { op: Op } & PathOps[Op]['input'],
    opts?: DocumentCallOptions,
  ): Promise<PathOps[Op]['output']>
  path(input: PathToolInput, opts?: DocumentCallOptions): Promise<PathToolResponse>
  path(input: PathToolInput, opts?: DocumentCallOptions): Promise<unknown> {
    return documents.path(this.http, input, opts)
  }

  /**
   * Documents made of chunks: read, write, find, undo. A refusal rejects with `SubstrateToolRefusedError`; one of a
   * change that was based on an older revision with `RevisionConflictError`, which has the chunk as it is now;
   * one of a change that was decided on an older state of the document with `ChangedSinceError`, which tells what was
   * done since. The `fields` of a `column_full` tell which columns have room.
   */
  document<Op extends keyof DocumentOps>(
    input: { op: Op } & DocumentOps[Op]['input'],
    opts?: DocumentCallOptions,
  ): Promise<DocumentOps[Op]['output']>
  document(input: DocumentToolInput, opts?: DocumentCallOptions): Promise<DocumentToolResponse>
  document(input: DocumentToolInput, opts?: DocumentCallOptions): Promise<unknown> {
    return documents.document(this.http, input, opts)
  }

  /**
   * What is done to documents, as it is done: from `since` on, or from now on. A dropped connection is picked up where
   * it broke; the stream ends only with its loop, its signal, or a failure.
   */
  documentChanges(opts?: DocumentChangesOptions): AsyncIterable<DocumentChange> {
    return documents.documentChanges(this.streams, opts)
  }

  /**
   * Says that somebody has a document open, or a card of it, and answers who has. It holds for 30 s, so it is said again
   * every 10 or 20; others hear of it by `onPresence` of `documentChanges`.
   */
  documentPresence(input: PresenceInput, opts?: DocumentAssetOptions & KeyedCallOptions): Promise<DocumentPresence> {
    return documents.documentPresence(this.http, input, opts)
  }

  /** Where the image of a chunk is. Good for an `<img>` where the session cookie is; nothing is requested. */
  documentAssetUrl(chunkId: string, opts?: DocumentAssetOptions): string {
    return documents.documentAssetUrl(this.http, chunkId, opts)
  }

  /** The image of a chunk, as the raw answer. Anything but a success rejects with a plain `Error`. */
  fetchDocumentAsset(chunkId: string, opts?: DocumentAssetOptions & CallOptions): Promise<Response> {
    return documents.fetchDocumentAsset(this.http, chunkId, opts)
  }

  /** Versions of agents: make, fork, promote, retire; and agents for one conversation. A refusal rejects with `SubstrateToolRefusedError`. */
  agentDef<Op extends keyof AgentDefOps>(
    input: { op: Op } & AgentDefOps[Op]['input'],
    opts?: KeyedCallOptions,
  ): Promise<AgentDefOps[Op]['output']>
  agentDef(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<DefinitionToolResponse>
  agentDef(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<unknown> {
    return definitions.definitionOp(this.http, '_agentdef', input, opts)
  }

  /** Has an agent be this code, by a new version where it is not that already. */
  ensureCodeAgent(opts: EnsureCodeAgentOptions, callOpts?: CallOptions): Promise<EnsureCodeAgentResult> {
    return definitions.ensureCodeAgent(this.http, opts, callOpts)
  }

  /** Versions of skills: make, fork, promote, retire. A refusal rejects with `SubstrateToolRefusedError`. */
  skillDef<Op extends keyof SkillDefOps>(
    input: { op: Op } & SkillDefOps[Op]['input'],
    opts?: KeyedCallOptions,
  ): Promise<SkillDefOps[Op]['output']>
  skillDef(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<DefinitionToolResponse>
  skillDef(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<unknown> {
    return definitions.definitionOp(this.http, '_skilldef', input, opts)
  }

  /** How well runs did, and what agents come to by that. A refusal rejects with `SubstrateToolRefusedError`. */
  evaluation<Op extends keyof EvaluationOps>(
    input: { op: Op } & EvaluationOps[Op]['input'],
    opts?: KeyedCallOptions,
  ): Promise<EvaluationOps[Op]['output']>
  evaluation(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<DefinitionToolResponse>
  evaluation(input: DefinitionToolInput, opts?: KeyedCallOptions): Promise<unknown> {
    return definitions.definitionOp(this.http, '_evaluation', input, opts)
  }

  /** The agents that were defined at run time, by name. */
  listAgentDefNames(opts?: DefinitionNamesOptions): Promise<DefinitionNamesResponse> {
    return definitions.listDefinitionNames(this.http, '_agentdef', opts)
  }

  /** The skills that were defined at run time, by name. */
  listSkillDefNames(opts?: DefinitionNamesOptions): Promise<DefinitionNamesResponse> {
    return definitions.listDefinitionNames(this.http, '_skilldef', opts)
  }

  /** The model services that are set up, and what models each has. */
  listModels(opts: ListModelsOptions = {}): Promise<ModelCatalogue> {
    return this.http.get('/v1/_models', { query: { fresh: opts.fresh ? 'true' : undefined }, signal: opts.signal })
  }

  /** How model services and their models are doing. */
  getResolver(opts: CallOptions = {}): Promise<ResolverMatrix> {
    return this.http.get('/v1/_resolver', { signal: opts.signal })
  }

  /** Asks all model services for their models now. */
  resolveProbe(opts: CallOptions = {}): Promise<ResolverMatrix> {
    return this.http.post('/v1/_resolve/probe', undefined, { signal: opts.signal })
  }

  /** The models of one service, asked of it now. */
  listProviderModels(provider: string, opts: CallOptions = {}): Promise<ProviderModels> {
    return this.http.get(`/v1/_providers/${encodeURIComponent(provider)}/models`, { signal: opts.signal })
  }

  /** Which models stand for the tiers of agents. */
  getRouting(opts: CallOptions = {}): Promise<RoutingView> {
    return this.http.get('/v1/_routing', { signal: opts.signal })
  }

  /** One answer of a model, without an agent. 404 `model_not_found`, 502 `provider_call_failed` where its service fails. */
  llmChat(opts: LLMChatOptions): Promise<LLMChatResponse> {
    return llm.llmChat(this.http, opts)
  }

  /**
   * The same, as it is made. A failure in the middle is an item (`kind: 'error'`), not a throw. It does not come back by
   * itself: what was said cannot be said again.
   */
  llmStream(opts: LLMChatOptions): AsyncIterable<LLMChatStreamItem> {
    return llm.llmStream(this.http, opts)
  }

  /** Vectors for texts, by the configured embedder; 503 `embedder_not_configured` where there is none. */
  embeddings(opts: LLMEmbeddingsOptions): Promise<LLMEmbeddingsResponse> {
    return llm.embeddings(this.http, opts)
  }

  /** Teams: their versions, and what is on its way through them. A refusal rejects with `SubstrateToolRefusedError`. */
  teamDef<Op extends keyof TeamDefOps>(
    input: { op: Op } & TeamDefOps[Op]['input'],
    opts?: TeamCallOptions,
  ): Promise<TeamDefOps[Op]['output']>
  teamDef(input: TeamToolInput, opts?: TeamCallOptions): Promise<TeamToolResponse>
  teamDef(input: TeamToolInput, opts?: TeamCallOptions): Promise<unknown> {
    return teams.teamDef(this.http, input, opts)
  }

  /** The teams there are, by name. */
  listTeams(opts?: ListTeamsOptions): Promise<ListTeamsResponse> {
    return teams.listTeams(this.http, opts)
  }

  /** A team as a Mermaid diagram. */
  renderTeamDiagram(name: string, opts?: CallOptions & { highlightState?: string }): Promise<TeamDiagram> {
    return teams.renderTeamDiagram(this.http, name, opts)
  }

  /** A version of a team. */
  getTeamDef(defId: string, opts?: CallOptions): Promise<TeamDefDetail> {
    return teams.getTeamDef(this.http, defId, opts)
  }

  /** Defines a team; what it says is in use from then on. */
  createTeam(name: string, overlay: TeamGraph | Record<string, unknown>, opts?: TeamCallOptions): Promise<CreatedTeam> {
    return teams.makeTeam(this.http, 'create', name, overlay, opts)
  }

  /** Another version of a team, which `promote` brings into use. */
  forkTeam(name: string, overlay: TeamGraph | Record<string, unknown>, opts?: TeamCallOptions): Promise<CreatedTeam> {
    return teams.makeTeam(this.http, 'fork', name, overlay, opts)
  }

  /** Deletes a team with all of its versions. */
  deleteTeam(name: string, opts?: TeamCallOptions): Promise<{ name: string; deleted: boolean }> {
    return teams.deleteTeam(this.http, name, opts)
  }

  /** Takes a card or a task through a team; resolves when it has come to its end, however long that takes. */
  runTeam(target: TeamRunTarget, opts?: TeamCallOptions): Promise<TeamRunResult> {
    return teams.runTeam(this.http, target, opts)
  }

  /** Makes and removes volumes, folders for files of agents. A refusal rejects with `SubstrateToolRefusedError`. */
  volumeDef<Op extends keyof VolumeDefOps>(
    input: { op: Op } & VolumeDefOps[Op]['input'],
    opts?: VolumeCallOptions,
  ): Promise<VolumeDefOps[Op]['output']>
  volumeDef(input: VolumeToolInput, opts?: VolumeCallOptions): Promise<VolumeToolResponse>
  volumeDef(input: VolumeToolInput, opts?: VolumeCallOptions): Promise<unknown> {
    return volumes.volumeDef(this.http, input, opts)
  }

  /** The volumes there are, of the configuration and made at run time. */
  listVolumes(opts?: BrowseVolumesOptions): Promise<PersistentVolumesResponse> {
    return volumes.listVolumes(this.http, opts)
  }

  /** The volumes that belong to runs, and go with them. */
  listEphemeralVolumes(opts?: BrowseVolumesOptions): Promise<EphemeralVolumesResponse> {
    return volumes.listEphemeralVolumes(this.http, opts)
  }

  /** What is in a folder of a volume; its root is `''`. `next_cursor` where there is more. */
  listVolumeFiles(volume: string, path: string, opts?: VolumeFilesOptions): Promise<VolumeFiles> {
    return volumes.listVolumeFiles(this.http, volume, path, opts)
  }

  /** A part of a file of a volume; `next_offset` where there is more. */
  getVolumeContent(volume: string, path: string, opts?: VolumeContentOptions): Promise<VolumeContent> {
    return volumes.getVolumeContent(this.http, volume, path, opts)
  }

  /** The kinds of memory there are. */
  listMemoryScopes(opts?: CallOptions): Promise<MemoryScopesResponse> {
    return memory.listMemoryScopes(this.http, opts)
  }

  /** Whose memory there is in a scope, in order of their ids; `next_cursor` where there are more. */
  listMemoryScopeIDs(scope: string, opts?: ListMemoryScopeIDsOptions): Promise<MemoryScopeIDsResponse> {
    return memory.listMemoryScopeIDs(this.http, scope, opts)
  }

  /** Entries with their values, in order of key. */
  listMemoryEntries(scope: string, scopeID: string, opts?: ListMemoryEntriesOptions): Promise<MemoryEntriesResponse> {
    return memory.listMemoryEntries(this.http, scope, scopeID, opts)
  }

  /** One entry. */
  getMemoryEntry(scope: string, scopeID: string, key: string, opts?: CallOptions): Promise<MemoryEntryResponse> {
    return memory.getMemoryEntry(this.http, scope, scopeID, key, opts)
  }

  /** Keeps a value, in place of what was there. */
  setMemoryEntry(
    scope: string,
    scopeID: string,
    key: string,
    opts: SetMemoryEntryOptions,
  ): Promise<SetMemoryEntryResponse> {
    return memory.setMemoryEntry(this.http, scope, scopeID, key, opts)
  }

  /** Forgets an entry, whether there was one or not. */
  deleteMemoryEntry(scope: string, scopeID: string, key: string, opts?: KeyedCallOptions): Promise<void> {
    return memory.deleteMemoryEntry(this.http, scope, scopeID, key, opts)
  }

  /** Finds entries by meaning. */
  memorySearch(input: MemorySearchInput, opts?: CallOptions): Promise<MemorySearchResponse> {
    return memory.memorySearch(this.http, input, opts)
  }

  /** Follows what is done to the tenant's memory: what was last done to each key, in order, over dropped connections. */
  memoryChanges(opts?: MemoryChangesOptions): AsyncIterable<MemoryChange> {
    return memory.memoryChanges(this.streams, opts)
  }

  /** Which embedders the vectors of a scope came from. */
  memoryEmbedStats(scope: string, opts?: CallOptions): Promise<MemoryEmbedStatsResponse> {
    return memory.memoryEmbedStats(this.http, scope, opts)
  }

  /** Makes the vectors of other embedders anew; only says which unless `dryRun` is false. */
  reembedMemory(scope: string, scopeId: string, opts?: ReembedMemoryOptions): Promise<MemoryReembedResponse> {
    return memory.reembedMemory(this.http, scope, scopeId, opts)
  }

  /** Makes vectors for values that have none; only says how many unless `dryRun` is false. */
  backfillEmbeddings(scope: string, scopeId: string, opts?: EmbeddingChoreOptions): Promise<MemoryBackfillResponse> {
    return memory.backfillEmbeddings(this.http, scope, scopeId, opts)
  }

  /** Deletes vectors that no search can find; only says how many unless `dryRun` is false. */
  purgeStaleEmbeddings(scope: string, scopeId: string, opts?: EmbeddingChoreOptions): Promise<MemoryPurgeResponse> {
    return memory.purgeStaleEmbeddings(this.http, scope, scopeId, opts)
  }

  /** Channels, declared ones and those that only have messages. */
  listChannels(opts?: CallOptions): Promise<ListChannelsResponse> {
    return channels.listChannels(this.http, opts)
  }

  /** Declares a channel. */
  createChannel(opts: CreateChannelOptions): Promise<ChannelDescriptor> {
    return channels.createChannel(this.http, opts)
  }

  /** Changes what is given of a channel that was declared over the wire; 409 for one of the configuration. */
  updateChannel(name: string, opts: UpdateChannelOptions): Promise<ChannelDescriptor> {
    return channels.updateChannel(this.http, name, opts)
  }

  /** Removes a channel's declaration and its messages. */
  deleteChannel(name: string, opts?: KeyedCallOptions): Promise<void> {
    return channels.deleteChannel(this.http, name, opts)
  }

  /** Removes a channel's messages. */
  purgeChannel(name: string, opts?: KeyedCallOptions): Promise<ChannelPurgeResult> {
    return channels.purgeChannel(this.http, name, opts)
  }

  /** Puts a message on a channel. */
  publishChannel(channel: string, opts: PublishChannelOptions): Promise<ChannelPublishResult> {
    return channels.publishChannel(this.http, channel, opts)
  }

  /** Takes the next messages of a channel, waiting up to `waitMs` for one. One answer, not a stream. */
  subscribeChannel(channel: string, opts: SubscribeChannelOptions): Promise<ChannelSubscribeResult> {
    return channels.subscribeChannel(this.http, channel, opts)
  }

  /** Reads messages without taking them. */
  peekChannel(channel: string, opts: PeekChannelOptions): Promise<ChannelPeekResult> {
    return channels.peekChannel(this.http, channel, opts)
  }

  /** Counts everything up to a cursor as read; `ChannelCursorRegressionError` for one behind what was read. */
  ackChannel(channel: string, opts: AckChannelOptions): Promise<ChannelAckResult> {
    return channels.ackChannel(this.http, channel, opts)
  }

  /** Waits until any, all or `n` of several channels have messages. Takes none. */
  awaitChannels(opts: AwaitChannelsOptions): Promise<ChannelAwaitResult> {
    return channels.awaitChannels(this.http, opts)
  }

  /** Puts the same message on several channels. */
  broadcastChannels(opts: BroadcastChannelsOptions): Promise<ChannelBroadcastResult> {
    return channels.broadcastChannels(this.http, opts)
  }

  /** Who the caller is. */
  whoami(opts?: CallOptions): Promise<WhoamiResponse> {
    return identity.whoami(this.http, opts)
  }

  /** Whether the process answers. */
  health(opts?: CallOptions): Promise<HealthResponse> {
    return identity.health(this.http, opts)
  }

  /** Signs this browser in: its session is a cookie (HttpOnly, SameSite=Strict), and the token is nowhere. Same origin only. */
  login(token: string, opts?: CallOptions): Promise<void> {
    return identity.login(this.http, token, opts)
  }

  /** Ends this browser's session and drops its cookie. */
  logout(opts?: CallOptions): Promise<void> {
    return identity.logout(this.http, opts)
  }

  /** Where the caller is signed in, last used first. */
  listBrowserSessions(opts?: CallOptions): Promise<BrowserSessions> {
    return identity.listBrowserSessions(this.http, opts)
  }

  /** Signs one browser out; what it has open ends. */
  endBrowserSession(id: string, opts?: KeyedCallOptions): Promise<void> {
    return identity.endBrowserSession(this.http, id, opts)
  }

  /** Signs the caller out everywhere, in the browser that asks as well. */
  endBrowserSessions(opts?: KeyedCallOptions): Promise<EndedSessions> {
    return identity.endBrowserSessions(this.http, opts)
  }

  private sessionOver(source: AsyncIterable<AgentEvent>): InteractiveSession {
    return new InteractiveSession(source, {
      sendRunInput: (runId, input) => this.sendRunInput(runId, input),
      cancelAgent: (agentId) => this.cancelAgent(agentId),
    })
  }
}
