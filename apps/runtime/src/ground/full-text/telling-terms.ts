import { type Term, termsOf } from './terms.ts'
import { wordsIn } from './words.ts'

const most = 24
const longest = 20_000
const shortestWord = 4

/**
 * What a text is about, as far as that can be told without knowing the language: long words and frequent ones, and of
 * scripts without spaces between words any two letters side by side.
 */
export function tellingTerms(text: string): Term[] {
  const counts = new Map<string, number>()
  const note = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1)
  const read = text.slice(0, longest)
  let letter: { start: number; end: number } | undefined
  for (const { start, end, isLetter } of wordsIn(read)) {
    if (isLetter && letter?.end === start) note(read.slice(letter.start, end))
    else if (!isLetter && end - start >= shortestWord) note(read.slice(start, end).toLowerCase())
    letter = isLetter ? { start, end } : undefined
  }
  const best = [...counts].sort(([a, n], [b, m]) => m * b.length - n * a.length).slice(0, most)
  return termsOf(best.map(([term]) => term).join(' '))
}
