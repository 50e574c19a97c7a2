import { expect, it } from 'vitest'
import { crumbsOf, foldersTo, toPathRows } from './path-tree.ts'
import type { PathEntry } from './queries.ts'

const entry = (full_path: string, kind: PathEntry['kind']): PathEntry => ({
  name: full_path.split('/').at(-1) ?? '',
  kind,
  full_path,
})
const folders: Record<string, PathEntry[]> = {
  '/': [entry('/a-note', 'memory_entry'), entry('/docs', 'directory'), entry('/notes', 'directory')],
  '/docs': [entry('/docs/plan-10', 'document'), entry('/docs/plan-9', 'document'), entry('/docs/old', 'directory')],
}
const rows = (...open: string[]) => toPathRows((folder) => folders[folder], new Set(open))

it('shows folders first, and below open ones what is known to be in them', () => {
  expect(rows().map(({ id }) => id)).toEqual(['/docs', '/notes', '/a-note'])
  expect(rows('/docs', '/notes').map(({ id, level }) => [id, level])).toEqual([
    ['/docs', 1],
    ['/docs/old', 2],
    ['/docs/plan-9', 2],
    ['/docs/plan-10', 2],
    ['/notes', 1],
    ['/a-note', 1],
  ])
  expect(rows('/docs')[1]).toMatchObject({ parentId: '/docs', place: 1, count: 3, expanded: false })
  expect(rows()[2]).not.toHaveProperty('expanded')
})

it('knows the way to a path', () => {
  expect(foldersTo('/docs/old/plan')).toEqual(['/', '/docs', '/docs/old'])
  expect(foldersTo('/docs')).toEqual(['/'])
  expect(foldersTo('/')).toEqual([])
  expect(crumbsOf('/docs/old')).toEqual([
    { name: 'Documents', path: '/' },
    { name: 'docs', path: '/docs' },
    { name: 'old', path: '/docs/old' },
  ])
  expect(crumbsOf('/')).toEqual([{ name: 'Documents', path: '/' }])
})
