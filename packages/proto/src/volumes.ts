import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { op, opSet } from './op.ts'
import { Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

export const volumeModes = ['rw', 'ro'] as const
export type VolumeMode = (typeof volumeModes)[number]

export const volumeNamePattern = '^[a-z0-9][a-z0-9_-]{0,63}$'

const Name = Type.String({
  pattern: volumeNamePattern,
  description: 'Lower-case letters, digits, _ and -; at most 64, and the first a letter or a digit.',
})
const mode = oneOf(volumeModes, 'Whether what is in it may be changed.')
const path = Text('Where it is on the runtime’s machine; empty for whoever may not know.')

export const Volume = object('Volume', {
  name: Text(),
  path,
  mode,
  ephemeral: optional(Bool('It goes when the run that made it, and all that came of it, has ended.')),
  mount_at: optional(Text('Its name in Path.')),
  created_at: Time(),
  updated_at: Time(),
})
export type Volume = Of<typeof Volume>

const VolumeRemoval = (title: string) =>
  object(title, { name: Text(), deleted: Bool('Whether there was one.'), files_removed: Bool() })

export const volumeOps = opSet({
  tool: 'VolumeDef',
  description: 'Make and remove volumes: folders for files, which the file tools and shells take by name.',
  access: 'substrate:tenant',
  http: { path: '/v1/_volumedef' },
  ops: {
    create: op({
      name: 'create',
      description:
        'Make a volume, empty unless one of that name was deleted and its files kept. One that is ephemeral belongs to this run and the agents it starts, who all have it at once.',
      idempotent: false,
      effect: 'changes',
      input: object('VolumeCreateInput', {
        name: Name,
        mode: optional(oneOf(volumeModes, 'Whether its files may be changed; rw unless given.')),
        ephemeral: optional(Bool('Only an agent can make such a one, for its run.')),
        mount_at: optional(Text('Also give it a name in Path, e.g. /work/repo.')),
        mount_scope: optional(oneOf(['agent', 'user', 'tenant'], 'In whose tree that name is; agent unless given.')),
      }),
      output: Volume,
    }),
    get: op({
      name: 'get',
      description: 'One volume that was made at run time.',
      idempotent: true,
      effect: 'reads',
      input: object('VolumeGetInput', { name: Name }),
      output: Volume,
    }),
    list: op({
      name: 'list',
      description: 'The volumes that were made at run time, by name.',
      idempotent: true,
      effect: 'reads',
      input: object('VolumeListInput', {}),
      output: object('VolumeListOutput', { volumes: Type.Array(Volume) }),
    }),
    delete: op({
      name: 'delete',
      description: 'Remove a volume, and keep its files: a new one of its name has them.',
      idempotent: true,
      effect: 'changes',
      input: object('VolumeDeleteInput', { name: Name }),
      output: VolumeRemoval('VolumeDeleteOutput'),
    }),
    purge: op({
      name: 'purge',
      description: 'Remove a volume with all its files, for good.',
      idempotent: true,
      effect: 'changes',
      input: object('VolumePurgeInput', { name: Name }),
      output: VolumeRemoval('VolumePurgeOutput'),
    }),
  },
})

export const mostFilesListed = 1000
export const mostContentBytes = 1024 * 1024

const tenant = optional(Text('Another tenant than one’s own; for admins.'))
const VolumesQuery = object('VolumesQuery', { tenant })
const root_run_id = optional(Text('For an ephemeral volume: the run it belongs to.'))

export const VolumeEntry = object('VolumeEntry', {
  name: Text(),
  source: oneOf(['static', 'dynamic'], 'Of the configuration, or made at run time.'),
  path,
  mode,
  default: Bool('Paths without a volume are in this one.'),
  dynamic_root: Bool('Volumes that are made at run time are folders in it.'),
  created_at: optional(Time()),
})
export type VolumeEntry = Of<typeof VolumeEntry>

export const EphemeralVolume = object('EphemeralVolume', {
  name: Text(),
  root_run_id: Text(),
  path,
  mode,
  created_at: Time(),
})
export type EphemeralVolume = Of<typeof EphemeralVolume>

export const fileKinds = ['directory', 'file', 'link', 'other'] as const

export const VolumeFile = object('VolumeFile', {
  name: Text(),
  path: Text('In the volume.'),
  kind: oneOf(fileKinds, '`other`: a device, a pipe or a socket, which is never read.'),
  bytes: optional(Int('Of a file.')),
  modified_at: optional(Time()),
})
export type VolumeFile = Of<typeof VolumeFile>

export const VolumeContent = object('VolumeContent', {
  volume: Text(),
  path: Text(),
  bytes: Int('Of the whole file.'),
  modified_at: Time(),
  encoding: oneOf(['utf-8', 'base64'], 'What `content` is; files that are no text are base64.'),
  content: Text(),
  offset: Int('The first byte that is shown.'),
  next_offset: optional(Int('There is more; ask with it as `offset`.')),
})
export type VolumeContent = Of<typeof VolumeContent>

/** What there is of folders for files, and what is in them. */
export const volumeEndpoints = {
  listVolumes: endpoint({
    method: 'GET',
    path: '/v1/_volumes',
    summary: 'The volumes there are, of the configuration and made at run time',
    access: 'substrate:tenant',
    query: VolumesQuery,
    result: object('VolumeEntries', { entries: Type.Array(VolumeEntry) }),
    errors: ['invalid_request'],
    envelope: 'json',
  }),
  listEphemeralVolumes: endpoint({
    method: 'GET',
    path: '/v1/_volumes/ephemeral',
    summary: 'The volumes that belong to runs',
    access: 'substrate:tenant',
    query: VolumesQuery,
    result: object('EphemeralVolumes', { entries: Type.Array(EphemeralVolume) }),
    errors: ['invalid_request'],
    envelope: 'json',
  }),
  listVolumeFiles: endpoint({
    method: 'GET',
    path: '/v1/_volumes/{name}/files',
    summary: 'What is in a folder of a volume, by name; directories first',
    access: 'substrate:tenant',
    query: object('VolumeFilesQuery', {
      path: optional(Text('Of the folder, in the volume; its root unless given.')),
      limit: optional(Type.Integer({ minimum: 1, maximum: mostFilesListed, default: 200 })),
      cursor,
      root_run_id,
      tenant,
    }),
    result: object('VolumeFiles', {
      volume: Text(),
      path: Text(),
      entries: Type.Array(VolumeFile),
      truncated: optional(Bool('The folder has more than are looked through.')),
      next_cursor,
    }),
    errors: ['invalid_request', 'invalid_cursor', 'not_found'],
    envelope: 'json',
  }),
  getVolumeContent: endpoint({
    method: 'GET',
    path: '/v1/_volumes/{name}/content',
    summary: 'What is in a file of a volume, a part at a time',
    access: 'substrate:tenant',
    query: object('VolumeContentQuery', {
      path: Text('Of the file, in the volume.'),
      offset: optional(Type.Integer({ minimum: 0, description: 'The first byte wanted.' })),
      limit: optional(
        Type.Integer({ minimum: 1, maximum: mostContentBytes, default: 262_144, description: 'In bytes.' }),
      ),
      root_run_id,
      tenant,
    }),
    result: VolumeContent,
    errors: ['invalid_request', 'not_found'],
    envelope: 'json',
  }),
}
