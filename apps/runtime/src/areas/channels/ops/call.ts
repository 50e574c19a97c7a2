import type { channelOps, OpName } from '@loomcycle/proto'
import type { LogEvent } from '../../../engine/log/log-event.ts'
import { answerStartedCall } from '../../../engine/rows/runs.ts'
import { execute } from '../../../ground/db/execute.ts'
import type { OpImplementation } from '../../../tools/op-set.ts'
import type { OpContext } from '../../../tools/op-tool.ts'
import type { ToolSuspension } from '../../../tools/tool.ts'
import type { ChannelContext } from '../context.ts'
import type { Db } from '../store.ts'

export type ChannelOp<N extends OpName<typeof channelOps>> = OpImplementation<
  typeof channelOps,
  N,
  OpContext,
  ToolSuspension
>

/** What a call did: its answer, and what its run logs before it. */
export interface Outcome<T> {
  output: T
  events: LogEvent[]
}

/**
 * Works in one transaction and leaves the outcome there with the call, so that a process that dies right after it has
 * done everything, and one that dies before it nothing: a call without an answer may be made again.
 */
export async function inOneStep<T extends Outcome<unknown> | undefined>(
  ctx: ChannelContext,
  call: OpContext,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const outcome = await ctx.db.transaction(async (tx) => {
    const done = await work(tx)
    if (done) await keepAnswer(tx, call, done)
    return done
  })
  if (outcome) call.attach(outcome.events, [])
  return outcome
}

async function keepAnswer(tx: Db, { scope, toolUseId }: OpContext, { output, events }: Outcome<unknown>) {
  await execute(tx, answerStartedCall(scope.runId, toolUseId, { text: JSON.stringify(output), events }))
}
