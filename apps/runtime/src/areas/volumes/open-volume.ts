import { realpath } from 'node:fs/promises'
import type { RunVolumes } from '../../engine/runs/bind-volumes.ts'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { openFolder } from '../../ground/files/folder.ts'
import { holding } from '../../ground/files/handles.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { OpenVolume, VolumeAccess } from '../../tools/files/volume-access.ts'
import type { ToolCaller } from '../../tools/tool.ts'
import type { VolumeContext } from './context.ts'
import { findFolder } from './folders.ts'
import { dynamicRoot, foldersOf, pathOf } from './layout.ts'
import { listVolumes, type VolumeKey, type VolumeRow } from './store.ts'
import { keyOf } from './to-volume.ts'

/** A volume that a run has. */
export interface Reachable {
  name: string
  mode: 'rw' | 'ro'
  isDefault: boolean
  where: { path: string } | VolumeKey
}

const nothing: RunVolumes = { granted: [], readOnly: [] }

/** All the volumes a run may reach now: those it was granted, as far as there are such, and those of its tree. */
export async function reachable(
  { db }: Pick<VolumeContext, 'db'>,
  { tenantId, run }: Pick<ToolCaller, 'tenantId' | 'run'>,
): Promise<Reachable[]> {
  const { granted, readOnly } = run.options.volumes ?? nothing
  const made = granted.some(({ declared }) => !declared) ? await listVolumes(db.read, tenantId, '') : []
  const ofTree = await listVolumes(db.read, tenantId, run.rootId)
  const fromRow = (row: VolumeRow): Reachable => ({
    ...{ name: row.name, isDefault: false, where: keyOf(row) },
    mode: readOnly.includes(row.name) ? 'ro' : row.mode,
  })
  const ofTreeNames = new Set(ofTree.map(({ name }) => name))
  const others = granted
    .filter(({ name }) => !ofTreeNames.has(name))
    .flatMap(({ name, declared }): Reachable[] => {
      if (!declared) return made.filter((row) => row.name === name).map(fromRow)
      const mode = readOnly.includes(name) ? 'ro' : declared.mode
      return [{ name, mode, isDefault: declared.isDefault, where: { path: declared.path } }]
    })
  return [...others, ...ofTree.map(fromRow)]
}

export function createVolumeAccess(ctx: VolumeContext): VolumeAccess {
  return {
    async inVolume(caller, name, work) {
      const volume = choose(await reachable(ctx, caller), name)
      return inFolderOf(ctx.declared(), volume.where, (root) =>
        work({ name: volume.name, mode: volume.mode, root: { ...root, drafts: ctx.drafts } } satisfies OpenVolume),
      )
    },
  }
}

/** Works in the folder of a volume, which is held meanwhile. */
export async function inFolderOf<T>(
  declared: readonly DeclaredVolume[],
  where: Reachable['where'],
  work: (root: OpenVolume['root']) => Promise<T>,
): Promise<T> {
  return holding(async (handles) => {
    if ('path' in where) {
      const folder = handles.hold(await openFolder(where.path).catch(unreachable))
      return work({ folder, path: where.path })
    }
    const root = dynamicRoot(declared)
    const top = handles.hold(await openFolder(root.path).catch(unreachable))
    const folder = await findFolder(top, foldersOf(where), handles)
    if (!folder) throw new ToolError(`the files of the volume "${where.name}" are gone; make it anew`)
    return work({ folder, path: pathOf([{ ...root, path: await realpath(root.path) }], where) })
  })
}

function unreachable(): never {
  throw new ToolError('the folder of the volume cannot be opened; its operator has to see to it')
}

function choose(volumes: readonly Reachable[], name: string | undefined): Reachable {
  if (volumes.length === 0) {
    throw new ToolError(
      'this agent has no volume, so there are no files that it can reach; its setting `volumes` names those it may',
    )
  }
  const there = `it has ${volumes.map(inWords).join(', ')}`
  if (name !== undefined) {
    const named = volumes.find((volume) => volume.name === name)
    if (named) return named
    throw new ToolError(`this agent has no volume "${name}"; ${there}`)
  }
  const chosen = volumes.find(({ isDefault }) => isDefault) ?? (volumes.length === 1 ? volumes[0] : undefined)
  if (chosen) return chosen
  throw new ToolError(`say which volume is meant, with "volume": ${there}`)
}

function inWords({ name, mode, isDefault }: Reachable): string {
  return `${name} (${mode === 'ro' ? 'may only be read' : 'may be read and written'}${isDefault ? ', the default' : ''})`
}
