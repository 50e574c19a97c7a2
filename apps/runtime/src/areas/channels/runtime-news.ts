import { operatorTenant } from '../../ground/identity/principal.ts'
import type { Channels } from './context.ts'
import type { Publication } from './publish.ts'

/** What the runtime tells of itself, to the operator's programs. */
export function runtimeNews(
  channels: Pick<Channels, 'toPublication'>,
  channel: '_system/runtime-state' | '_system/provider-events',
  value: unknown,
): Publication {
  const everybody = { tenantId: operatorTenant, scope: 'global', scopeId: '' } as const
  return channels.toPublication({ ...everybody, channel, value, actor: 'system' })
}
