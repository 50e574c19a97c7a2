import { LoomcycleError } from '@loomcycle/client'
import { describeError } from '../../../lib/describe-error.ts'

export interface FieldProblem {
  /** Of the field that it is about, without what the request calls the whole; empty where it is about no field. */
  path: readonly string[]
  message: string
  /** It can be saved, and will not work as things stand. */
  isWarning?: boolean
}

/** What the runtime does not take, and where it stands: `create: overlay.sampling.temperature must be at most 2`. */
export function fieldProblem(error: unknown): FieldProblem {
  const { reason, hint } = describeError(error)
  const words = hint ? `${reason} ${hint}` : reason
  if (!(error instanceof LoomcycleError)) return { path: [], message: words }
  const said = reason.replace(/^[a-z_]+: /, '')
  const found = /^overlay\.([\w.]+) (.+)$/s.exec(said)
  if (found) return { path: found[1]!.split('.'), message: found[2]! }
  const own = /^(name|description) (.+)$/s.exec(said)
  return own ? { path: [`:${own[1]}`], message: own[2]! } : { path: [], message: said }
}

/** Whether it is about this field, or about a part of what stands in it. */
export function isAbout(problem: Pick<FieldProblem, 'path'> | undefined, path: readonly string[]): boolean {
  return problem !== undefined && problem.path.length >= path.length && path.every((key, i) => problem.path[i] === key)
}

/** The first that is about this field. */
export function problemAt(problems: readonly FieldProblem[], path: readonly string[]): FieldProblem | undefined {
  return problems.find((problem) => isAbout(problem, path))
}
