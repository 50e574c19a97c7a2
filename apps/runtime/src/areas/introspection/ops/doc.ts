import { ToolError } from '../../../ground/tool-error.ts'
import type { ContextOp } from '../deps.ts'

export function doc(): ContextOp<'doc'> {
  return async ({ run }, { name }) => {
    const tool = run.tools.get(name)
    if (!tool) throw new ToolError(`this run has no tool "${name}"; it has ${[...run.tools.keys()].join(', ')}`)
    return {
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema,
      side_effect_class: tool.sideEffects,
    }
  }
}
