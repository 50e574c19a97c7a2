import { RuntimeError } from '@loomcycle/proto'
import type { CountingEmbedder } from '../../models/embedders/embedder.ts'
import { whyNotEmbed } from '../../models/embedders/may-embed.ts'
import type { Caller } from '../../tools/caller.ts'
import type { VectorSearch } from './vectors/nearest.ts'

export interface Embedding {
  embedder: CountingEmbedder
  search: VectorSearch
}

/** A vector for a value that is about to be written. */
export interface NewVector {
  provider: string
  model: string
  vector: Float32Array
  /** What was embedded in place of the value. */
  text: string | null
}

/** What can be said about the vector of a value, besides the vector. */
export type Embedded = { vector: NewVector } | { warning: string }

/** Services refuse longer ones; what a text is about stands in the part that is left. */
const MAX_CHARACTERS = 24_000

/** What search goes by. Empty where there is nothing to go by. */
export function textOf(value: unknown, text: string | null): string {
  const own = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  return (text ?? own).trim().slice(0, MAX_CHARACTERS)
}

/** Keeping a value matters more than finding it: what goes wrong is a warning. */
export async function embedValue(
  embedding: Embedding | undefined,
  value: unknown,
  text: string | null,
  { run, signal }: Pick<Caller, 'run' | 'signal'>,
): Promise<Embedded> {
  if (!embedding) return { warning: NO_EMBEDDER }
  const refused = whyNotEmbed(embedding.embedder, run?.agent)
  if (refused !== undefined) return { warning: refused }
  const said = textOf(value, text)
  if (said === '') return { warning: 'there is no text to embed' }
  const { provider, model } = embedding.embedder
  try {
    const [vector] = await embedding.embedder.embed([said], 'store', signal)
    return { vector: { provider, model, vector: vector!, text } }
  } catch (error) {
    signal.throwIfAborted()
    return { warning: error instanceof Error ? error.message : String(error) }
  }
}

export const NO_EMBEDDER = 'there is no embedder; the setting memory.embedder, or LOOMCYCLE_EMBEDDER_STUB=1, gives one'

/** Its own words say what is wrong with it. */
export function embedderIsSilent(error: Error): RuntimeError {
  return new RuntimeError('vector_unsupported', `The embedder does not answer: ${error.message}`)
}
