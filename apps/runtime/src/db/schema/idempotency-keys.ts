export interface IdempotencyKeysTable {
  tenant_id: string
  operation: 'run' | 'input'
  key: string
  /** Of the request the key was first used with. */
  request_hash: string
  /** What it made: a run's or an input's id. */
  result_id: string
  created_at: number
}
