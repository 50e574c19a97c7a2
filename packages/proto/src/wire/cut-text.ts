const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** No character that people write is made of more. */
const widest = 100

/** The beginning of a text, no longer than `most`, and never half of an emoji or of a letter with its marks. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const from = Math.max(0, most - widest)
  const { index = 0 } = graphemes.segment(text.slice(from, most + widest)).containing(most - from) ?? {}
  return text.slice(0, from + index)
}
