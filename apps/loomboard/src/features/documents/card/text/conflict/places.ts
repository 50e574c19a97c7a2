import { withLineFeeds } from '../../../../../components/source/line-ends.ts'
import type { Piece } from '../../../writing/merge/merge-text.ts'

export interface DisputedPlace {
  /** Where it stands in my text, as the editor has it. */
  from: number
  to: number
  base: string
  mine: string
  theirs: string
  /** The heading that it stands under. */
  under: string | undefined
}

/** The places of a text that two do not agree on. */
export function disputedIn(pieces: readonly Piece[] | undefined): DisputedPlace[] {
  const places: DisputedPlace[] = []
  let at = 0
  let under: string | undefined
  for (const piece of pieces ?? []) {
    const text = withLineFeeds(piece.kind === 'agreed' ? piece.text : piece.mine)
    if (piece.kind === 'conflict') {
      const { base, mine, theirs } = piece
      places.push({ from: at, to: at + text.length, base, mine, theirs, under })
    }
    under = lastHeading(text) ?? under
    at += text.length
  }
  return places
}

function lastHeading(text: string): string | undefined {
  const line = text.split('\n').findLast((each) => /^#{1,6}[ \t]+\S/.test(each))
  return line?.replace(/^#+/, '').trim()
}
