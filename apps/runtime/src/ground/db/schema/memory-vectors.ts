import type { Generated } from 'kysely'

/** A row is written together with the value it describes, and goes with it. */
export interface MemoryVectorsTable {
  tenant_id: string
  scope: string
  scope_id: string
  key: string
  /** What made the vector: only vectors of one embedder can be compared. */
  provider: string
  model: string
  dimension: number
  /** 32-bit floats, little-endian, of length 1 (or 0 where there was nothing to say). */
  vector: Uint8Array
  /** What was embedded in place of the value. */
  text: string | null
  /** How often a search found it. */
  hits: Generated<number>
  /** Of the value; here as well so that a search reads one table. */
  written_at: number
  expires_at: number | null
}
