import { newInterruptId } from '../../../ground/ids.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { requireAllowed } from '../access.ts'
import type { InterruptContext, InterruptionOp } from '../context.ts'
import { newInterrupt } from '../new-interrupt.ts'
import { pendingPublication } from '../publications.ts'
import { insertInterrupt, listPending } from '../store.ts'

interface Asking {
  ids: Set<string>
  /** Who looks whether there is room, one after the other. */
  turn: Promise<void>
}

function inTurn(asking: Asking, look: () => Promise<void>): Promise<void> {
  const looked = asking.turn.then(look)
  asking.turn = looked.catch(() => {})
  return looked
}

export function ask(ctx: InterruptContext): InterruptionOp<'ask'> {
  const { db, clock, settings } = ctx
  // Calls of one turn run side by side: what they are about to ask is not in the database yet, and counts.
  const aboutToAsk = new WeakMap<AbortSignal, Asking>()

  return async (caller, input) => {
    const { run, signal } = caller
    requireAllowed(caller)
    const asking = aboutToAsk.get(signal) ?? { ids: new Set(), turn: Promise.resolve() }
    aboutToAsk.set(signal, asking)
    const max = Math.min(run.agent.interruption?.maxPending ?? settings.maxPendingPerRun, settings.maxPendingPerRun)
    const id = newInterruptId()
    await inTurn(asking, async () => {
      const open = new Set(asking.ids)
      for (const row of await listPending(db, run.id)) open.add(row.id)
      if (open.size >= max) {
        throw new ToolError(
          `${max} of this run’s questions are open already, which is as many as may be; wait for an answer`,
        )
      }
      asking.ids.add(id)
    })

    const question = ctx.redact(input.question)
    const options = [...new Set(input.options?.map((option) => ctx.redact(option)))]
    const context = input.context === undefined ? null : ctx.redact(input.context)
    const priority = input.priority ?? 'normal'
    const now = clock.now()
    const expiresAt = now + Math.min(input.timeout_ms ?? settings.defaultTimeoutMs, settings.maxTimeoutMs)
    const row = newInterrupt(caller, id, now, {
      kind: 'question',
      status: 'pending',
      tool_use_id: run.toolUseId,
      question,
      options: JSON.stringify(options),
      context_data: context,
      priority,
      expires_at: expiresAt,
    })
    const publication = pendingPublication(ctx, row)
    return {
      waitsFor: { state: 'interrupted', on: id, op: 'ask' },
      statements: [insertInterrupt(db, row), ...publication.statements],
      events: [
        {
          type: 'interruption_pending',
          interruption: {
            interrupt_id: id,
            kind: 'question',
            question,
            ...(options.length > 0 ? { options } : {}),
            ...(context !== null ? { context } : {}),
            priority,
            expires_at: new Date(expiresAt).toISOString(),
            tool_use_id: run.toolUseId,
          },
        },
      ],
      onCommit() {
        asking.ids.delete(id)
        ctx.watch(expiresAt)
        publication.announce()
      },
    }
  }
}
