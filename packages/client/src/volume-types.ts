import type { CallOptions, KeyedCallOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** Whether what is in a volume may be changed. */
export type VolumeMode = 'ro' | 'rw'

/** A volume of the configuration, or one that was made at run time; `path` is empty for whoever may not know it. */
export type PersistentVolumeEntry = wire.VolumeEntry

/** Body of `GET /v1/_volumes`. */
export interface PersistentVolumesResponse {
  entries: PersistentVolumeEntry[]
}

/** A volume of a run. */
export type EphemeralVolumeEntry = wire.EphemeralVolume

/** Body of `GET /v1/_volumes/ephemeral`. */
export interface EphemeralVolumesResponse {
  entries: EphemeralVolumeEntry[]
}

/** Any op of VolumeDef. The ops in `VolumeDefOps` have exact types of their own. */
export type VolumeToolInput = {
  op: 'create' | 'fork' | 'get' | 'list' | 'promote' | 'retire' | 'rediscover' | 'verify' | 'delete' | 'purge'
  name?: string
  mode?: VolumeMode
  ephemeral?: boolean
  mount_at?: string
  [extra: string]: unknown
}

/** What an op of VolumeDef answers. */
export type VolumeToolResponse = unknown

/** How often a change counts. */
export interface VolumeCallOptions extends BrowseVolumesOptions, KeyedCallOptions {}

/** Whose volumes. */
export interface BrowseVolumesOptions extends CallOptions {
  /** Another tenant; for the operator. */
  tenant?: string
}

/** Which volume. */
export interface VolumeFilesOptions extends BrowseVolumesOptions {
  /** For a volume of a run. */
  rootRunId?: string
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** Which part of a file. */
export interface VolumeContentOptions extends BrowseVolumesOptions {
  /** For a volume of a run. */
  rootRunId?: string
  /** The first byte wanted. */
  offset?: number
  /** In bytes. */
  limit?: number
}
