import type { Static, TSchema } from 'typebox'

/**
 * Who may call an op from outside of runs; `run`: nobody, since it is about the run that calls. A run calls the ops of
 * the tools its agent has, whatever stands here.
 */
export type OpAccess = Exclude<Access, 'none'> | 'run'

export type Effect = 'reads' | 'changes' | 'apart'

/** One verb of an op set: `{ op: name, ...input }` in, `output` out, over every door. */
export interface Op<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  name: string
  /** One sentence; the model, OpenAPI and the SDK all read it. */
  description: string
  input: I
  output: O
  /** Running it twice changes nothing more than running it once; such a call is repeated after a crash. */
  idempotent: boolean
  /**
   * What it has to do with the other calls of a model's turn. Those that change something run alone and in the order they
   * were written; those that read see what was changed before them, and run side by side; one that stands apart begins
   * after what was changed before it, and nobody waits for it.
   */
  effect: Effect
  /** Answered when called, and not shown to models. */
  unlisted?: boolean
  /** In place of the set's. */
  access?: OpAccess
}

export interface OpSet<Ops extends Record<string, Op> = Record<string, Op>, A = OpAccess> {
  /** The tool's name as agents see it. */
  tool: string
  description: string
  ops: Ops
  /** Meant where a call names no op. */
  defaultOp?: string
  access: A
  /** Where the set is served over HTTP, if it is. */
  http?: { path: string }
}

/** Scope a caller needs. `any`: an authenticated principal; `none`: nobody has to be. */
export type Access =
  | 'none'
  | 'any'
  | 'runs:create'
  | 'runs:read'
  | 'channel:publish'
  | 'channel:read'
  | 'substrate:tenant'
  | 'substrate:admin'

export function op<const O extends Op>(spec: O): O {
  return spec
}

export function opSet<Ops extends Record<string, Op>, const A extends OpAccess>(spec: OpSet<Ops, A>): OpSet<Ops, A> {
  return spec
}

export type OpName<S extends OpSet> = keyof S['ops'] & string
export type OpInput<S extends OpSet, N extends OpName<S>> = Static<S['ops'][N]['input']>
export type OpOutput<S extends OpSet, N extends OpName<S>> = Static<S['ops'][N]['output']>
export type OpAccessOf<S extends OpSet, N extends OpName<S>> = S['ops'][N] extends { access: infer A } ? A : S['access']

export function accessTo(set: OpSet, op: string): OpAccess {
  return set.ops[op]?.access ?? set.access
}

/** What a set asks for, op by op: whoever has none of it need not be listened to. */
export function accessesOf(set: OpSet): OpAccess[] {
  return [...new Set(Object.keys(set.ops).map((name) => accessTo(set, name)))]
}
