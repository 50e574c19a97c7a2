/** Made when first used: it takes longer than most of what a process begins with. */
let graphemes: Intl.Segmenter | undefined
/** No character that people write is made of more. */
const widest = 100

/** The beginning of a text, no longer than `most`, and never half of an emoji or of a letter with its marks. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const from = Math.max(0, most - widest)
  const { index = 0 } = graphemes.segment(text.slice(from, most + widest)).containing(most - from) ?? {}
  return text.slice(0, from + index)
}
