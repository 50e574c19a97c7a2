import { type EmbeddingsBody, identPattern, mostTexts, RuntimeError } from '@loomcycle/proto'
import type { EmbedRequest } from '../embed.ts'

/** Throws `invalid_request`. */
export function fromOpenAiEmbeddings(body: EmbeddingsBody): EmbedRequest {
  const { model, dimensions, user, loomcycle_user_id } = body
  const named = user !== undefined && new RegExp(identPattern).test(user) ? user : undefined
  return { texts: textsIn(body.input), model, dimensions, userId: loomcycle_user_id ?? named }
}

function textsIn(input: unknown): string[] {
  const texts: unknown[] = [input].flat()
  if (texts.some((one) => typeof one === 'number' || Array.isArray(one))) {
    throw refused(
      'must be text: tokens are of one model, and cannot be read by another; in LangChain for Python, check_embedding_ctx_length=False sends text',
    )
  }
  if (!texts.every((text) => typeof text === 'string') || texts.length === 0) throw refused('must be a text or several')
  if (texts.includes('')) throw refused('must not have an empty text')
  if (texts.length > mostTexts) throw refused(`has ${texts.length} texts; up to ${mostTexts} are taken at once`)
  return texts
}

function refused(what: string): RuntimeError {
  return new RuntimeError('invalid_request', `input ${what}`, { param: 'input' })
}

/** As JSON has them: numbers, or the bytes of 32-bit floats. */
export function written(vector: Float32Array, format: 'float' | 'base64'): number[] | string {
  if (format === 'float') return Array.from(vector)
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
}
