import type { SystemMessage } from '../channels/context.ts'
import type { Publication } from '../channels/publish.ts'
import type { InterruptContext } from './context.ts'
import { toInterrupt } from './interrupt.ts'
import type { InterruptRow } from './store.ts'

type Channels = Pick<InterruptContext, 'channels'>

/** Tells the user's programs that a question waits; the message goes when the question does. */
export function pendingPublication({ channels }: Channels, row: InterruptRow): Publication {
  const ttl = row.expires_at === null ? {} : { ttl: Math.ceil((row.expires_at - row.created_at) / 1000) }
  return publication(channels, row, { channel: '_system/interrupts/pending', value: toInterrupt(row), ...ttl })
}

/** Tells the user's programs what became of a question. */
export function settledPublication(
  { channels }: Channels,
  row: InterruptRow,
  { status, answer, by }: { status: InterruptRow['status']; answer: string | null; by: string },
): Publication {
  const value = { interrupt_id: row.id, run_id: row.run_id, kind: row.kind, status, answer, resolved_by: by }
  return publication(channels, row, { channel: '_system/interrupts/resolved', value })
}

function publication(
  channels: InterruptContext['channels'],
  row: InterruptRow,
  message: Pick<SystemMessage, 'channel' | 'value' | 'ttl'>,
): Publication {
  return channels.toPublication({
    ...message,
    tenantId: row.tenant_id,
    scope: 'user',
    scopeId: row.user_id,
    actor: row.agent_name,
  })
}
