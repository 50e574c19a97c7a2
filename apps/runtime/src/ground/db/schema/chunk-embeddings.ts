/** A row describes the chunk as it was at `revision`, below `headings`; where either is another, it is out of date. */
export interface ChunkEmbeddingsTable {
  n: number
  place_id: number
  revision: number
  /** Titles of the chunks above it, a line each. */
  headings: string
  /** What made the vector: only vectors of one embedder can be compared. */
  provider: string
  model: string
  dimension: number
  /** 32-bit floats, little-endian, of length 1 (or 0 where there was nothing to say). */
  vector: Uint8Array
}
