import { evaluationOps } from '@loomcycle/proto'
import { opTool } from '../../tools/op-tool.ts'
import type { Tool } from '../../tools/tool.ts'
import type { EvaluationContext } from './context.ts'
import { createEvaluationOps } from './ops/index.ts'

/** What is submitted is stored together with the call's result: a call without a result has not happened. */
export function evaluationTool(ctx: EvaluationContext): Tool {
  return { ...opTool(evaluationOps, createEvaluationOps(ctx), 'state'), isIdempotent: () => true }
}
