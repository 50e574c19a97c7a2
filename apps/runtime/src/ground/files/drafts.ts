import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { draftPrefix, newDraftName } from './draft-name.ts'
import { openFolder } from './folder.ts'
import { holding } from './handles.ts'
import { removeTree } from './remove-tree.ts'
import { walk } from './walk.ts'

/** Where a draft is: a volume's folder on the machine, and the names below it. */
interface Place {
  root: string
  path: readonly string[]
}

/**
 * Says where there are drafts, a note each in a folder of its own: there before the draft is, and gone after it. So those
 * of a process that was killed are found again, wherever they are, and nothing has to be searched.
 */
export class Drafts {
  readonly folder: string
  /** Which are this process's. */
  readonly owner: string

  constructor(folder: string, owner = randomBytes(4).toString('hex')) {
    this.folder = folder
    this.owner = owner
  }

  /** Works under a name for a draft in that place. */
  async noted<T>(place: Place, work: (draft: string) => Promise<T>): Promise<T> {
    const draft = newDraftName(`${this.owner}-`)
    await this.#note(draft, JSON.stringify(place))
    try {
      return await work(draft)
    } finally {
      await this.#forget(draft)
    }
  }

  /** Removes the drafts of earlier processes. Those of a folder that cannot be reached now are looked for again. */
  async clearUp(): Promise<void> {
    const notes = await readdir(this.folder).catch(() => [])
    for (const draft of notes) {
      const isOwn = draft.startsWith(`${draftPrefix}${this.owner}-`)
      if (isOwn || !draft.startsWith(draftPrefix)) continue
      const place = placeIn(await readFile(join(this.folder, draft), 'utf8'))
      // A note that was not finished is one whose draft was not begun.
      if (!place || (await isRemoved(place, draft))) await this.#forget(draft)
    }
  }

  async #note(draft: string, text: string): Promise<void> {
    const file = join(this.folder, draft)
    await writeFile(file, text).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(file, text)
    })
  }

  async #forget(draft: string): Promise<void> {
    await unlink(join(this.folder, draft)).catch(() => {})
  }
}

function placeIn(text: string): Place | undefined {
  try {
    return JSON.parse(text) as Place
  } catch {
    return undefined
  }
}

async function isRemoved({ root, path }: Place, draft: string): Promise<boolean> {
  try {
    await holding(async (handles) => {
      const folder = handles.hold(await openFolder(root))
      const { entry } = await walk({ folder, path: root }, path, handles)
      if (entry.kind === 'directory') await removeTree(entry.folder, draft)
    })
    return true
  } catch {
    return false
  }
}
