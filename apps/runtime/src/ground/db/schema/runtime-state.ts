/** At most one row; without it the runtime is running. */
export interface RuntimeStateTable {
  id: number
  state: 'running' | 'paused'
  changed_at: number
}
