import { realpathSync, statSync } from 'node:fs'
import { type AgentDefinition, ConfigError, type DeclaredVolume } from './config.ts'
import type { ConfigFile } from './config-file.ts'
import { volumeReference } from './volume-reference.ts'

/** Their paths are absolute already, and have been looked at where the file is known that names them. */
export function resolveVolumes({ volumes = {} }: ConfigFile): DeclaredVolume[] {
  const resolved = Object.entries(volumes).map(
    ([name, { path, mode = 'ro', default: isDefault = false, dynamic_root: isDynamicRoot = false }]) => {
      if (path === undefined) throw new ConfigError(`volumes.${name}.path is missing; name a folder.`)
      return { name, path, mode, isDefault, isDynamicRoot }
    },
  )
  atMostOne(resolved, 'isDefault', 'default')
  atMostOne(resolved, 'isDynamicRoot', 'dynamic_root')
  return resolved
}

function atMostOne(volumes: readonly DeclaredVolume[], is: 'isDefault' | 'isDynamicRoot', key: string) {
  const [first, second] = volumes.filter((volume) => volume[is])
  if (!second) return
  throw new ConfigError(`volumes.${first!.name} and volumes.${second.name} both say ${key}; only one may.`)
}

/** Without symbolic links; or what is wrong with it, as the end of a sentence. */
export function folderAt(path: string): { folder: string } | { problem: string } {
  try {
    const folder = realpathSync(path)
    return statSync(folder).isDirectory() ? { folder } : { problem: `names ${path}, which is no folder` }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist; make it, or correct the path' : `cannot be reached (${code})`
    return { problem: `names ${path}, which ${why}` }
  }
}

/** Volumes may be made at run time, so this is nothing to refuse a start for. */
export function volumeWarnings({ name, volumes = [] }: AgentDefinition, declared: readonly DeclaredVolume[]): string[] {
  return volumes
    .map((volume) => volumeReference(volume).name)
    .filter((volume) => !declared.some((one) => one.name === volume))
    .map((volume) => `Agent ${name} may reach the volume ${volume}, and the configuration declares none of that name.`)
}
