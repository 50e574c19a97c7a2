import { type OpInput, type OpName, type OpOutput, type OpSet, RuntimeError } from '@loomcycle/proto'
import { ToolError } from '../ground/tool-error.ts'
import { createCheck, type Problem } from '../ground/validation.ts'

/**
 * One function for every op of a set; the compiler names the one that is missing. `Else` is what an op may answer
 * instead of its declared output where a door knows what to do with it.
 */
export type OpImplementations<S extends OpSet, Ctx, Else = never> = {
  [N in OpName<S>]: OpImplementation<S, N, Ctx, Else>
}

export type OpImplementation<S extends OpSet, N extends OpName<S>, Ctx, Else = never> = (
  ctx: Ctx,
  input: OpInput<S, N>,
) => Promise<OpOutput<S, N> | Else>

export interface OpDispatcher<Ctx> {
  /** Checks `{op, …}` and runs the op. A refusal is a `RuntimeError` `tool_refused` that reads `<op>: <reason>`. */
  dispatch(ctx: Ctx, input: unknown): Promise<unknown>
  isIdempotent(input: unknown): boolean
}

/** What a model, an HTTP route and anything else that takes `{op, …}` have in common. */
export function createOpDispatcher<S extends OpSet, Ctx, Else = never>(
  set: S,
  implementations: OpImplementations<S, Ctx, Else>,
): OpDispatcher<Ctx> {
  const checks = new Map(Object.entries(set.ops).map(([name, op]) => [name, createCheck(op.input)]))
  const names = [...checks.keys()].join(', ')
  const refuse = (op: string, reason: string) =>
    new RuntimeError('tool_refused', `${op}: ${reason}`, { tool: set.tool })

  return {
    async dispatch(ctx, input) {
      const { name = set.defaultOp, rest } = split(input)
      if (name === undefined) throw refuse(set.tool, `"op" is missing; it is one of ${names}`)
      const check = checks.get(name)
      if (!check) throw refuse(clip(name), `${set.tool} has no such op; it has ${names}`)
      const checked = withoutEmptyOptions(rest, set.ops[name]?.input as { required?: string[] })
      const problem = check(checked)
      if (problem) throw refuse(name, inWords(problem))
      try {
        return await implementations[name as OpName<S>](ctx, checked as OpInput<S, OpName<S>>)
      } catch (error) {
        throw error instanceof ToolError ? refuse(name, error.message) : error
      }
    },
    isIdempotent(input) {
      const { name = set.defaultOp } = split(input)
      // What is refused has no effect.
      return name === undefined || !checks.has(name) || set.ops[name]!.idempotent
    },
  }
}

function split(input: unknown): { name?: string; rest: Record<string, unknown> } {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return { rest: {} }
  const { op, ...rest } = input as Record<string, unknown>
  return typeof op === 'string' ? { name: op, rest } : { rest }
}

/** Models say null for what they mean to leave out. */
function withoutEmptyOptions(input: Record<string, unknown>, { required = [] }: { required?: string[] }) {
  const given = Object.entries(input).filter(([key, value]) => value !== null || required.includes(key))
  return Object.fromEntries(given)
}

function inWords({ path, message }: Problem): string {
  return `${path.join('.') || 'the input'} ${message}`
}

function clip(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name)
}
