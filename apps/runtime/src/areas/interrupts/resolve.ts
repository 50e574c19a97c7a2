import { type Of, type ResolveInterruptBody, type ResolveInterruptResult, RuntimeError } from '@loomcycle/proto'
import { rememberAnswer } from '../../ground/idempotency/idempotency.ts'
import type { Caller } from '../../tools/caller.ts'
import { findVisibleInterrupt } from './access.ts'
import type { InterruptContext } from './context.ts'
import { optionsOf } from './interrupt.ts'
import { type Outcome, settle } from './settle.ts'
import { findInterrupt, type InterruptRow } from './store.ts'

/** Somebody answers or declines; the one place that says whether they may. */
export async function resolveInterrupt(
  ctx: InterruptContext,
  caller: Caller,
  target: { run_id: string; interrupt_id: string },
  body: Of<typeof ResolveInterruptBody>,
): Promise<Of<typeof ResolveInterruptResult>> {
  const row = await findVisibleInterrupt(ctx.db, caller, target)
  const { kind = 'question' } = body
  if (kind !== 'question' || row.kind !== 'question') throw invalid('only a question can be answered')
  if (row.status !== 'pending') throw settled(row)
  if (row.expires_at !== null && row.expires_at <= ctx.clock.now()) {
    await settle(ctx, row, { status: 'timed_out', by: 'timeout' })
    throw settled((await findInterrupt(ctx.db, row.id)) ?? row)
  }
  const by = body.resolved_by || (caller.door === 'webui' ? 'webui' : 'api')
  const outcome: Outcome = { ...dispositionOf(row, body), by }
  const answer = (at: number) => ({
    interrupt_id: row.id,
    status: outcome.status,
    resolved_at: new Date(at).toISOString(),
  })
  const at = await settle(ctx, row, outcome, (at) => rememberAnswer(caller.keyed, answer(at), at))
  if (at === undefined) throw settled((await findInterrupt(ctx.db, row.id)) ?? row)
  return answer(at)
}

function dispositionOf(row: InterruptRow, { disposition = 'answer', answer = '' }: Of<typeof ResolveInterruptBody>) {
  const said = answer.trim()
  if (disposition === 'declined') {
    if (said !== '') throw invalid('a declined question takes no answer')
    return { status: 'declined' } as const
  }
  if (said === '') throw invalid('answer must not be empty')
  const options = optionsOf(row)
  const chosen = options.length === 0 ? said : options.find((option) => option.trim() === said)
  if (chosen === undefined) throw invalid(`answer must be one of: ${options.join(', ')}`)
  return { status: 'resolved', answer: chosen } as const
}

function settled({ status }: InterruptRow): RuntimeError {
  if (status === 'timed_out') return new RuntimeError('interrupt_expired', 'the question has expired')
  return new RuntimeError('interrupt_settled', `the question is ${status === 'resolved' ? 'answered' : status} already`)
}

function invalid(message: string): RuntimeError {
  return new RuntimeError('invalid_answer', message)
}
