import { ExpressionError } from './expression-error.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What expressions speak of; whatever is not there is null. */
export interface Scope {
  status?: unknown
  type?: unknown
  title?: unknown
  fields?: unknown
  tags?: unknown
  /** What the agent said: text, or a value where it said JSON; a list of those where several worked. */
  output?: unknown
  /** How many steps there were. */
  iteration?: unknown
}

export const scopeNames = ['status', 'type', 'title', 'fields', 'tags', 'output', 'iteration'] as const
export type ScopeName = (typeof scopeNames)[number]
/** Those that only a run of a team knows. */
const ofRuns: ReadonlySet<string> = new Set<ScopeName>(['output', 'iteration'])

export const comparisons = ['==', '!=', '<', '<=', '>', '>=', 'contains'] as const
export type Comparison = (typeof comparisons)[number]

export type Expression =
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'path'; root: ScopeName; steps: readonly (string | number)[] }
  | { kind: 'compare'; by: Comparison; left: Expression; right: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; of: Expression }

const longest = 1000
const deepest = 50

/**
 * Comparisons of what a card and an answer say, joined by `and`, `or`, `not` and brackets:
 * `fields.score >= 8 and not (tags contains "draft")`. Throws an `ExpressionError` that says where and what.
 */
export function parseExpression(text: string): Expression {
  if (text.length > longest) throw new ExpressionError(`is longer than ${longest} characters`)
  const tokens = tokensOf(text)
  let at = 0
  let depth = 0

  const peek = () => tokens[at]
  const wrong = (expected: string) => {
    const token = peek()
    return new ExpressionError(
      token
        ? `expects ${expected} at character ${token.at + 1}, not ${JSON.stringify(token.text)}`
        : `expects ${expected} at its end`,
    )
  }
  const takes = (...texts: string[]): Token | undefined => {
    const token = peek()
    if (token?.kind !== 'sign' || !texts.includes(token.text)) return undefined
    at++
    return token
  }
  const deeper = <T>(read: () => T): T => {
    if (++depth > deepest) throw new ExpressionError(`goes more than ${deepest} levels deep`)
    const value = read()
    depth--
    return value
  }

  const either = (): Expression => {
    let left = both()
    while (takes('or', '||')) left = { kind: 'or', left, right: both() }
    return left
  }
  const both = (): Expression => {
    let left = negated()
    while (takes('and', '&&')) left = { kind: 'and', left, right: negated() }
    return left
  }
  const negated = (): Expression => (takes('not', '!') ? { kind: 'not', of: deeper(negated) } : compared())
  const compared = (): Expression => {
    const left = operand()
    const by = takes(...comparisons)
    return by ? { kind: 'compare', by: by.text as Comparison, left, right: operand() } : left
  }
  const operand = (): Expression => {
    const token = peek()
    if (takes('(')) {
      const inside = deeper(either)
      if (!takes(')')) throw wrong('")"')
      return inside
    }
    if (token?.kind === 'value') {
      at++
      return { kind: 'value', value: token.value }
    }
    if (token?.kind === 'name') return path()
    throw wrong(`a value or one of ${scopeNames.join(', ')}`)
  }
  const path = (): Expression => {
    const token = tokens[at++]!
    const root = scopeNames.find((name) => name === token.text)
    if (!root) {
      at--
      throw wrong(`one of ${scopeNames.join(', ')}, or a text in quotes,`)
    }
    const steps: (string | number)[] = []
    for (;;) {
      if (takes('.')) {
        const step = peek()
        // What is a word of the language elsewhere may be the name of a field.
        if (step?.kind !== 'name' && !(step?.kind === 'sign' && /^[a-z]/.test(step.text)) && !isWord(step)) {
          throw wrong('a name')
        }
        steps.push(step!.text)
        at++
      } else if (takes('[')) {
        const step = peek()
        if (step?.kind !== 'value' || (typeof step.value !== 'string' && typeof step.value !== 'number')) {
          throw wrong('a number or a text in quotes')
        }
        steps.push(step.value)
        at++
        if (!takes(']')) throw wrong('"]"')
      } else return { kind: 'path', root, steps }
    }
  }

  const expression = either()
  if (at < tokens.length) throw wrong('and, or, or a comparison')
  return expression
}

function isWord(token: Token | undefined): boolean {
  return token?.kind === 'value' && (typeof token.value === 'boolean' || token.value === null)
}

/** Whether it can be told without a run: it speaks of nothing but the card. */
export function isAboutCard(expression: Expression): boolean {
  switch (expression.kind) {
    case 'value':
      return true
    case 'path':
      return !ofRuns.has(expression.root)
    case 'not':
      return isAboutCard(expression.of)
    default:
      return isAboutCard(expression.left) && isAboutCard(expression.right)
  }
}

export function holds(expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case 'and':
      return holds(expression.left, scope) && holds(expression.right, scope)
    case 'or':
      return holds(expression.left, scope) || holds(expression.right, scope)
    case 'not':
      return !holds(expression.of, scope)
    case 'compare':
      return compare(expression.by, valueIn(expression.left, scope), valueIn(expression.right, scope))
    default:
      return says(valueIn(expression, scope))
  }
}

function valueIn(expression: Expression, scope: Scope): unknown {
  if (expression.kind === 'value') return expression.value
  if (expression.kind !== 'path') return holds(expression, scope)
  let value: unknown = scope[expression.root]
  for (const step of expression.steps) value = member(value, step)
  return value ?? null
}

/** What something has of its own; nothing that every object has. */
function member(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return null
  if (Array.isArray(value) && typeof step !== 'number') return null
  return (value as Record<string | number, unknown>)[step]
}

/** Nothing, no, zero, and what is empty say no. */
function says(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined && value !== false && value !== '' && value !== 0
}

function compare(by: Comparison, left: unknown, right: unknown): boolean {
  if (by === '==') return same(left, right)
  if (by === '!=') return !same(left, right)
  if (by === 'contains') {
    if (Array.isArray(left)) return left.some((item) => same(item, right))
    return typeof left === 'string' && typeof right === 'string' && left.includes(right)
  }
  const order = orderOf(left, right)
  if (order === undefined) return false
  if (by === '<') return order < 0
  if (by === '<=') return order <= 0
  return by === '>' ? order > 0 : order >= 0
}

const numeric = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

/** A number is the same as another kind of number of the same size; lists and maps are like no value one can write. */
function same(left: unknown, right: unknown): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint is to equal a number
  if (numeric(left) && numeric(right)) return left == right
  return left === right
}

/** Numbers by size, texts by their letters, so that dates are in order; undefined where two have none. */
function orderOf(left: unknown, right: unknown): number | undefined {
  const comparable = (numeric(left) && numeric(right)) || (typeof left === 'string' && typeof right === 'string')
  if (!comparable || Number.isNaN(left) || Number.isNaN(right)) return undefined
  return left < right ? -1 : left > right ? 1 : 0
}
