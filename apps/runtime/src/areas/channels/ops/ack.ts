import { openForAgent } from '../access.ts'
import { acknowledge } from '../acknowledge.ts'
import { requiredCursor } from '../content.ts'
import type { ChannelContext } from '../context.ts'
import { type ChannelOp, inOneStep } from './call.ts'

export function ack(ctx: ChannelContext): ChannelOp<'ack'> {
  return async (call, input) => {
    const opened = await openForAgent(ctx, call.scope, input.channel, 'subscribe', input.scope)
    const position = requiredCursor(input.cursor)
    const { output } = await inOneStep(ctx, call, async (tx) => {
      await acknowledge(tx, ctx, opened, position, call.scope.agent.name)
      return { output: { ok: true }, events: [] }
    })
    return output
  }
}
