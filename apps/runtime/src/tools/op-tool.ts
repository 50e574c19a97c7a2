import { type OpSet, RuntimeError, toolSchema } from '@loomcycle/proto'
import { createOpDispatcher, type OpImplementations } from './op-set.ts'
import { type SideEffects, type Tool, ToolError, type ToolScope } from './tool.ts'

/** What an op knows when an agent calls it. */
export interface OpContext {
  scope: ToolScope
  signal: AbortSignal
}

/** An op set as a tool: one name, one flat schema, the op chosen by `op`. */
export function opTool<S extends OpSet>(
  set: S,
  implementations: OpImplementations<S, OpContext>,
  sideEffects: SideEffects,
): Tool {
  const ops = createOpDispatcher(set, implementations)
  return {
    name: set.tool,
    description: set.description,
    inputSchema: toolSchema(set),
    sideEffects,
    isIdempotent: ops.isIdempotent,
    async run({ input, scope, signal }) {
      signal.throwIfAborted()
      try {
        return { text: JSON.stringify(await ops.dispatch({ scope, signal }, input)) }
      } catch (error) {
        throw error instanceof RuntimeError ? new ToolError(error.message, { cause: error }) : error
      }
    },
  }
}
