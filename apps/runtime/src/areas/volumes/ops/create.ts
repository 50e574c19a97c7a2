import { RuntimeError } from '@loomcycle/proto'
import { UniqueError } from '../../../ground/db/errors.ts'
import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { nameResource } from '../../paths/names.ts'
import { maySeePaths, requireMayDefine, tenantFor } from '../access.ts'
import type { VolumeContext, VolumeOp } from '../context.ts'
import { makeFolders } from '../folders.ts'
import { dynamicRoot, foldersOf } from '../layout.ts'
import { mountOf, mountPlace } from '../mount.ts'
import { countVolumes, findVolume, insertVolume, type VolumeKey, type VolumeRow } from '../store.ts'
import { toVolume } from '../to-volume.ts'

const mostOfTenant = 1000
const mostOfTree = 32

export function createVolume({ db, clock, declared }: VolumeContext): VolumeOp<'create'> {
  return async (caller, { name, mode = 'rw', ephemeral = false, mount_at, mount_scope = 'agent' }) => {
    requireMayDefine(caller, name)
    const root = dynamicRoot(declared())
    const key: VolumeKey = { tenantId: tenantFor(caller), rootRunId: ephemeral ? rootRunOf(caller) : '', name }
    if (declared().some((one) => one.name === name)) {
      throw new ToolError(`"${name}" is a volume of the configuration; take another name`)
    }
    if (ephemeral) requireNewName(caller, name)
    const place = mount_at === undefined ? undefined : mountPlace(caller, key, mount_scope)
    // The folder first: a row whose folder is missing would be a volume that nobody can use.
    await makeFolders(root, foldersOf(key))
    const now = clock.now()
    try {
      return await db.transaction(async (tx) => {
        if (await findVolume(tx, key)) throw exists(name)
        await requireRoom(await countVolumes(tx, key.tenantId, key.rootRunId), ephemeral)
        const path = place && (await nameResource(tx, place, mount_at!, mountOf(key), now))
        const row: VolumeRow = {
          ...{ tenant_id: key.tenantId, root_run_id: key.rootRunId, name, mode },
          mount: place ? JSON.stringify({ place, path }) : null,
          created_by: JSON.stringify(caller.actor),
          ...{ created_at: now, updated_at: now },
        }
        await insertVolume(tx, row)
        const answer = toVolume(row, declared(), maySeePaths(caller))
        await keepAnswer(tx, caller.keyed, answer, now)
        return answer
      })
    } catch (error) {
      throw error instanceof UniqueError ? exists(name) : error
    }
  }
}

function rootRunOf({ run }: Caller): string {
  if (run) return run.rootId
  throw new ToolError('an ephemeral volume belongs to a run, so only an agent can make one, with its tool')
}

/** One that has the name already would be hidden. */
function requireNewName({ run }: Caller, name: string) {
  if (run?.options.volumes?.granted.some((grant) => grant.name === name)) throw exists(name)
}

function requireRoom(count: number, ephemeral: boolean) {
  const most = ephemeral ? mostOfTree : mostOfTenant
  if (count < most) return
  throw new RuntimeError(
    'quota_exceeded',
    `there are ${most} volumes already, which is as many as ${ephemeral ? 'a run and all that came of it' : 'a tenant'} may have; remove one first`,
  )
}

function exists(name: string) {
  return new ToolError(`there is a volume "${name}" already`)
}
