import type { Stats } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { nextSlice } from '../in-slices.ts'
import { draftPrefix } from './draft-name.ts'
import type { Entry, Folder } from './folder.ts'
import { holding } from './handles.ts'
import { segmentsOf, shown } from './path.ts'
import { FileRefusal, refusalOf } from './refusal.ts'
import { type Root, walk } from './walk.ts'

export interface Listed {
  name: string
  kind: 'directory' | 'file' | 'link' | 'other'
  stats: Stats
}

/** So many names of one folder are looked through. */
const mostNames = 1_000_000

interface Name {
  name: string
  isDirectory: boolean
}

/** A page of what is in a folder: its folders, then everything else, each by name. */
export async function listFolder(
  root: Root,
  path: string,
  { after, limit }: { after?: Name | undefined; limit: number },
): Promise<{ entries: Listed[]; isCut: boolean }> {
  try {
    return await holding(async (handles) => {
      const { entry } = await walk(root, segmentsOf(path), handles)
      if (entry.kind === 'missing') throw new FileRefusal('missing', `there is no folder ${shown(path)}`)
      if (entry.kind !== 'directory') throw new FileRefusal('kind', `${shown(path)} is not a folder`)
      const { names, isCut } = await firstNames(entry.folder, after, limit)
      const entries: Listed[] = []
      for (const { name } of names) {
        const listed = await look(entry.folder, name)
        if (listed) entries.push(listed)
      }
      return { entries, isCut }
    })
  } catch (error) {
    throw refusalOf(error, shown(path))
  }
}

function inOrder(a: Name, b: Name): number {
  if (a.isDirectory !== b.isDirectory) return a.isDirectory ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

/** Those that come first behind a name; of all the others, no more are in memory than that takes. */
async function firstNames(folder: Folder, after: Name | undefined, limit: number) {
  let names: Name[] = []
  let count = 0
  const cut = () => {
    names = names.sort(inOrder).slice(0, limit)
  }
  await folder.confirm()
  for await (const dirent of await opendir(folder.self, { bufferSize: 1024 })) {
    if (++count > mostNames) break
    // A folder may hold very many, and others are served in between.
    if (count % 500 === 0) await nextSlice()
    const name = { name: dirent.name, isDirectory: dirent.isDirectory() }
    if (dirent.name.startsWith(draftPrefix) || (after && inOrder(after, name) >= 0)) continue
    names.push(name)
    if (names.length >= 2 * limit + 1000) cut()
  }
  cut()
  return { names, isCut: count > mostNames }
}

async function look(folder: Folder, name: string): Promise<Listed | undefined> {
  return holding(async (handles) => {
    const entry = handles.holdEntry(await folder.look(name))
    return entry.kind === 'missing' ? undefined : { name, kind: entry.kind, stats: statsOf(entry) }
  })
}

export function statsOf(entry: Exclude<Entry, { kind: 'missing' }>): Stats {
  if (entry.kind === 'directory') return entry.folder.stats
  return entry.kind === 'file' ? entry.file.stats : entry.stats
}
