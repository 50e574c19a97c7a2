import { RuntimeError } from '@loomcycle/proto'

export const mostAnswerBytes = 64 * 1024 * 1024

type Row = Record<string, unknown>

/** About what it takes. */
export function sizeOf(row: Row): number {
  let bytes = 0
  for (const name in row) {
    const value = row[name]
    bytes += 16 + (typeof value === 'string' ? value.length : value instanceof Uint8Array ? value.byteLength : 0)
  }
  return bytes
}

export function tooLarge() {
  return new RuntimeError('payload_too_large', 'The answer would be too large; ask for less of it at once.')
}
