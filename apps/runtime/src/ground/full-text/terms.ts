import { fold } from '@loomcycle/proto/wire'
import { wordsIn } from './words.ts'

/** One thing to look for: as it reads, folded, and as the words of the index that stand side by side there. */
export interface Term {
  text: string
  words: readonly string[]
}

const longestQuery = 10_000

/** A text as the full-text index has it: folded, its words apart. */
export function toIndexText(text: string): string {
  const folded = fold(text.toWellFormed())
  const words: string[] = []
  for (const { start, end, signs } of wordsIn(folded)) {
    const word = folded.slice(start, end)
    words.push(word)
    if (signs !== '') words.push(word + asLetters(signs))
  }
  return words.join(' ')
}

/** What to look for in a query, each once. Letters of a script without spaces are found where they stand side by side. */
export function termsOf(query: string, most = 64): Term[] {
  const folded = fold(query.slice(0, longestQuery).toWellFormed())
  const terms = new Map<string, Term>()
  let letters: { start: number; end: number; words: string[] } | undefined
  const add = (start: number, end: number, words: readonly string[]) => {
    const text = folded.slice(start, end)
    if (terms.size < most) terms.set(text, { text, words })
  }
  const addLetters = () => {
    if (letters) add(letters.start, letters.end, letters.words)
    letters = undefined
  }
  for (const { start, end, isLetter, signs } of wordsIn(folded)) {
    if (letters?.end !== start) addLetters()
    const word = folded.slice(start, end) + asLetters(signs)
    if (!isLetter) {
      addLetters()
      add(start, end + signs.length, [word])
    } else if (letters) {
      letters.words.push(word)
      letters.end = end
    } else letters = { start, end, words: [word] }
  }
  addLetters()
  return [...terms.values()]
}

/** In the language of FTS5; undefined where there is nothing to look for. `start`: the last word may go on. */
export function toMatch(terms: readonly Term[], mode: 'all' | 'any' | 'start' | 'phrase'): string | undefined {
  if (terms.length === 0) return undefined
  if (mode === 'phrase') return quoted(terms.flatMap(({ words }) => words))
  const phrases = terms.map(({ words }) => quoted(words))
  if (mode === 'start') phrases[phrases.length - 1] += ' *'
  return phrases.join(mode === 'any' ? ' OR ' : ' AND ')
}

function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`
}

/** The index takes signs for gaps, and characters for private use for letters. */
function asLetters(signs: string): string {
  return signs.replaceAll('+', '\uE02B').replaceAll('#', '\uE023')
}
