import type { wire } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'

export type PathEntry = wire.PathEntry

/** What is directly in a folder. */
export const folderQuery = (path: string) =>
  queryOptions({
    queryKey: ['folder', path],
    queryFn: async ({ signal }) => (await client.path({ op: 'ls', scope: 'user', path }, { signal })).entries,
  })

/** What a path stands for. */
export const entryQuery = (path: string) =>
  queryOptions({
    queryKey: ['path', path],
    queryFn: ({ signal }) => client.path({ op: 'resolve', scope: 'user', path }, { signal }),
  })

export function documentIdOf({ kind, resource_ref }: Pick<PathEntry, 'kind' | 'resource_ref'>): string | undefined {
  const id = (resource_ref as { document_id?: unknown } | undefined)?.document_id
  return kind === 'document' && typeof id === 'string' ? id : undefined
}
