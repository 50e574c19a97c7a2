import { historyOps, type OpName } from '@loomcycle/proto'
import { JsonParts } from '../../ground/json-parts.ts'
import type { OpImplementations } from '../../tools/op-set.ts'
import { type OpContext, opTool } from '../../tools/op-tool.ts'
import type { Tool } from '../../tools/tool.ts'
import { agentCaller } from './access.ts'
import type { HistoryContext } from './context.ts'
import { historyImplementations } from './ops/index.ts'

/** The same ops, over the conversations that the agent's `history_scope` opens. */
export function historyTool(ctx: Omit<HistoryContext, 'caller'>): Tool {
  const names = Object.keys(historyImplementations) as OpName<typeof historyOps>[]
  const ops = Object.fromEntries(
    names.map((name) => [
      name,
      async ({ scope }: OpContext, input: never) => {
        const answer = await historyImplementations[name]({ ...ctx, caller: agentCaller(scope) }, input)
        return answer instanceof JsonParts ? answer.whole() : answer
      },
    ]),
  ) as unknown as OpImplementations<typeof historyOps, OpContext>
  return opTool(historyOps, ops, 'state')
}
