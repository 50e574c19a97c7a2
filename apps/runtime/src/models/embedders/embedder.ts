/** Turns texts into vectors that lie close together where the texts mean the same. */
export interface Embedder {
  readonly provider: string
  readonly model: string
  /** One vector of length 1 for each text, in their order. */
  embed(texts: readonly string[], purpose: EmbedPurpose, signal: AbortSignal): Promise<Float32Array[]>
}

/** Some services embed what is looked for in another way than what is found. */
export type EmbedPurpose = 'store' | 'find'

/** A vector of zeros, which is like nothing, stays one. */
export function ofLengthOne(values: ArrayLike<number>): Float32Array {
  const vector = Float32Array.from(values)
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  return length > 0 ? vector.map((value) => value / length) : vector
}
