import { clip } from '../../../lib/format.ts'

/** The first sentence of a summary, short enough for a list. */
export function titleFrom(summary: string): string {
  const flat = summary
    .replace(/[*_#`>]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const sentence = /^.+?[.!?](?=\s|$)/.exec(flat)?.[0] ?? flat
  return clip(sentence.replace(/[.]$/, ''), 80)
}
