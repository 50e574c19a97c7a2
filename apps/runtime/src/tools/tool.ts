import type { AgentDefinition } from '../config/config.ts'
import type { Principal } from '../identity/principal.ts'

/** Something a model can call. Throws to fail; the model is shown the message as an error result. */
export interface Tool {
  readonly name: string
  readonly description: string
  /** Flat JSON schema of the input; no union at the top. */
  readonly inputSchema: Record<string, unknown>
  readonly sideEffects: SideEffects
  /** Whether this call may simply be made again when nobody knows if it happened. */
  isIdempotent(input: unknown): boolean
  run(call: ToolCall): Promise<ToolOutput>
}

export type SideEffects = 'filesystem' | 'network' | 'privileged' | 'state' | 'pure'

export interface ToolCall {
  input: unknown
  scope: ToolScope
  signal: AbortSignal
}

/** Who calls: decided by the server, never by the model. */
export interface ToolScope {
  principal: Principal
  agent: AgentDefinition
  agentId: string
  runId: string
  rootRunId: string
  sessionId: string
  userId: string
  tenantId: string
  provider: string
  model: string
  runStartedAt: number
  contextTokens?: { used: number; max?: number }
  /** The tools this run has, by name. */
  tools: ReadonlyMap<string, Tool>
}

export interface ToolOutput {
  /** As the model sees it: JSON for objects. */
  text: string
  isError?: boolean
}

/** A refusal or failure that the model should read; anything else that is thrown is shown with its message as well. */
export class ToolError extends Error {
  override name = 'ToolError'
}
