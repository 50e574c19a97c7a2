/** A row says that the tool was started; whether it finished decides what a restart may do. */
export interface ToolCallsTable {
  run_id: string
  tool_use_id: string
  tenant_id: string
  name: string
  started_at: number
  finished_at: number | null
}
