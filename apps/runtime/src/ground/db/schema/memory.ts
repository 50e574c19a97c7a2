export interface MemoryTable {
  tenant_id: string
  scope: string
  scope_id: string
  key: string
  /** JSON. */
  value: string
  /** Of key and value, as counted against the quota. */
  bytes: number
  expires_at: number | null
  created_at: number
  updated_at: number
}
