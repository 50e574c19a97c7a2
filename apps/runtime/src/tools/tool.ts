import type { Effect } from '@loomcycle/proto'
import type { LogEvent } from '../engine/log/log-event.ts'
import type { Awaited } from '../engine/rows/run-record.ts'
import type { Statement } from '../ground/db/statement.ts'
import type { Caller, ToolRun } from './caller.ts'

/** Something a model can call. Throws to fail; the model is shown the message as an error result. */
export interface Tool {
  readonly name: string
  readonly description: string
  /** Flat JSON schema of the input; no union at the top. */
  readonly inputSchema: Record<string, unknown>
  readonly sideEffects: SideEffects
  /** Whether this call may simply be made again when nobody knows if it happened. */
  isIdempotent(input: unknown): boolean
  /** What a call has come to that a process began which is gone; undefined where nobody can tell. */
  cameTo?(call: ToolCall): Promise<ToolOutput | undefined>
  /** What this call has to do with the others of its turn. */
  effectOf(input: unknown): Effect
  run(call: ToolCall): Promise<ToolOutput | ToolSuspension>
}

export type SideEffects = 'filesystem' | 'network' | 'privileged' | 'state' | 'pure'

export interface ToolCall {
  /** Of the call, unique in the conversation. */
  toolUseId: string
  input: unknown
  caller: ToolCaller
  signal: AbortSignal
}

/** Who calls a tool: a run. */
export type ToolCaller = Omit<Caller, 'run' | 'signal'> & { run: ToolRun }

export interface ToolOutput {
  /** As the model sees it: JSON for objects. */
  text: string
  isError?: boolean
  /** Appended to the run's log before the result. */
  events?: readonly LogEvent[]
  /** Committed together with the result. */
  statements?: readonly Statement[]
}

/**
 * The answer will take long: the run leaves memory until it is there. Everything the tool has to do for that is in
 * `statements`, which are committed together with the note that the call waits; whoever has the answer stores it with
 * `answerCall` and wakes the run. Calls that only read are not noted before they are made, and cannot wait.
 */
export interface ToolSuspension {
  waitsFor: Awaited
  /** Appended to the run's log. */
  events: readonly LogEvent[]
  statements: readonly Statement[]
  onCommit?: () => void
}
