import type { EphemeralVolume, VolumeEntry } from '@loomcycle/proto'
import type { Caller } from '../../tools/caller.ts'
import { maySeePaths, tenantFor } from './access.ts'
import type { VolumeContext } from './context.ts'
import { pathOf } from './layout.ts'
import { listEphemeral, listVolumes } from './store.ts'
import { keyOf } from './to-volume.ts'

/** The volumes there are: of the configuration, and of a tenant. */
export async function listEntries(ctx: VolumeContext, caller: Caller, tenant?: string): Promise<VolumeEntry[]> {
  const declared = ctx.declared()
  const showsPath = maySeePaths(caller)
  const made = await listVolumes(ctx.db.read, tenantFor(caller, tenant), '')
  return [
    ...declared.map(({ name, path, mode, isDefault, isDynamicRoot }) => ({
      ...{ name, source: 'static' as const, path: showsPath ? path : '', mode },
      ...{ default: isDefault, dynamic_root: isDynamicRoot },
    })),
    ...made.map((row) => ({
      ...{ name: row.name, source: 'dynamic' as const, path: showsPath ? pathOf(declared, keyOf(row)) : '' },
      ...{ mode: row.mode, default: false, dynamic_root: false },
      created_at: new Date(row.created_at).toISOString(),
    })),
  ]
}

export async function listOfRuns(ctx: VolumeContext, caller: Caller, tenant?: string): Promise<EphemeralVolume[]> {
  const rows = await listEphemeral(ctx.db.read, tenantFor(caller, tenant))
  return rows.map((row) => ({
    name: row.name,
    root_run_id: row.root_run_id,
    path: maySeePaths(caller) ? pathOf(ctx.declared(), keyOf(row)) : '',
    mode: row.mode,
    created_at: new Date(row.created_at).toISOString(),
  }))
}
