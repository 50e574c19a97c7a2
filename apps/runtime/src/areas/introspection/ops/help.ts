import { RuntimeError } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'
import { findHelp, helpIndex } from '../help/topics.ts'

export function help({ help: own }: IntrospectionDeps): ContextOp<'help'> {
  return async (_, { topic }) => {
    try {
      return topic ? findHelp(own, topic) : { ...helpIndex(own), hint: 'Ask again with one of these as topic.' }
    } catch (error) {
      throw error instanceof RuntimeError ? new ToolError(error.message) : error
    }
  }
}
