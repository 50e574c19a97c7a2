/** A row a key: what was last done to it. */
export interface MemoryChangesTable {
  tenant_id: string
  scope: string
  scope_id: string
  key: string
  type: 'memory.set' | 'memory.delete'
  /** Grows with every change of the tenant; a key that is changed again moves to the end. */
  seq: number
  at: number
}
