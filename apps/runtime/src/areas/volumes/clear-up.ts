import { opendir } from 'node:fs/promises'
import { openFolder } from '../../ground/files/folder.ts'
import { holding } from '../../ground/files/handles.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import type { VolumeContext } from './context.ts'
import { findFolder, removeFolder } from './folders.ts'
import { ephemeralFolder, findDynamicRoot } from './layout.ts'
import { forgetMount } from './mount.ts'
import { deleteVolume, endedAmong, findVolume, forgetTree, hasTreeEnded, listEndedTrees, listOfTree } from './store.ts'
import { emptyTrash, type PurgeNote } from './trash.ts'

/** Removes what belongs to runs once they, and all that came of them, have ended. */
export class ClearUp {
  readonly #ctx: VolumeContext
  /** One at a time. */
  #work: Promise<void> = Promise.resolve()

  constructor(ctx: VolumeContext) {
    this.#ctx = ctx
  }

  /** Nobody waits for it: what is left is found again by `sweep`. */
  runEnded({ rootRunId }: { rootRunId: string }) {
    this.#next(async () => {
      if ((await listOfTree(this.#ctx.db.read, rootRunId)).length === 0) return
      if (await hasTreeEnded(this.#ctx.db, rootRunId)) await this.#purgeTree(rootRunId)
    })
  }

  /** What earlier processes did not come to. */
  sweep(): Promise<void> {
    this.#next(async () => {
      const { db, declared } = this.#ctx
      await this.#ctx.drafts.clearUp()
      for (const rootRunId of await listEndedTrees(db)) await this.#purgeTree(rootRunId)
      const root = findDynamicRoot(declared())
      if (!root) return
      // Those of runs nobody here has heard of are another runtime's.
      for (const rootRunId of await endedAmong(db, await foldersOfRuns(root.path))) await this.#purgeTree(rootRunId)
      await emptyTrash(root, this.#ctx.drafts.owner, (note) => this.#finish(note))
    })
    return this.done()
  }

  done(): Promise<void> {
    return this.#work
  }

  async #purgeTree(rootRunId: string) {
    const { db, declared } = this.#ctx
    const rows = await listOfTree(db.read, rootRunId)
    const root = findDynamicRoot(declared())
    if (root) await removeFolder(root, [ephemeralFolder, rootRunId], { forget: async () => {} })
    await db.transaction(async (tx) => {
      for (const row of rows) await forgetMount(tx, row)
    })
    await db.write([forgetTree(rootRunId)])
  }

  /** A purge whose files were put aside is done, though its process did not live to do the rest. */
  async #finish({ key, createdAt }: PurgeNote) {
    await this.#ctx.db.transaction(async (tx) => {
      const row = await findVolume(tx, key)
      if (row?.created_at !== createdAt) return
      await forgetMount(tx, row)
      await deleteVolume(tx, key)
    })
  }

  #next(work: () => Promise<void>) {
    this.#work = this.#work.then(work).catch((error: unknown) => report(this.#ctx.telemetry, 'volumes of runs', error))
  }
}

async function foldersOfRuns(path: string): Promise<string[]> {
  return holding(async (handles) => {
    const folder = await findFolder(handles.hold(await openFolder(path)), [ephemeralFolder], handles)
    if (!folder) return []
    const names: string[] = []
    for await (const dirent of await opendir(folder.self)) if (dirent.isDirectory()) names.push(dirent.name)
    return names
  })
}
