import type { TreeRow } from '../../components/tree/tree-row.ts'
import type { PathEntry } from './queries.ts'

export interface PathRow extends TreeRow {
  entry: PathEntry
}

/** Every folder on the way to a path, the root first and the path itself left out. */
export function foldersTo(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return ['/', ...parts.slice(0, -1).map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)].filter(
    (folder) => folder !== path,
  )
}

export interface Crumb {
  name: string
  path: string
}

export function crumbsOf(path: string): Crumb[] {
  const folders = path === '/' ? ['/'] : [...foldersTo(path), path]
  return folders.map((folder) => ({
    name: folder === '/' ? 'Documents' : (folder.split('/').at(-1) ?? ''),
    path: folder,
  }))
}

/** The lines of the tree: folders before everything else, and below those that are open what is known to be in them. */
export function toPathRows(
  entriesOf: (folder: string) => readonly PathEntry[] | undefined,
  open: ReadonlySet<string>,
): PathRow[] {
  const rows: PathRow[] = []
  const add = (folder: string, level: number) => {
    const entries = byKind(entriesOf(folder) ?? [])
    for (const [i, entry] of entries.entries()) {
      const isFolder = entry.kind === 'directory'
      const expanded = isFolder && open.has(entry.full_path)
      rows.push({
        id: entry.full_path,
        label: entry.name,
        level,
        ...(isFolder ? { expanded } : {}),
        ...(level > 1 ? { parentId: folder } : {}),
        place: i + 1,
        count: entries.length,
        entry,
      })
      if (expanded) add(entry.full_path, level + 1)
    }
  }
  add('/', 1)
  return rows
}

export function byKind(entries: readonly PathEntry[]): PathEntry[] {
  const rank = ({ kind }: PathEntry) => (kind === 'directory' ? 0 : 1)
  return entries.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }))
}
