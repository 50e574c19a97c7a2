import { toast } from '../../lib/toast.ts'
import { askFamily, type Family, refreshDefinitions, type Version } from './queries.ts'

/** Whatever begins from now on uses this version; the one before can be had back. */
export async function promote(family: Family, version: Version, before: string | undefined): Promise<void> {
  const { def_id } = version
  await attempt('That version could not be put to use', async () => {
    await askFamily(family, { op: 'promote', def_id })
    await refreshDefinitions(family)
    toast.withUndo(`Version ${version.version} is in use`, () => {
      if (!before) return void retire(family, version, true)
      void attempt('The version before could not be put to use again', async () => {
        await askFamily(family, { op: 'promote', def_id: before })
        await refreshDefinitions(family)
      })
    })
  })
}

/** Takes a version out of use, or back into it. */
export async function retire(family: Family, version: Version, retired: boolean): Promise<void> {
  await attempt(retired ? 'That version could not be retired' : 'That version could not be brought back', async () => {
    await askFamily(family, { op: 'retire', def_id: version.def_id, retired })
    await refreshDefinitions(family)
    const what = `Version ${version.version} ${retired ? 'is retired' : 'is back'}`
    toast.withUndo(what, () => void retire(family, version, !retired))
  })
}

async function attempt(failed: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error) => toast.error(failed, error))
}
