import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'

const parser = new RegExpParser()
/** A character that is repeated no more often than that leaves few ways to read it. */
const few = 4

/**
 * The same expression with every repetition that has a bound going on for ever. What can be read in more than one way
 * within bounds costs the product of them, which is as bad as none: `(?:[^\n]{1,80}\s+){0,4}` has millions of readings.
 */
export function withoutBounds(source: string, flags: string): string {
  const suffixes: { start: number; end: number; text: string }[] = []
  visitRegExpAST(parser.parseLiteral(`/${source}/${flags}`), {
    onQuantifierEnter(quantifier) {
      const { element, min, greedy, end } = quantifier
      if (!leavesAChoice(quantifier)) return
      // Of the literal, which begins with a slash.
      suffixes.push({ start: element.end - 1, end: end - 1, text: `{${min},}${greedy ? '' : '?'}` })
    },
  })
  return suffixes
    .sort((a, b) => b.start - a.start)
    .reduce((text, suffix) => text.slice(0, suffix.start) + suffix.text + text.slice(suffix.end), source)
}

function leavesAChoice({ element, min, max }: AST.Quantifier): boolean {
  if (max === Number.POSITIVE_INFINITY || min === max) return false
  const isGroup = element.type === 'Group' || element.type === 'CapturingGroup'
  return max > (isGroup ? 1 : few)
}
