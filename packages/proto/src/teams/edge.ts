import { type Expression, parseExpression } from './expression.ts'
import { ExpressionError } from './expression-error.ts'

/** When an edge is taken. */
export type Edge =
  | { kind: 'success' }
  /** `*` takes whatever reason no other edge takes. */
  | { kind: 'pushback'; reason: string }
  | { kind: 'conditional'; expression: Expression }

export const anyReason = '*'

/** The reason of a pushback where the agent did not get to say any: its run failed. */
export const failedReason = 'failed'

/** Throws an `ExpressionError` that says what was expected. */
export function parseEdge(on: string): Edge {
  if (on === 'success') return { kind: 'success' }
  const [, kind, rest = ''] = /^(pushback|conditional):(.*)$/s.exec(on) ?? []
  if (kind === 'pushback') {
    const reason = foldReason(rest)
    if (reason === '') throw new ExpressionError('needs a reason after "pushback:", or * for any')
    return { kind, reason }
  }
  if (kind === 'conditional') return { kind, expression: parseExpression(rest) }
  throw new ExpressionError('must be success, pushback:<reason> or conditional:<expression>')
}

/** Undefined where it is none, as in a graph that nobody has checked. */
export function edgeOf(on: string): Edge | undefined {
  try {
    return parseEdge(on)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

/** Models write "Too long", "too-long" and "too_long". */
export function foldReason(reason: string): string {
  return reason
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}
