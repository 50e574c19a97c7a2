import { type Http, keyed, path as pathOf } from '../http.ts'
import type {
  BrowseVolumesOptions,
  EphemeralVolumesResponse,
  PersistentVolumesResponse,
  VolumeCallOptions,
  VolumeContentOptions,
  VolumeFilesOptions,
  VolumeToolInput,
} from '../volume-types.ts'
import type { VolumeContent, VolumeFiles } from '../wire.gen.ts'

export async function volumeDef(http: Http, input: VolumeToolInput, opts: VolumeCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_volumedef', input, { query: { tenant: opts.tenant }, ...keyed(opts) })
}

export async function listVolumes(http: Http, opts: BrowseVolumesOptions = {}): Promise<PersistentVolumesResponse> {
  return http.get('/v1/_volumes', { query: { tenant: opts.tenant }, signal: opts.signal })
}

export async function listEphemeralVolumes(
  http: Http,
  opts: BrowseVolumesOptions = {},
): Promise<EphemeralVolumesResponse> {
  return http.get('/v1/_volumes/ephemeral', { query: { tenant: opts.tenant }, signal: opts.signal })
}

export async function listVolumeFiles(
  http: Http,
  volume: string,
  path: string,
  { rootRunId, limit, cursor, tenant, signal }: VolumeFilesOptions = {},
): Promise<VolumeFiles> {
  const query = { path, limit, cursor, root_run_id: rootRunId, tenant }
  return http.get(pathOf`/v1/_volumes/${volume}/files`, { query, signal })
}

export async function getVolumeContent(
  http: Http,
  volume: string,
  path: string,
  { rootRunId, offset, limit, tenant, signal }: VolumeContentOptions = {},
): Promise<VolumeContent> {
  const query = { path, offset, limit, root_run_id: rootRunId, tenant }
  return http.get(pathOf`/v1/_volumes/${volume}/content`, { query, signal })
}
