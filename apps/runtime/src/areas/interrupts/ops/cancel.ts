import { ToolError } from '../../../ground/tool-error.ts'
import { requireAllowed } from '../access.ts'
import type { InterruptContext, InterruptionOp } from '../context.ts'
import { settle } from '../settle.ts'
import { findInterrupt } from '../store.ts'

export function cancel(ctx: InterruptContext): InterruptionOp<'cancel'> {
  return async (caller, { interruption_id }) => {
    requireAllowed(caller)
    const row = await findInterrupt(ctx.db, interruption_id)
    if (!row || row.run_id !== caller.run.id) throw new ToolError(`this run has not asked ${interruption_id}`)
    if (row.status !== 'pending') return { cancelled: false }
    const at = await settle(ctx, row, { status: 'cancelled', by: 'agent' })
    return { cancelled: at !== undefined }
  }
}
