import type { Volume } from '@loomcycle/proto'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { pathOf } from './layout.ts'
import type { VolumeKey, VolumeRow } from './store.ts'

export function keyOf({ tenant_id, root_run_id, name }: VolumeRow): VolumeKey {
  return { tenantId: tenant_id, rootRunId: root_run_id, name }
}

export function toVolume(row: VolumeRow, declared: readonly DeclaredVolume[], showsPath: boolean): Volume {
  const mount = row.mount === null ? undefined : (JSON.parse(row.mount) as { path: string })
  return {
    name: row.name,
    path: showsPath ? pathOf(declared, keyOf(row)) : '',
    mode: row.mode,
    ...(row.root_run_id ? { ephemeral: true } : {}),
    ...(mount ? { mount_at: mount.path } : {}),
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  }
}
