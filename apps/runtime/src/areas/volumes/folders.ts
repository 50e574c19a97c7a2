import { rename, writeFile } from 'node:fs/promises'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { type Folder, openFolder } from '../../ground/files/folder.ts'
import { type Handles, holding } from '../../ground/files/handles.ts'
import { FileRefusal } from '../../ground/files/refusal.ts'
import { removeTree } from '../../ground/files/remove-tree.ts'
import { makeFolderIn } from '../../ground/files/replace-file.ts'
import { newTraceId } from '../../ground/ids.ts'
import { noteOf, trashFolder } from './layout.ts'

/**
 * The folders of volumes, reached from the dynamic root by their names, one at a time and never through a link: what is
 * not a folder itself is refused, so nothing outside of the root can be meant.
 */
export async function makeFolders({ path }: DeclaredVolume, names: readonly string[]): Promise<void> {
  await holding(async (handles) => {
    let folder = handles.hold(await openFolder(path))
    for (const name of names) folder = await makeFolderIn(folder, name, handles)
  })
}

/** Undefined where one of them is missing. */
export async function findFolder(
  from: Folder,
  names: readonly string[],
  handles: Handles,
): Promise<Folder | undefined> {
  let folder = from
  for (const name of names) {
    const entry = handles.holdEntry(await folder.look(name))
    if (entry.kind === 'missing') return undefined
    if (entry.kind !== 'directory') throw notAFolder(name)
    folder = entry.folder
  }
  return folder
}

/** What is to be done once nobody finds the files any more. */
interface Forgetting<T> {
  /** Lies with the files until they are gone: what a crash has cut off is finished by it. */
  note?: string | undefined
  /** Where it fails, the files are put back. */
  forget(wereThere: boolean): Promise<T>
}

/**
 * Removes one folder for good. It is put aside first, in one step, so that whoever makes one of its name gets an empty
 * one, and what a crash leaves is found in the trash.
 */
export async function removeFolder<T>(
  { path }: DeclaredVolume,
  names: readonly [string, ...string[]],
  { note, forget }: Forgetting<T>,
): Promise<T> {
  return holding(async (handles) => {
    const root = handles.hold(await openFolder(path))
    const parent = await findFolder(root, names.slice(0, -1), handles)
    const name = names.at(-1)!
    const entry = parent && handles.holdEntry(await parent.look(name))
    if (!parent || !entry || entry.kind === 'missing') return forget(false)
    if (entry.kind !== 'directory') throw notAFolder(name)
    const trash = await makeFolderIn(root, trashFolder, handles)
    const aside = newTraceId()
    if (note !== undefined) await writeFile(trash.at(noteOf(aside)), note, { flag: 'wx' })
    let answer: T
    try {
      await parent.confirm()
      await rename(parent.at(name), trash.at(aside))
    } catch (error) {
      // Nothing can be put aside on another disk.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
      await removeTree(parent, name)
      return forget(true)
    }
    try {
      answer = await forget(true)
    } catch (error) {
      await rename(trash.at(aside), parent.at(name))
      throw error
    }
    await removeTree(trash, aside)
    if (note !== undefined) await removeTree(trash, noteOf(aside))
    return answer
  })
}

function notAFolder(name: string) {
  return new FileRefusal(
    'kind',
    `${name}, where the files of volumes are, is not a folder: somebody has put something else in its place`,
  )
}
