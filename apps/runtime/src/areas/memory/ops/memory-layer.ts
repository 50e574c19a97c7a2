import { ToolError } from '../../../ground/tool-error.ts'
import type { MemoryOp } from '../deps.ts'

/** For services that keep conversations by themselves; values under keys do the same in two steps. */
export const addMessages: MemoryOp<'add'> = async () => {
  throw unsupported('keep what matters with set and embed: true')
}

export const recallMessages: MemoryOp<'recall'> = async () => {
  throw unsupported('find what was set with embed: true by search')
}

function unsupported(instead: string): ToolError {
  return new ToolError(`capability_unsupported: this memory keeps values under keys; ${instead}`)
}
