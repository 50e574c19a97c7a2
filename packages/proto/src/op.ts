import type { Static, TSchema } from 'typebox'

/** One verb of an op set: `{ op: name, ...input }` in, `output` out, over every door. */
export interface Op<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  name: string
  /** One sentence; the model, OpenAPI and the SDK all read it. */
  description: string
  input: I
  output: O
  /** Running it twice changes nothing more than running it once; such a call is repeated after a crash. */
  idempotent: boolean
  /** Answered when called, and not shown to models. */
  unlisted?: boolean
}

export interface OpSet<Ops extends Record<string, Op> = Record<string, Op>> {
  /** The tool's name as agents see it. */
  tool: string
  description: string
  ops: Ops
  /** Meant where a call names no op. */
  defaultOp?: string
  /** Where the set is served over HTTP, if it is. */
  http?: { path: string; access: Access }
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

export function op<I extends TSchema, O extends TSchema>(spec: Op<I, O>): Op<I, O> {
  return spec
}

export function opSet<Ops extends Record<string, Op>>(spec: OpSet<Ops>): OpSet<Ops> {
  return spec
}

export type OpName<S extends OpSet> = keyof S['ops'] & string
export type OpInput<S extends OpSet, N extends OpName<S>> = Static<S['ops'][N]['input']>
export type OpOutput<S extends OpSet, N extends OpName<S>> = Static<S['ops'][N]['output']>
