import type { UserPart } from '../turns.ts'

/** For a model that sees none. */
export function picturesInWords(parts: readonly UserPart[]): UserPart[] {
  return parts.map((part) =>
    part.type === 'text' ? part : { type: 'text', text: '[An image was here, which this model cannot see.]' },
  )
}
