import { cutText } from '@loomcycle/proto/wire'
import { toTitle } from '../../chunks/chunk.ts'

const longest = 100

/** By what such columns are called, from the first to the last. */
const phases = [
  /^(?:triage|inbox|icebox|backlog|ideas?)$/,
  /^(?:to ?do|todo|open|new|next|ready|planned|unstarted|not started|up next)$/,
  /^(?:in )?(?:review|testing|qa|verification)$|^to (?:review|test)$/,
  /^(?:done|complete|completed|closed|finished|shipped|released|resolved|published|merged)$/,
  /^(?:cancell?ed|duplicate|won.?t (?:do|fix)|rejected|archived?|abandoned)$/,
]
/** Before what is looked at and after what is to be done is everything else. */
const between = 1.5
const firstDone = 3

function phaseOf(title: string): number {
  const known = phases.findIndex((phase) => phase.test(wordsOf(title)))
  return known < 0 ? between : known
}

/** What is in a column of this name needs nobody any more. */
export function isDone(title: string): boolean {
  return phaseOf(title) >= firstDone
}

/** For files that do not say in which order their columns are; those of one phase stay as they are. */
export function inOrderOfWork(titles: readonly string[]): string[] {
  return titles.toSorted((a, b) => phaseOf(a) - phaseOf(b))
}

/** Gives each column a status of its own, by its name. */
export class Statuses {
  readonly #taken = new Set<string>()

  next(title: string): string {
    const name = cutText(wordsOf(title), longest) || 'column'
    let status = name
    for (let n = 2; this.#taken.has(status); n++) status = `${name} ${n}`
    this.#taken.add(status)
    return status
  }
}

function wordsOf(title: string): string {
  return toTitle(title).toLowerCase().replace(/[_-]+/g, ' ').trim()
}
