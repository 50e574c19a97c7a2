import { opendir, rename, rmdir, unlink } from 'node:fs/promises'
import { newDraftName } from './draft-name.ts'
import type { Folder } from './folder.ts'
import { holding } from './handles.ts'

/** Something may be put in while it is emptied. */
const mostTries = 20
/** So many folders are held at once; what is below is put aside and comes later. */
const deepest = 50

/**
 * Removes what has a name in a folder, with everything below. Links are removed and never followed, and every folder on
 * the way down is held. Says whether there was anything.
 */
export async function removeTree(parent: Folder, name: string): Promise<boolean> {
  const aside = [name]
  let isFirst = true
  let wasThere = false
  for (let next = aside.pop(); next !== undefined; next = aside.pop()) {
    const isRemoved = await remove(parent, next, { top: parent, aside, depth: 0 })
    if (isFirst) wasThere = isRemoved
    isFirst = false
  }
  return wasThere
}

interface Way {
  top: Folder
  /** What was put aside in it. */
  aside: string[]
  depth: number
}

async function remove(parent: Folder, name: string, way: Way): Promise<boolean> {
  return holding(async (handles) => {
    const entry = handles.holdEntry(await parent.look(name))
    if (entry.kind === 'missing') return false
    await parent.confirm()
    if (entry.kind !== 'directory') await unlink(parent.at(name)).catch(unlessGone)
    else if (way.depth === deepest) await putAside(parent, name, way)
    else await removeFolder(parent, name, entry.folder, way)
    return true
  })
}

async function removeFolder(parent: Folder, name: string, folder: Folder, way: Way) {
  for (let tries = 1; ; tries++) {
    await folder.confirm()
    for await (const dirent of await opendir(folder.self, { bufferSize: 256 })) {
      // Unlinking follows nothing and takes no folder, so what has come in its place meanwhile is looked at.
      const isGone = !dirent.isDirectory() && (await unlink(folder.at(dirent.name)).then(yes, no))
      if (!isGone) await remove(folder, dirent.name, { ...way, depth: way.depth + 1 })
    }
    try {
      return await rmdir(parent.at(name))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return
      if (code !== 'ENOTEMPTY' || tries === mostTries) throw error
    }
  }
}

async function putAside(parent: Folder, name: string, { top, aside }: Way) {
  const other = newDraftName()
  await rename(parent.at(name), top.at(other))
  aside.push(other)
}

const yes = () => true
const no = () => false

function unlessGone(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error
}
