import { GFM, parser } from '@lezer/markdown'

const markdown = parser.configure(GFM)

/** The text with its nth checkbox, counted from 0, ticked or not; undefined where there is none. One letter changes. */
export function withTaskToggled(text: string, nth: number): string | undefined {
  let at: number | undefined
  let count = 0
  markdown.parse(text).iterate({
    enter({ name, from }) {
      if (name === 'TaskMarker' && count++ === nth) at = from + 1
    },
  })
  if (at === undefined) return undefined
  return `${text.slice(0, at)}${text[at] === ' ' ? 'x' : ' '}${text.slice(at + 1)}`
}
