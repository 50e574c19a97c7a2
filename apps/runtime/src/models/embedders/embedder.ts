/** Turns texts into vectors that lie close together where the texts mean the same. */
export interface Embedder {
  readonly provider: string
  readonly model: string
  /** One vector of length 1 for each text, in their order. */
  embed(texts: readonly string[], purpose: EmbedPurpose, signal: AbortSignal): Promise<Float32Array[]>
}

/** One that says what it took, and can be asked in other ways. */
export interface CountingEmbedder extends Embedder {
  ask: AskForEmbeddings
}

export type AskForEmbeddings = (texts: readonly string[], how: EmbedOptions, signal: AbortSignal) => Promise<Embeddings>

export function embedderOf(provider: string, model: string, ask: AskForEmbeddings): CountingEmbedder {
  return {
    provider,
    model,
    ask,
    embed: async (texts, purpose, signal) => (await ask(texts, { purpose }, signal)).vectors,
  }
}

export interface EmbedOptions {
  /** Unless given, both: what is found and what it is looked for by. */
  purpose?: EmbedPurpose
  /** Of the vectors, where the model can make others than its own. */
  dimensions?: number | undefined
}

/** Some services embed what is looked for in another way than what is found. */
export type EmbedPurpose = 'store' | 'find'

export interface Embeddings {
  vectors: Float32Array[]
  /** That were read, as the service counts them; undefined where it does not say. */
  tokens: number | undefined
}

/** A vector of zeros, which is like nothing, stays one. */
export function ofLengthOne(values: ArrayLike<number>): Float32Array {
  const vector = Float32Array.from(values)
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  return length > 0 ? vector.map((value) => value / length) : vector
}
