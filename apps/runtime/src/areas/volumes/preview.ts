import { RuntimeError, type VolumeContent, type VolumeFile } from '@loomcycle/proto'
import { afterCursor, type Listing, toPage } from '../../ground/cursor.ts'
import { type Listed, listFolder } from '../../ground/files/list-folder.ts'
import { joined, segmentsOf } from '../../ground/files/path.ts'
import { withOpenFile } from '../../ground/files/read-file.ts'
import { FileRefusal } from '../../ground/files/refusal.ts'
import { isBinary, textEnd } from '../../ground/files/text.ts'
import { isAdmin } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { OutsideCaller } from '../../tools/caller.ts'
import { tenantFor } from './access.ts'
import type { VolumeContext } from './context.ts'
import { inFolderOf, type Reachable } from './open-volume.ts'
import { findVolume } from './store.ts'

/** Which volume somebody looks into. */
export interface LookedAt {
  name: string
  root_run_id?: string | undefined
  tenant?: string | undefined
}

export async function listFiles(
  ctx: VolumeContext,
  caller: OutsideCaller,
  at: LookedAt,
  { path = '', limit = 200, cursor }: { path?: string; limit?: number; cursor?: string },
) {
  return inWords(async () => {
    const folder = segmentsOf(path)
    const listing: Listing = ['volume.files', { ...at, tenant: tenantFor(caller, at.tenant), path: joined(folder) }]
    const [isDirectory, name] = afterCursor(cursor, listing, 2) ?? []
    const after = name === undefined ? undefined : { name: String(name), isDirectory: isDirectory === 1 }
    const where = await find(ctx, caller, at)
    const page = { after, limit: limit + 1 }
    const { entries, isCut } = await inFolderOf(ctx.declared(), where, (root) => listFolder(root, joined(folder), page))
    const key = (one: Listed) => [one.kind === 'directory' ? 1 : 0, one.name] as const
    const { rows, next } = toPage(entries, limit, listing, key)
    const shown = rows.map((one) => toFile(one, folder))
    return { volume: at.name, path: folder.join('/'), entries: shown, ...(isCut ? { truncated: true } : {}), ...next }
  })
}

export async function readContent(
  ctx: VolumeContext,
  caller: OutsideCaller,
  at: LookedAt,
  { path, offset = 0, limit = 262_144 }: { path: string; offset?: number; limit?: number },
): Promise<VolumeContent> {
  return inWords(async () => {
    const where = await find(ctx, caller, at)
    return inFolderOf(ctx.declared(), where, (root) =>
      withOpenFile(root, path, async (handle, stats) => {
        const head = await handle.read(Buffer.alloc(8192), 0, 8192, 0)
        const isText = !isBinary(head.buffer.subarray(0, head.bytesRead))
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(limit), 0, limit, offset)
        const read = buffer.subarray(0, bytesRead)
        const isLast = offset + bytesRead >= stats.size
        // A character is not shown in halves.
        const bytes = isText && !isLast ? read.subarray(0, textEnd(read)) : read
        return {
          ...{ volume: at.name, path: segmentsOf(path).join('/'), bytes: stats.size },
          modified_at: stats.mtime.toISOString(),
          encoding: isText ? ('utf-8' as const) : ('base64' as const),
          content: bytes.toString(isText ? 'utf-8' : 'base64'),
          offset,
          ...(isLast ? {} : { next_offset: offset + bytes.length }),
        }
      }),
    )
  })
}

/** What is in a volume of the configuration is no tenant's own: it is shown to the operator. */
async function find(
  { db, declared }: VolumeContext,
  caller: OutsideCaller,
  { name, root_run_id: rootRunId = '', tenant }: LookedAt,
): Promise<Reachable['where']> {
  const volume = rootRunId ? undefined : declared().find((one) => one.name === name)
  if (volume && isAdmin(caller.principal)) return { path: volume.path }
  if (volume) {
    throw new RuntimeError(
      'insufficient_scope',
      `the files of "${name}" are shown to the operator of the runtime alone`,
    )
  }
  const key = { tenantId: tenantFor(caller, tenant), rootRunId, name }
  if (await findVolume(db.read, key)) return key
  throw new RuntimeError('not_found', `there is no volume "${name}"`)
}

function toFile({ name, kind, stats }: Listed, folder: readonly string[]): VolumeFile {
  return {
    ...{ name, path: [...folder, name].join('/'), kind },
    ...(kind === 'file' ? { bytes: stats.size } : {}),
    modified_at: stats.mtime.toISOString(),
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    const isMissing = error instanceof FileRefusal ? error.reason === 'missing' : true
    throw new RuntimeError(isMissing ? 'not_found' : 'invalid_request', error.message)
  }
}
