import type { PathKind } from '@loomcycle/proto'
import { nameOf, prefixOf } from './path.ts'
import type { Dirent } from './store.ts'

export interface PathEntry {
  name: string
  kind: PathKind
  full_path: string
  resource_ref?: unknown
}

export function toEntry({ path, kind, resource_ref }: Pick<Dirent, 'path' | 'kind' | 'resource_ref'>): PathEntry {
  return { name: nameOf(path), kind, full_path: path, ...toRef(resource_ref) }
}

export function toRef(resourceRef: string | null): { resource_ref?: unknown } {
  return resourceRef === null ? {} : { resource_ref: JSON.parse(resourceRef) }
}

/** What is directly in a directory, from everything below it: names that only others go through are directories. */
export function childrenOf(directory: string, below: readonly Dirent[]): PathEntry[] {
  const start = prefixOf(directory).length
  const children = new Map<string, PathEntry>()
  for (const dirent of below) {
    const end = dirent.path.indexOf('/', start)
    const path = end < 0 ? dirent.path : dirent.path.slice(0, end)
    if (end < 0) children.set(path, toEntry(dirent))
    else if (!children.has(path)) children.set(path, toEntry({ path, kind: 'directory', resource_ref: null }))
  }
  return byName([...children.values()])
}

/** Everything below a directory, the directories nobody made included. */
export function descendantsOf(directory: string, below: readonly Dirent[]): PathEntry[] {
  const start = prefixOf(directory).length
  const found = new Map<string, PathEntry>()
  for (const dirent of below) {
    for (let end = dirent.path.indexOf('/', start); end >= 0; end = dirent.path.indexOf('/', end + 1)) {
      const path = dirent.path.slice(0, end)
      if (!found.has(path)) found.set(path, toEntry({ path, kind: 'directory', resource_ref: null }))
    }
    found.set(dirent.path, toEntry(dirent))
  }
  return [...found.values()].sort((a, b) => (a.full_path < b.full_path ? -1 : 1))
}

function byName(entries: PathEntry[]): PathEntry[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}
