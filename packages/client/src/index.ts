export { type ClientOptions, LoomcycleClient } from './client.ts'
export type { ClientEnvironment } from './environment.ts'
export * from './errors.ts'
export { InteractiveSession, type InteractiveSessionOps } from './interactive-session.ts'
export type { ResumeOptions, StreamStatus } from './resume.ts'
export type * from './types.ts'
/** Everything on the wire, as it is there. */
export type * as wire from './wire.gen.ts'
export type {
  AgentFrame,
  AgentOps,
  AwaitingInputEvent,
  Chat,
  ChatList,
  ChatResult,
  ChildEvent,
  ContextCompactionEvent,
  ContextOps,
  DoneEvent,
  ErrorCode,
  ErrorEvent,
  GapEvent,
  HistoryOps,
  InterruptionOps,
  InterruptionPendingEvent,
  InterruptionResolvedEvent,
  LatestRun,
  MemoryOps,
  ProviderFallbackEvent,
  RetryEvent,
  RunEvent,
  RunPhase,
  RunStatus,
  SessionEvent,
  SpawnChildResultEvent,
  SpawnChildStartedEvent,
  StartedEvent,
  SteerEvent,
  TextEvent,
  ThinkingEvent,
  ToolCallEvent,
  ToolResultEvent,
  TurnCancelledEvent,
  UsageEvent,
} from './wire.gen.ts'
