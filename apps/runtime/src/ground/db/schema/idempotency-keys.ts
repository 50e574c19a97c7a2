export interface IdempotencyKeysTable {
  tenant_id: string
  /** The kind of request: a run, an endpoint, or an op set. */
  operation: string
  /** With whose it is. */
  key: string
  /** Of the request the key was first used with. */
  request_hash: string
  /** What it made: the id of a run, or else its answer, empty where that says no more than that it was done. */
  result_id: string
  created_at: number
}
