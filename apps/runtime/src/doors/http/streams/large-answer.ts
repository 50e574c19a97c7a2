import { nextSlice } from '../../../ground/in-slices.ts'
import { JsonParts } from '../../../ground/json-parts.ts'
import { piecesOf } from '../../../ground/json-pieces.ts'

const manyItems = 500
const longText = 256 * 1024
/** An answer has its lists and texts near the top. */
const levels = 3

/** Whether putting it into JSON would hold everybody else up. */
export function isLarge(value: unknown, below = levels): boolean {
  if (typeof value === 'string') return value.length > longText
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value) && value.length > manyItems) return true
  return below > 0 && Object.values(value).some((member) => isLarge(member, below - 1))
}

const partLength = 64 * 1024

/** Put into JSON a little at a time. */
export function partsOf(value: unknown): JsonParts {
  return new JsonParts(parts(value))
}

async function* parts(value: unknown): AsyncGenerator<string, void, undefined> {
  let text = ''
  for (const piece of piecesOf(value)) {
    text += piece
    if (text.length < partLength) continue
    yield text
    text = ''
    await nextSlice()
  }
  yield text
}
