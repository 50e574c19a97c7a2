import type { LogEvent } from '../engine/log/log-event.ts'
import type { RunOptions } from '../engine/rows/run-record.ts'
import type { AgentDefinition } from '../ground/config/config.ts'
import type { Statement } from '../ground/db/statement.ts'
import type { KeyedRequest } from '../ground/idempotency/idempotency.ts'
import type { Actor } from '../ground/identity/place.ts'
import type { Principal } from '../ground/identity/principal.ts'
import type { Tool } from './tool.ts'

/** Where somebody came in; `process` is the runtime itself. */
export type Door = 'webui' | 'api' | 'tool' | 'process'

/**
 * Who calls a verb or an op, decided by the door and never by what was said. What a caller may reach is for the `access.ts`
 * of each area to say: by the settings of its agent where a run calls, otherwise by the scopes of the principal.
 */
export interface Caller {
  principal: Principal
  /** Who does it, as it is remembered beside what was done. */
  actor: Actor
  tenantId: string
  /** For whom; empty where a run has no user. */
  userId: string
  door: Door
  focus?: Focus | undefined
  /** Of the trace that the request is part of. */
  traceId?: string | undefined
  /** Asking again with the key gives the same answer and does nothing more. */
  idempotencyKey?: string | undefined
  /** The request, where it has a key and its answer is kept: what must not happen twice keeps it together with what it does. */
  keyed?: KeyedRequest | undefined
  run?: CallingRun
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal
}

/** For what is about the run that calls. */
export type RunCaller = Caller & { run: CallingRun }
/** No run: whoever waits for an answer waits in memory. */
export type OutsideCaller = Omit<Caller, 'run'> & { run?: never }

/** Whose things are meant, where a request names others than the caller’s own. */
export interface Focus {
  tenantId?: string | undefined
  scopeId?: string | undefined
}

/** A run, as it is at the moment it calls a tool. */
export interface ToolRun {
  id: string
  rootId: string
  sessionId: string
  agentId: string
  agent: AgentDefinition
  /** The version of it; null for a run of before they were kept. */
  agentDefId: string | null
  startedAt: number
  /** 0 for a run somebody started, one more for each agent in between. */
  depth: number
  /** What it was started with. */
  options: RunOptions
  provider: string
  model: string
  contextTokens?: { used: number; max?: number; isGuess?: boolean }
  /** The tools it has, by name. */
  tools: ReadonlyMap<string, Tool>
  /** Has the conversation compacted before the model's next turn. */
  requestCompaction(): void
}

/** A run that calls an op. */
export interface CallingRun extends ToolRun {
  /** Of the call, unique in the conversation. */
  toolUseId: string
  /** Has events logged before the call's result, and statements committed together with it. */
  attach(events: readonly LogEvent[], statements: readonly Statement[]): void
}

/** Outside of runs no agent calls, so the scope `agent` is one of the operator's own unless another one is named. */
export const offRunAgent = 'http-admin'

/** Whoever calls from outside of runs. */
export function callerFor(principal: Principal, door: Door, signal: AbortSignal): OutsideCaller {
  const { tenantId, subject } = principal
  return { principal, actor: { kind: 'user', id: subject }, tenantId, userId: subject, door, signal }
}

/** Whose share it is of what everybody shares. */
export function personOf({
  tenantId,
  userId,
  principal,
  run,
}: Pick<Caller, 'tenantId' | 'userId' | 'principal' | 'run'>) {
  return JSON.stringify(run ? [tenantId, userId || run.agent.name] : [principal.tenantId, principal.subject])
}
