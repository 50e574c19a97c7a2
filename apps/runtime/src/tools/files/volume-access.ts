import type { Root } from '../../ground/files/walk.ts'
import type { ToolCaller } from '../tool.ts'

/** A volume that a run may reach, held while a call works in it. */
export interface OpenVolume {
  name: string
  mode: 'rw' | 'ro'
  root: Root
}

/** How tools get at the volumes of the run that calls them. */
export interface VolumeAccess {
  /**
   * Works in the volume that is meant: the named one, or without a name the default one or the only one. Throws, in
   * words, where the run has no such volume.
   */
  inVolume<T>(caller: ToolCaller, name: string | undefined, work: (volume: OpenVolume) => Promise<T>): Promise<T>
}
