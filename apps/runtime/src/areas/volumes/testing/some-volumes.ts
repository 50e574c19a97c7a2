import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { DeclaredVolume } from '../../../ground/config/config.ts'
import { tempDir } from '../../../testing/temp-dir.ts'

/** A folder for the volumes that are made at run time. */
export function aDynamicRoot(): DeclaredVolume {
  return aDeclared({ name: 'made', isDynamicRoot: true })
}

/** A volume of the configuration, in a folder of its own. */
export function aDeclared(volume: Partial<DeclaredVolume> & { name: string }): DeclaredVolume {
  const path = join(realpathSync(tempDir()), volume.name)
  mkdirSync(path)
  return { path, mode: 'rw', isDefault: false, isDynamicRoot: false, ...volume }
}
