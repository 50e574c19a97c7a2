import type { Drafts } from './drafts.ts'
import type { Entry, Folder } from './folder.ts'
import type { Handles } from './handles.ts'
import { joined } from './path.ts'
import { FileRefusal } from './refusal.ts'

/** Where a volume begins. */
export interface Root {
  folder: Folder
  /** On the machine, without links: absolute links below it lead into the volume. */
  path: string
  /** Where it is noted what is being written; for those who write. */
  drafts?: Drafts | undefined
}

export interface Found {
  /** The folder it is in; undefined for the root. */
  parent: Folder | undefined
  /** In that folder. */
  name: string
  entry: Entry
  /** From the root, without links. */
  path: string[]
  /** With a missing one: what would be below it. */
  rest: readonly string[]
}

const mostHops = 40
const mostSteps = 1000

/**
 * Goes to a file one name at a time, each looked up in the folder that was found before it. Links are read and their
 * target walked in the same way, so none leads out: a step above the root and a link to elsewhere are refused.
 */
export async function walk(
  root: Root,
  segments: readonly string[],
  handles: Handles,
  { followLast = true }: { followLast?: boolean } = {},
): Promise<Found> {
  const asked = joined(segments)
  const folders: Folder[] = [root.folder]
  const path: string[] = []
  let todo = [...segments]
  let hops = 0
  for (let steps = 0; todo.length > 0; steps++) {
    if (steps === mostSteps) throw new FileRefusal('path', `${asked}: its links go round and round`)
    const [name, ...rest] = todo as [string, ...string[]]
    if (name === '..') {
      if (path.length === 0) throw leadsOut(asked)
      folders.pop()
      path.pop()
      todo = rest
      continue
    }
    const parent = folders.at(-1)!
    const entry = handles.holdEntry(await parent.look(name))
    if (entry.kind === 'link' && (rest.length > 0 || followLast)) {
      if (++hops > mostHops) throw new FileRefusal('path', `${asked}: its links go round and round`)
      const target = targetOf(entry.target, root)
      if (target === undefined) throw leadsOut(asked)
      if (target.isFromRoot) {
        folders.length = 1
        path.length = 0
      }
      todo = [...target.segments, ...rest]
      continue
    }
    if (entry.kind === 'directory') {
      folders.push(entry.folder)
      path.push(name)
      todo = rest
      continue
    }
    if (rest.length > 0 && entry.kind !== 'missing') {
      throw new FileRefusal('kind', `${joined([...path, name])} is not a folder`)
    }
    if (rest.includes('..')) throw new FileRefusal('missing', `there is no ${asked}`)
    return { parent, name, entry, path: [...path, name], rest }
  }
  const folder = folders.at(-1)!
  return { parent: folders.at(-2), name: path.at(-1) ?? '', entry: { kind: 'directory', folder }, path, rest: [] }
}

function targetOf(target: string, root: Root): { segments: string[]; isFromRoot: boolean } | undefined {
  const segments = (text: string) => text.split('/').filter((name) => name !== '' && name !== '.')
  if (!target.startsWith('/') && !/^[A-Za-z]:[/\\]|^\\/.test(target)) {
    return { segments: segments(target), isFromRoot: false }
  }
  const prefix = root.path === '/' ? '/' : `${root.path}/`
  const isBelow = target === root.path || target.startsWith(prefix)
  return isBelow ? { segments: segments(target.slice(root.path.length)), isFromRoot: true } : undefined
}

function leadsOut(path: string) {
  return new FileRefusal('path', `${path} leads out of the volume through a link, where nothing may be reached`)
}
