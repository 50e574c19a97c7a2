import { RuntimeError, toolSchema } from '@loomcycle/proto'
import { JsonParts } from '../ground/json-parts.ts'
import { ToolError } from '../ground/tool-error.ts'
import type { CallingRun } from './caller.ts'
import type { ServedOps } from './op-set.ts'
import type { Tool, ToolSuspension } from './tool.ts'

/** An op set as a tool: one name, one flat schema, the op chosen by `op`. */
export function opTool({ set, dispatch, isIdempotent, effectOf, sideEffects }: ServedOps): Tool {
  return {
    name: set.tool,
    description: set.description,
    inputSchema: toolSchema(set),
    sideEffects,
    isIdempotent,
    effectOf,
    async run({ toolUseId, input, caller, signal }) {
      signal.throwIfAborted()
      try {
        let attached = {}
        const attach: CallingRun['attach'] = (events, statements) => {
          attached = { events, statements }
        }
        const answer = await dispatch({ ...caller, signal, run: { ...caller.run, toolUseId, attach } }, input)
        if (isSuspension(answer)) return answer
        return { text: JSON.stringify(answer instanceof JsonParts ? await answer.whole() : answer), ...attached }
      } catch (error) {
        throw error instanceof RuntimeError ? new ToolError(error.message, { cause: error }) : error
      }
    },
  }
}

function isSuspension(answer: unknown): answer is ToolSuspension {
  return typeof answer === 'object' && answer !== null && 'waitsFor' in answer
}
