import { termsOf, toMatch } from '../../../ground/full-text/terms.ts'
import { ToolError } from '../../../ground/tool-error.ts'

/** All the words, as a filter: one that has nothing to look for would let everything through. One of blanks is none. */
export function toFilter(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const match = toMatch(termsOf(text), 'all')
  if (match === undefined) throw new ToolError('text has no letter and no digit to look for; leave it out to find all')
  return match
}
