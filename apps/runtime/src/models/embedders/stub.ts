import { type CountingEmbedder, embedderOf, ofLengthOne } from './embedder.ts'

const DIMENSION = 256

/** Without a service: texts are alike where they share words and parts of words. For tests and for a first look. */
export function createStubEmbedder(model: string): CountingEmbedder {
  return embedderOf('stub', model, async (texts, { dimensions = DIMENSION }) => ({
    vectors: texts.map((text) => ofLengthOne(features(text, dimensions))),
    tokens: undefined,
  }))
}

function features(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    add(vector, word, 1)
    for (let at = 0; at + 3 <= word.length; at++) add(vector, word.slice(at, at + 3), 0.25)
  }
  return vector
}

/** A hash decides where a feature counts, and another bit of it whether up or down, so that chance meetings cancel out. */
function add(vector: Float32Array, feature: string, weight: number) {
  const hash = fnv1a(feature)
  const at = hash % vector.length
  vector[at] = vector[at]! + (hash & 0x8000_0000 ? -weight : weight)
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
