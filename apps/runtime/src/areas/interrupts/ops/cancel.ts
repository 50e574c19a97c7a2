import { ToolError } from '../../../ground/tool-error.ts'
import { requireAllowed } from '../access.ts'
import type { InterruptContext, InterruptionOp } from '../context.ts'
import { settle } from '../settle.ts'
import { findInterrupt } from '../store.ts'

export function cancel(ctx: InterruptContext): InterruptionOp<'cancel'> {
  return async ({ scope }, { interruption_id }) => {
    requireAllowed(scope)
    const row = await findInterrupt(ctx.db, interruption_id)
    if (!row || row.run_id !== scope.runId) throw new ToolError(`this run has not asked ${interruption_id}`)
    if (row.status !== 'pending') return { cancelled: false }
    const at = await settle(ctx, row, { status: 'cancelled', by: 'agent' })
    return { cancelled: at !== undefined }
  }
}
