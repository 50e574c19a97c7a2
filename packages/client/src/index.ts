export type * from './channel-types.ts'
export { type ClientOptions, LoomcycleClient } from './client.ts'
export type * from './definition-types.ts'
export type * from './document-types.ts'
export type { ClientEnvironment } from './environment.ts'
export * from './errors.ts'
export { InteractiveSession, type InteractiveSessionOps } from './interactive-session.ts'
export type * from './library-types.ts'
export type * from './memory-types.ts'
export { type PageCursor, pages } from './pages.ts'
export type { ResumeOptions, StreamStatus } from './resume.ts'
export type * from './team-types.ts'
export type * from './types.ts'
export type * from './usage-types.ts'
export type * from './volume-types.ts'
/** Everything on the wire, as it is there. */
export type * as wire from './wire.gen.ts'
export type {
  AgentDefOps,
  AgentFrame,
  AgentOps,
  AwaitingInputEvent,
  BoardColumn,
  BoardSettings,
  BranchPoint,
  BrowserSession,
  BrowserSessions,
  ChangeActor,
  Chat,
  ChatList,
  ChatResult,
  ChildEvent,
  Chunk,
  CommentFields,
  ConfigChange,
  ConfigReload,
  ContextCompactionEvent,
  ContextOps,
  DocumentChange,
  DocumentOps,
  DocumentPresence,
  DoneEvent,
  EndedSessions,
  EnvTemplate,
  ErrorCode,
  ErrorEvent,
  EvaluationOps,
  GapEvent,
  HelpPage,
  HelpTopic,
  HelpTopics,
  HistoryOps,
  InterruptionOps,
  InterruptionPendingEvent,
  InterruptionResolvedEvent,
  LatestRun,
  MemoryChange,
  MemoryOps,
  ModelCatalogue,
  PathOps,
  Preset,
  PresetFile,
  Presets,
  ProviderFallbackEvent,
  ProviderModels,
  ResolverMatrix,
  ResolverModelStatus,
  ResolverProviderAvailability,
  RetryEvent,
  RoutingView,
  RunEvent,
  RunPhase,
  RunStatus,
  SessionEvent,
  SkillDefOps,
  SpawnChildResultEvent,
  SpawnChildStartedEvent,
  StartedEvent,
  SteerEvent,
  TeamDefOps,
  TeamGraph,
  TeamHandler,
  TeamRun,
  TeamRunSummary,
  TeamState,
  TeamStep,
  TeamTransition,
  TextEvent,
  ThinkingEvent,
  ToolCallEvent,
  ToolResultEvent,
  TurnCancelledEvent,
  UsageEvent,
  VolumeContent,
  VolumeDefOps,
  VolumeFile,
  VolumeFiles,
} from './wire.gen.ts'
