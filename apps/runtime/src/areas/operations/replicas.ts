import type { ReplicaList } from '@loomcycle/proto'
import type { Static } from 'typebox'
import type { Presence } from '../../ground/replicas/presence.ts'
import { deadAfterMs } from '../../ground/replicas/store.ts'

/** Who works on runs together, on one store. */
export async function listReplicas({
  presence,
}: {
  presence: Presence | undefined
}): Promise<Static<typeof ReplicaList>> {
  const rows = (await presence?.list()) ?? []
  return {
    replicas: rows.map(({ id, instance, hostname, version, started_at, heartbeat_at, running, now }) => ({
      ...{ id, hostname, version },
      started_at: new Date(started_at).toISOString(),
      last_heartbeat_at: new Date(heartbeat_at).toISOString(),
      silent_ms: Math.max(now - heartbeat_at, 0),
      alive: now - heartbeat_at <= deadAfterMs,
      running_runs: running,
      self: instance === presence?.instance,
    })),
  }
}
