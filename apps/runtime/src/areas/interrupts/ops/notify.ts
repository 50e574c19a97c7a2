import { newInterruptId } from '../../../ground/ids.ts'
import { requireAllowed } from '../access.ts'
import type { InterruptContext, InterruptionOp } from '../context.ts'
import { newInterrupt } from '../new-interrupt.ts'
import { insertInterrupt } from '../store.ts'

export function notify(ctx: InterruptContext): InterruptionOp<'notify'> {
  return async (caller, { message }) => {
    requireAllowed(caller)
    const interrupt_id = newInterruptId()
    const now = ctx.clock.now()
    const question = ctx.redact(message)
    const row = newInterrupt(caller, interrupt_id, now, {
      kind: 'notice',
      status: 'resolved',
      question,
      resolved_at: now,
      resolved_by: 'agent',
    })
    caller.run.attach(
      [{ type: 'interruption_pending', interruption: { interrupt_id, kind: 'notice', question, priority: 'normal' } }],
      [insertInterrupt(ctx.db, row)],
    )
    return { interrupt_id, ok: true }
  }
}
