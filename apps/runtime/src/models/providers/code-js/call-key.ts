import { createHash } from 'node:crypto'

/** The same for calls of the same tool with the same input, which is JSON with its members in order. */
export function callKey(name: string, input: string): string {
  return createHash('sha256').update(`${name}\n${input}`).digest('hex')
}
