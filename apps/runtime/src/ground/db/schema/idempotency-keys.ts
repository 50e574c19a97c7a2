export interface IdempotencyKeysTable {
  tenant_id: string
  operation: 'run' | 'input' | 'document'
  key: string
  /** Of the request the key was first used with. */
  request_hash: string
  /** What it made: a run's or an input's id, or a document op's answer. */
  result_id: string
  created_at: number
}
