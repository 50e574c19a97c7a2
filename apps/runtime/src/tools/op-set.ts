import {
  accessTo,
  type Effect,
  given,
  type Op,
  type OpAccess,
  type OpAccessOf,
  type OpInput,
  type OpName,
  type OpOutput,
  type OpSet,
  RuntimeError,
} from '@loomcycle/proto'
import { cutText } from '@loomcycle/proto/wire'
import { mayAccess } from '../ground/identity/principal.ts'
import type { JsonParts } from '../ground/json-parts.ts'
import { ToolError } from '../ground/tool-error.ts'
import { createCheck, type Problem } from '../ground/validation.ts'
import type { Caller, RunCaller } from './caller.ts'
import { withClamped } from './clamped.ts'
import type { SideEffects, ToolSuspension } from './tool.ts'

/** One function for every op of a set; the compiler names the one that is missing. */
export type OpImplementations<S extends OpSet> = { [N in OpName<S>]: OpImplementation<S, N> }

/** An op that is declared to be for runs gets one; a run may also be left waiting, and an answer may come in parts. */
export type OpImplementation<S extends OpSet, N extends OpName<S>> = (
  caller: OpAccessOf<S, N> extends 'run' ? RunCaller : Caller,
  input: OpInput<S, N>,
) => Promise<OpOutput<S, N> | ToolSuspension | JsonParts>

/** An op set with what is behind it: what agent tools, HTTP routes and whatever else takes `{op, …}` have in common. */
export interface ServedOps {
  set: OpSet
  /**
   * Whether the caller may, whether the input is as declared, and then the op. A refusal is a `RuntimeError`
   * `tool_refused` that reads `<op>: <reason>`.
   */
  dispatch(caller: Caller, input: unknown): Promise<unknown>
  isIdempotent(input: unknown): boolean
  effectOf(input: unknown): Effect
  sideEffects: SideEffects
}

/** Every op set there is, by the name of its tool. */
export type OpTable = ReadonlyMap<string, ServedOps>

export interface ServeOptions {
  sideEffects: SideEffects
  /** All that its ops do for a run is stored with the call's result or with what it waits for: a call that has neither did nothing. */
  allOrNothing?: boolean
  /** What there is to say of it in this runtime, besides. */
  note?: string | undefined
}

export function serveOps<S extends OpSet>(
  set: S,
  implementations: OpImplementations<S>,
  { sideEffects, allOrNothing = false, note }: ServeOptions,
): ServedOps {
  const checks = new Map(Object.entries(set.ops).map(([name, op]) => [name, createCheck(op.input)]))
  const names = [...checks.keys()].join(', ')
  const refuse = (op: string, reason: string) =>
    new RuntimeError('tool_refused', `${op}: ${clip(reason, longestReason)}`, { tool: set.tool })
  const run = implementations as unknown as Record<string, (caller: Caller, input: unknown) => Promise<unknown>>

  /** Undefined for what is refused, which has no effect. */
  const named = (input: unknown): Op | undefined => {
    const { name = set.defaultOp } = split(input)
    return name !== undefined && checks.has(name) ? set.ops[name] : undefined
  }

  return {
    set: note === undefined ? set : { ...set, description: `${set.description} ${note}` },
    sideEffects,
    async dispatch(caller, input) {
      const { name = set.defaultOp, rest } = split(input)
      if (name === undefined) throw refuse(set.tool, `"op" is missing; it is one of ${names}`)
      const check = checks.get(name)
      if (!check) throw refuse(JSON.stringify(clip(name, longestName)), `${set.tool} has no such op; it has ${names}`)
      requireAccess(accessTo(set, name), caller, (reason) => refuse(name, reason))
      const { value, clamped } = given(set.ops[name]!.input, rest)
      const problem = check(value)
      if (problem) throw refuse(name, inWords(problem))
      try {
        return withClamped(await run[name]!(caller, value), clamped)
      } catch (error) {
        throw error instanceof ToolError ? refuse(name, error.message) : error
      }
    },
    isIdempotent(input) {
      return allOrNothing || (named(input)?.idempotent ?? true)
    },
    effectOf: (input) => named(input)?.effect ?? 'reads',
  }
}

/** What a run may call is decided by the tools it has. */
function requireAccess(access: OpAccess, { run, principal }: Caller, refuse: (reason: string) => RuntimeError) {
  if (run) return
  if (access === 'run') {
    throw refuse('this is about the run that calls it, so only an agent can, with its tool, while the run goes on')
  }
  if (!mayAccess(principal, access)) throw new RuntimeError('insufficient_scope', 'insufficient scope')
}

function split(input: unknown): { name?: string; rest: Record<string, unknown> } {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return { rest: {} }
  const key = Object.hasOwn(input, 'op') ? 'op' : Object.keys(input).find((name) => name.toLowerCase() === 'op')
  const { [key ?? 'op']: op, ...rest } = input as Record<string, unknown>
  return typeof op === 'string' ? { name: op, rest } : { rest }
}

function inWords({ path, message }: Problem): string {
  return `${path.join('.') || 'the input'} ${message}`
}

const longestName = 40
/** A refusal quotes what was given, which may be as long as a request. */
const longestReason = 4000

function clip(text: string, longest: number): string {
  return text.length > longest ? `${cutText(text, longest)}…` : text
}
