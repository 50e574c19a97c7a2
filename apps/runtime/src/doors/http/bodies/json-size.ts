import { RuntimeError } from '@loomcycle/proto'
import { endOfString } from '../../../ground/json-depth.ts'

/** Shorter texts cannot hold enough. */
const looksHarmless = 256 * 1024
/** Every value takes a hundred times the memory of its characters, and its time in every step. */
const mostValues = 200_000

const quote = 0x22
const comma = 0x2c
const opening = new Set([0x5b, 0x7b])

/** Refuses JSON of very many small values before it is parsed. A few large ones are fine. */
export function refuseTooManyValues(text: string) {
  if (text.length < looksHarmless) return
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) at = endOfString(text, at)
    else if (unit === comma || opening.has(unit)) values++
    if (values > mostValues) {
      throw new RuntimeError('payload_too_large', `The body holds more than ${mostValues} values; send it in parts.`)
    }
  }
}
