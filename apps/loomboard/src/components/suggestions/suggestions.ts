/** Something the composer offers while a word that begins with `/` or `@` is typed. */
export interface Suggestion {
  id: string
  label: string
  hint: string
  /** Why it cannot be chosen now. */
  unavailable?: string
  /** What takes the word's place; nothing for a command, which is done instead. */
  insert?: string
  run?: () => void
}

export interface SuggestionSource {
  trigger: '/' | '@'
  /** Heading of its suggestions. */
  title: string
  suggestions: readonly Suggestion[]
  /** What somebody else has to be asked for; it fits what was typed. */
  find?: (query: string, signal: AbortSignal) => Promise<Suggestion[]>
}

export interface Token {
  trigger: '/' | '@'
  query: string
  /** Where the word begins and ends in the text. */
  from: number
  to: number
}

/** Of an offer in its list. */
export const suggestionId = (list: string, index: number) => `${list}-${index}`

/** The word being typed: a command at the very start of a message, a mention anywhere. */
export function tokenAt(text: string, caret: number): Token | undefined {
  const before = text.slice(0, caret)
  const command = /^\/([\w-]*)$/.exec(before)
  if (command) return { trigger: '/', query: command[1]!, from: 0, to: caret }
  const mention = /(?:^|[\s(])@([\p{L}\p{M}\p{N}_./-]*(?:#[\p{L}\p{M}\p{N}_-]*)?)$/u.exec(before)
  if (mention) return { trigger: '@', query: mention[1]!, from: caret - mention[1]!.length - 1, to: caret }
  return undefined
}

/** What fits above the field without scrolling, and how much of it is kept for what was found. */
const most = 10
const mostFound = 7

/** Those that fit, the ones that begin with it first, what cannot be chosen last; then what was found elsewhere. */
export function suggest(
  sources: readonly SuggestionSource[],
  token: Token,
  found: readonly Suggestion[] = [],
): Suggestion[] {
  const wanted = token.query.toLowerCase()
  const fitting = sources
    .filter(({ trigger }) => trigger === token.trigger)
    .flatMap(({ suggestions }) => suggestions)
    .filter(({ label }) => label.toLowerCase().includes(wanted))
  const starts = ({ label }: Suggestion) => label.toLowerCase().replace(/^[/@]/, '').startsWith(wanted)
  const rank = (suggestion: Suggestion) => (starts(suggestion) ? 0 : 1) + (suggestion.unavailable ? 2 : 0)
  const own = fitting.toSorted((a, b) => rank(a) - rank(b)).slice(0, most - Math.min(found.length, mostFound))
  return [...own, ...found.slice(0, most - own.length)]
}

/** The text with the suggestion in place of the word, and where the caret belongs then. */
export function accept(text: string, token: Token, suggestion: Suggestion): { text: string; caret: number } {
  const insert = suggestion.insert ? `${suggestion.insert} ` : ''
  const rest = text.slice(token.to).replace(/^ /, insert ? '' : ' ')
  return { text: text.slice(0, token.from) + insert + rest.trimStart(), caret: token.from + insert.length }
}
