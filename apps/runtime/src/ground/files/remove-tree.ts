import { opendir, rmdir, unlink } from 'node:fs/promises'
import type { Folder } from './folder.ts'
import { holding } from './handles.ts'

/** Something may be put in while it is emptied. */
const mostTries = 20

/**
 * Removes what has a name in a folder, with everything below. Links are removed and never followed, and every folder on
 * the way down is held. Says whether there was anything.
 */
export async function removeTree(parent: Folder, name: string): Promise<boolean> {
  return holding(async (handles) => {
    const entry = handles.holdEntry(await parent.look(name))
    if (entry.kind === 'missing') return false
    await parent.confirm()
    if (entry.kind !== 'directory') {
      await unlink(parent.at(name)).catch(unlessGone)
      return true
    }
    for (let tries = 1; ; tries++) {
      await emptyFolder(entry.folder)
      try {
        await rmdir(parent.at(name))
        return true
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOENT') return true
        if (code !== 'ENOTEMPTY' || tries === mostTries) throw error
      }
    }
  })
}

async function emptyFolder(folder: Folder) {
  await folder.confirm()
  for await (const dirent of await opendir(folder.self, { bufferSize: 256 })) {
    await removeTree(folder, dirent.name)
  }
}

function unlessGone(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error
}
