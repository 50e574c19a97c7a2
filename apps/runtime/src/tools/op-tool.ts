import { type OpSet, RuntimeError, toolSchema } from '@loomcycle/proto'
import type { LogEvent } from '../engine/log/log-event.ts'
import type { Statement } from '../ground/db/commit-writer.ts'
import { ToolError } from '../ground/tool-error.ts'
import { createOpDispatcher, type OpImplementations } from './op-set.ts'
import type { SideEffects, Tool, ToolScope, ToolSuspension } from './tool.ts'

/** What an op knows when an agent calls it. */
export interface OpContext {
  scope: ToolScope
  /** Of the call. */
  toolUseId: string
  signal: AbortSignal
  /** Has events logged before the call's result, and statements committed together with it. */
  attach(events: readonly LogEvent[], statements: readonly Statement[]): void
}

/** An op set as a tool: one name, one flat schema, the op chosen by `op`. */
export function opTool<S extends OpSet>(
  set: S,
  implementations: OpImplementations<S, OpContext, ToolSuspension>,
  sideEffects: SideEffects,
): Tool {
  const ops = createOpDispatcher(set, implementations)
  return {
    name: set.tool,
    description: set.description,
    inputSchema: toolSchema(set),
    sideEffects,
    isIdempotent: ops.isIdempotent,
    async run({ toolUseId, input, scope, signal }) {
      signal.throwIfAborted()
      try {
        let attached = {}
        const attach: OpContext['attach'] = (events, statements) => {
          attached = { events, statements }
        }
        const answer = await ops.dispatch({ scope, toolUseId, signal, attach }, input)
        return isSuspension(answer) ? answer : { text: JSON.stringify(answer), ...attached }
      } catch (error) {
        throw error instanceof RuntimeError ? new ToolError(error.message, { cause: error }) : error
      }
    },
  }
}

function isSuspension(answer: unknown): answer is ToolSuspension {
  return typeof answer === 'object' && answer !== null && 'waitsFor' in answer
}
