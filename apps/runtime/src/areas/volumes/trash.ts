import { readdir, readFile, rmdir } from 'node:fs/promises'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { type Folder, openFolder } from '../../ground/files/folder.ts'
import { holding } from '../../ground/files/handles.ts'
import { removeTree } from '../../ground/files/remove-tree.ts'
import { findFolder } from './folders.ts'
import { noteOf, trashFolder } from './layout.ts'
import type { VolumeKey, VolumeRow } from './store.ts'
import { keyOf } from './to-volume.ts'

/** Which volume lies in the trash, and who is at removing it. */
export interface PurgeNote {
  key: VolumeKey
  /** One that is made later under the same name is another one. */
  createdAt: number
  owner: string
}

export function purgeNote(row: VolumeRow, owner: string): string {
  return JSON.stringify({ key: keyOf(row), createdAt: row.created_at, owner } satisfies PurgeNote)
}

/** Empties it of what a crash has left in the middle of its removal; what volumes that was is for `forget` to see to, first. */
export async function emptyTrash(
  { path }: DeclaredVolume,
  owner: string,
  forget: (note: PurgeNote) => Promise<void>,
): Promise<void> {
  await holding(async (handles) => {
    const root = handles.hold(await openFolder(path))
    const trash = await findFolder(root, [trashFolder], handles)
    if (!trash) return
    const names = new Set(await readdir(trash.self))
    for (const name of names) {
      if (names.has(noteOf(name))) continue
      // A note comes before what it is about, and goes after it.
      if (!name.endsWith(noteOf(''))) await removeTree(trash, name)
    }
    for (const name of [...names].filter((one) => one.endsWith(noteOf('')))) {
      const note = await noteIn(trash, name)
      if (note?.owner === owner) continue
      const aside = name.slice(0, -noteOf('').length)
      if (note && names.has(aside)) await forget(note)
      await removeTree(trash, aside)
      await removeTree(trash, name)
    }
    await rmdir(root.at(trashFolder)).catch(() => {})
  })
}

async function noteIn(trash: Folder, name: string): Promise<PurgeNote | undefined> {
  try {
    return JSON.parse(await readFile(trash.at(name), 'utf8')) as PurgeNote
  } catch {
    // It was not finished, so nothing was put aside.
    return undefined
  }
}
