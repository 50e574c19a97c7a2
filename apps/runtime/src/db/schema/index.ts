import type { EventsTable } from './events.ts'
import type { MemoryTable } from './memory.ts'
import type { RunInputsTable } from './run-inputs.ts'
import type { RunsTable } from './runs.ts'
import type { SessionsTable } from './sessions.ts'
import type { ToolCallsTable } from './tool-calls.ts'

export interface Schema {
  events: EventsTable
  memory: MemoryTable
  run_inputs: RunInputsTable
  runs: RunsTable
  sessions: SessionsTable
  tool_calls: ToolCallsTable
}
