import { constants, type Stats } from 'node:fs'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { newDraftName } from './draft-name.ts'
import type { Entry, Folder } from './folder.ts'
import { type Handles, holding } from './handles.ts'
import { joined, segmentsOf, shown } from './path.ts'
import { notRegular, openFile, readUpTo, tooLong } from './read-file.ts'
import { FileRefusal, refusalOf } from './refusal.ts'
import { type Root, walk } from './walk.ts'

export interface Replacing {
  /** A file that is there may have so many bytes, and what takes its place as well. */
  mostBytes: number
  /** What was said to be written is all of it: what was there before need not be read. */
  isWhole?: boolean
}

/**
 * Puts a file in the place of another, whole or not at all: whoever reads sees the one or the other. `change` is given
 * what is there, or nothing where there is none. Of those who change one file through here, each sees what the one
 * before has written.
 */
export async function replaceFile(
  root: Root,
  path: string,
  change: (before: Buffer | undefined) => Buffer,
  { mostBytes, isWhole = false }: Replacing,
): Promise<number> {
  try {
    return await holding(async (handles) => {
      const segments = segmentsOf(path)
      const found = await walk(root, segments, handles)
      if (found.parent === undefined) throw new FileRefusal('kind', `${shown(path)} is a folder, not a file`)
      const names = [found.name, ...found.rest]
      const { parent, name } = await makeWay(found.parent, names, handles)
      const place = { root: root.path, path: [...found.path.slice(0, -1), ...names.slice(0, -1)] }
      return await inLine(`${parent.stats.dev}:${parent.stats.ino}/${name}`, async () => {
        const before = handles.holdEntry(await parent.look(name))
        const read = isWhole ? undefined : await readBefore(before, path, mostBytes, handles)
        requireFile(before, path)
        const after = change(read)
        if (after.length > mostBytes) throw tooLong(path, after.length, mostBytes)
        const replace = (draft: string) => put({ parent, name, before, after, draft, path })
        await (root.drafts ? root.drafts.noted(place, replace) : replace(newDraftName()))
        return after.length
      })
    })
  } catch (error) {
    throw refusalOf(error, shown(path))
  }
}

function requireFile(entry: Entry, path: string) {
  if (entry.kind === 'file' || entry.kind === 'missing') return
  if (entry.kind === 'directory') throw new FileRefusal('kind', `${shown(path)} is a folder, not a file`)
  throw entry.kind === 'link' ? changedMeanwhile(path) : notRegular(shown(path))
}

async function readBefore(entry: Entry, path: string, mostBytes: number, handles: Handles) {
  if (entry.kind !== 'file') return undefined
  if (entry.file.stats.size > mostBytes) throw tooLong(path, entry.file.stats.size, mostBytes)
  const bytes = await readUpTo(await openFile(entry.file, handles), mostBytes)
  if (bytes.length > mostBytes) throw changedMeanwhile(path)
  return bytes
}

/** The folder that a new file is to be in, made where it is missing. */
async function makeWay(parent: Folder, names: readonly string[], handles: Handles) {
  let folder = parent
  for (const name of names.slice(0, -1)) folder = await makeFolderIn(folder, name, handles)
  return { parent: folder, name: names.at(-1)! }
}

export async function makeFolderIn(parent: Folder, name: string, handles: Handles): Promise<Folder> {
  await parent.confirm()
  await mkdir(parent.at(name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const entry = handles.holdEntry(await parent.look(name))
  if (entry.kind !== 'directory') throw new FileRefusal('kind', `${joined([name])} is not a folder`)
  return entry.folder
}

interface Put {
  parent: Folder
  name: string
  before: Entry
  after: Buffer
  draft: string
  /** As it was asked for. */
  path: string
}

async function put({ parent, name, before, after, draft, path }: Put) {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants
  await parent.confirm()
  const handle = await open(parent.at(draft), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o666)
  try {
    try {
      if (before.kind === 'file') await handle.chmod(before.file.stats.mode & 0o777)
      await handle.writeFile(after)
      // A result that says it was written is stored, and the file has to be there then.
      await handle.datasync()
    } finally {
      await handle.close()
    }
    if (!(await isStill(parent, name, before))) throw changedMeanwhile(path)
    await parent.confirm()
    await rename(parent.at(draft), parent.at(name))
  } catch (error) {
    await unlink(parent.at(draft)).catch(() => {})
    throw error
  }
}

/** Whether what was read is what is there; nobody else has written it meanwhile, by whatever way. */
async function isStill(parent: Folder, name: string, before: Entry): Promise<boolean> {
  return holding(async (handles) => {
    const now = handles.holdEntry(await parent.look(name))
    if (now.kind !== 'file' || before.kind !== 'file') return now.kind === before.kind
    return sameContent(now.file.stats, before.file.stats)
  })
}

function sameContent(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs
}

function changedMeanwhile(path: string) {
  return new FileRefusal('changed', `${shown(path)} was changed by somebody else in the same moment; read it again`)
}

const lines = new Map<string, Promise<unknown>>()

/** One after the other, for each key. */
async function inLine<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(key) ?? Promise.resolve()
  const done = before.then(work)
  const settled = done.catch(() => {})
  lines.set(key, settled)
  try {
    return await done
  } finally {
    if (lines.get(key) === settled) lines.delete(key)
  }
}
