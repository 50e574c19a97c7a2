import type { EventsTable } from './events.ts'
import type { IdempotencyKeysTable } from './idempotency-keys.ts'
import type { InterruptsTable } from './interrupts.ts'
import type { MemoryTable } from './memory.ts'
import type { RunInputsTable } from './run-inputs.ts'
import type { RunsTable } from './runs.ts'
import type { RuntimeStateTable } from './runtime-state.ts'
import type { SessionsTable } from './sessions.ts'
import type { ToolCallsTable } from './tool-calls.ts'

export interface Schema {
  events: EventsTable
  idempotency_keys: IdempotencyKeysTable
  interrupts: InterruptsTable
  memory: MemoryTable
  run_inputs: RunInputsTable
  runs: RunsTable
  runtime_state: RuntimeStateTable
  sessions: SessionsTable
  tool_calls: ToolCallsTable
}
