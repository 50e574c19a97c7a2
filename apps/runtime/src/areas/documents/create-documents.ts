import { ChangeFeed } from '../../engine/feeds/change-feed.ts'
import type { Bus } from '../../ground/bus.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { Channels } from '../channels/context.ts'
import type { DocumentDeps } from './deps.ts'
import { Leftovers } from './leftovers.ts'
import { Presence } from './presence.ts'

/** Documents with everything they tell others. */
export function createDocuments({
  channels,
  bus,
  telemetry,
  ...deps
}: Pick<DocumentDeps, 'db' | 'clock' | 'sql' | 'embedder' | 'quotas' | 'cardStarts' | 'teamRuns'> & {
  channels: Channels
  bus: Bus
  telemetry: Telemetry
}): DocumentDeps {
  return {
    ...deps,
    feed: new ChangeFeed(bus, 'documents'),
    presence: new Presence({ clock: deps.clock, bus, telemetry }),
    leftovers: new Leftovers({ ...deps, telemetry }),
    toPublication: ({ tenantId, scope, scopeId }, change) =>
      channels.toPublication({
        tenantId,
        channel: `documents/${change.document_id}/chunks`,
        scope,
        scopeId,
        value: change,
        actor: change.actor.id,
      }),
  }
}
