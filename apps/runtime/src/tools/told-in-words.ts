import { RuntimeError } from '@loomcycle/proto'
import { ToolError } from '../ground/tool-error.ts'
import type { Caller } from './caller.ts'

/** Ops whose refusals have codes for programs; an agent is told them like any other refusal of an op. */
export function toldInWords<Ops extends object>(ops: Ops): Ops {
  type Op = (caller: Caller, input: unknown) => Promise<unknown>
  const told = Object.entries(ops as Record<string, Op>).map(([name, op]): [string, Op] => [
    name,
    async (caller, input) => {
      try {
        return await op(caller, input)
      } catch (error) {
        const isRefusal = error instanceof RuntimeError && error.status < 500
        throw caller.run && isRefusal ? new ToolError(error.message) : error
      }
    },
  ])
  return Object.fromEntries(told) as Ops
}
