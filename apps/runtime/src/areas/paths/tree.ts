import type { PathKind } from '@loomcycle/proto'
import { sorted } from '../../ground/lists-in-slices.ts'
import { childOf, nameOf, prefixOf } from './path.ts'
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

/** What is directly in a directory, from what is below it: names that only others go through are directories. */
export function* childrenOf(directory: string, below: readonly Dirent[]): Generator<unknown, PathEntry[]> {
  const children = new Map<string, PathEntry>()
  for (const dirent of below) {
    yield
    const path = childOf(directory, dirent.path)
    if (path === dirent.path) children.set(path, toEntry(dirent))
    else if (!children.has(path)) children.set(path, toEntry({ path, kind: 'directory', resource_ref: null }))
  }
  return yield* inOrder(children)
}

/** Everything below a directory, the directories nobody made included. */
export function* descendantsOf(directory: string, below: readonly Dirent[]): Generator<unknown, PathEntry[]> {
  const start = prefixOf(directory).length
  const found = new Map<string, PathEntry>()
  for (const dirent of below) {
    yield
    for (let end = dirent.path.indexOf('/', start); end >= 0; end = dirent.path.indexOf('/', end + 1)) {
      const path = dirent.path.slice(0, end)
      if (!found.has(path)) found.set(path, toEntry({ path, kind: 'directory', resource_ref: null }))
    }
    found.set(dirent.path, toEntry(dirent))
  }
  return yield* inOrder(found)
}

function inOrder(entries: ReadonlyMap<string, PathEntry>): Generator<unknown, PathEntry[]> {
  return sorted([...entries.values()], (a, b) => (a.full_path < b.full_path ? -1 : 1))
}
