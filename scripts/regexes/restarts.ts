import { type AST, RegExpParser } from '@eslint-community/regexpp'
import type { CharSet } from 'refa'
import { Chars, getFirstConsumedChar, isPotentiallyEmpty, type ReadonlyFlags, toUnicodeSet } from 'regexp-ast-analysis'

type Element = AST.Element
type Single = AST.Character | AST.CharacterClass | AST.CharacterSet

const parser = new RegExpParser()
/** Repetitions up to here cost no more than that. */
const bounded = 1100

/**
 * Repetitions that can run over the beginning of another match and still fail behind it: the search begins anew at each
 * of those, and reads the same characters again. Names them as they are written.
 */
export function restarts(source: string, flags: string): string[] {
  const regex = parser.parseLiteral(`/${source}/${flags}`)
  const reader = new Reader(regex.flags)
  for (const { elements } of regex.pattern.alternatives) reader.readAll(elements, [], [])
  return reader.found
}

class Reader {
  readonly found: string[] = []
  readonly #flags: ReadonlyFlags

  constructor(flags: ReadonlyFlags) {
    this.#flags = flags
  }

  readAll(elements: readonly Element[], before: readonly Element[], after: readonly Element[]) {
    for (const [i, element] of elements.entries()) {
      this.#read(element, [...before, ...elements.slice(0, i)], [...elements.slice(i + 1), ...after])
    }
  }

  #read(element: Element, before: readonly Element[], after: readonly Element[]): void {
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      for (const { elements } of element.alternatives) this.readAll(elements, before, after)
    } else if (element.type === 'Assertion' && element.kind === 'lookahead') {
      for (const { elements } of element.alternatives) this.readAll(elements, before, [])
    } else if (element.type === 'Quantifier') {
      if (element.max > bounded && isSingle(element.element)) {
        if (this.#restarts(this.#charsOf(element.element), before, after)) this.found.push(element.raw)
      } else this.#read(element.element, before, after)
    }
  }

  #restarts(over: CharSet, before: readonly Element[], after: readonly Element[]): boolean {
    const canFail = after.some((rest) => !this.#alwaysFollows(rest, over))
    return canFail && before.every((start) => this.#canBeIn(start, over)) && !this.#isKeptApart(before, over)
  }

  /** Whether it takes nothing, or the end of the text where the repetition gets there by itself. */
  #alwaysFollows(rest: Element, over: CharSet): boolean {
    if (rest.type === 'Assertion') return over.isAll && (rest.kind === 'end' || rest.raw === '(?![\\s\\S])')
    if (rest.type === 'Group' || rest.type === 'CapturingGroup') {
      return rest.alternatives.some(({ elements }) => elements.every((element) => this.#alwaysFollows(element, over)))
    }
    return rest.type !== 'Backreference' && isPotentiallyEmpty(rest, this.#flags)
  }

  /** Whether some text of nothing but these characters matches. */
  #canBeIn(element: Element, over: CharSet): boolean {
    if (element.type === 'Quantifier') return element.min === 0 || this.#canBeIn(element.element, over)
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      return element.alternatives.some(({ elements }) => elements.every((one) => this.#canBeIn(one, over)))
    }
    return isSingle(element) ? !this.#charsOf(element).intersect(over).isEmpty : true
  }

  /** Whether a condition at the beginning keeps a match from starting behind one of these characters. */
  #isKeptApart(before: readonly Element[], over: CharSet): boolean {
    for (const [i, element] of before.entries()) {
      if (element.type === 'Assertion' && this.#refuses(element, before.slice(i + 1), over)) return true
      if (element.type !== 'Assertion') return false
    }
    return false
  }

  #refuses(condition: AST.Assertion, rest: readonly Element[], over: CharSet): boolean {
    if (condition.kind === 'start') {
      return !this.#flags.multiline || over.isDisjointWith(Chars.lineTerminator(this.#flags))
    }
    if (condition.kind === 'word') {
      const [first] = rest
      const word = Chars.word(this.#flags)
      if (condition.negate || first === undefined) return false
      return over.isSubsetOf(word) && getFirstConsumedChar(first, 'ltr', this.#flags).char.isSubsetOf(word)
    }
    if (condition.kind !== 'lookbehind') return false
    const behind = condition.alternatives.flatMap(({ elements }) => elements.at(-1) ?? [])
    if (!behind.every(isSingle)) return false
    if (!condition.negate) return behind.every((one) => this.#charsOf(one).isDisjointWith(over))
    return condition.alternatives.every(({ elements }) => elements.length === 1) && over.isSubsetOf(this.#union(behind))
  }

  #union(singles: readonly Single[]): CharSet {
    return singles.reduce((all, one) => all.union(this.#charsOf(one)), Chars.empty(this.#flags))
  }

  #charsOf(element: Single): CharSet {
    return toUnicodeSet(element, this.#flags).chars
  }
}

function isSingle(element: Element | AST.QuantifiableElement): element is Single {
  return element.type === 'Character' || element.type === 'CharacterClass' || element.type === 'CharacterSet'
}
