export interface EventsTable {
  session_id: string
  /** Dense within the session, from 1; given out by the one writer of its live run. */
  seq: number
  tenant_id: string
  run_id: string
  at: number
  type: string
  /** JSON, exactly the bytes of the frame's `data:` line where the type is streamed. */
  payload: string
}
