import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { VolumeKey } from './store.ts'

/** Beside the folders of tenants, which never begin with an underscore. */
export const ephemeralFolder = '_ephemeral'
export const trashFolder = '_trash'
/** Beside what was put aside there. */
export const noteOf = (aside: string) => `${aside}.json`

/** Where the volumes that are made at run time are. */
export function dynamicRoot(declared: readonly DeclaredVolume[]): DeclaredVolume {
  const root = findDynamicRoot(declared)
  if (root) return root
  throw new ToolError(
    'no volumes can be made in this runtime: none in its configuration is the dynamic_root that they would be folders of',
  )
}

export function findDynamicRoot(declared: readonly DeclaredVolume[]): DeclaredVolume | undefined {
  return declared.find(({ isDynamicRoot }) => isDynamicRoot)
}

/**
 * The folders on the way to a volume's files, from the dynamic root. It is always made of what the volume is called and
 * whose it is, and read from nowhere.
 */
export function foldersOf({ tenantId, rootRunId, name }: VolumeKey): [string, ...string[]] {
  return rootRunId ? [ephemeralFolder, checked(rootRunId), checked(name)] : [tenantFolder(tenantId), checked(name)]
}

export function pathOf(declared: readonly DeclaredVolume[], key: VolumeKey): string {
  const root = findDynamicRoot(declared)
  return root ? join(root.path, ...foldersOf(key)) : ''
}

/** Whatever a tenant is called, it has one folder of its own, also where case makes no difference. */
function tenantFolder(tenantId: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(tenantId)) return tenantId
  return `~${createHash('sha256').update(tenantId).digest('hex').slice(0, 40)}`
}

function checked(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) return name
  throw new ToolError(`"${name}" cannot be the name of a folder`)
}
