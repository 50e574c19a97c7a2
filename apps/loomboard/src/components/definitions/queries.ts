import { NotFoundError, type wire } from '@loomcycle/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { agentsQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import type { SaveInput } from './editor/save.ts'

export type Family = 'agent' | 'skill'

/** An agent or a skill, as it is configured and as it was defined at run time. */
export interface Entry extends Omit<wire.LibraryAgent, 'static_definition' | 'active_definition'> {
  static_definition?: Readonly<Record<string, unknown>>
  active_definition?: Readonly<Record<string, unknown>>
}

/** One version of an agent or a skill. */
export interface Version extends Omit<wire.AgentDefRow, 'definition'> {
  definition: Readonly<Record<string, unknown>>
}

export const libraryQuery = (family: Family) =>
  queryOptions({
    queryKey: ['library', family],
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const list =
        family === 'agent' ? await client.listLibraryAgents({ signal }) : await client.listLibrarySkills({ signal })
      return (list.entries as Entry[]).map(withoutOlderName)
    },
  })

/** What is configured is told under an older name as well, for older programs. */
function withoutOlderName(entry: Entry): Entry {
  const { allowed_tools: _, ...definition } = entry.static_definition ?? {}
  return definition.tools ? { ...entry, static_definition: definition } : entry
}

export const entryQuery = (family: Family, name: string) =>
  queryOptions({
    ...libraryQuery(family),
    select: (entries: Entry[]): Entry => {
      const found = entries.find((entry) => entry.name === name)
      if (!found) throw new NotFoundError(`There is no ${family} called ${name}.`)
      return found
    },
  })

const firstPage: string | undefined = undefined

/** Newest first. */
export const versionsQuery = (family: Family, name: string) =>
  infiniteQueryOptions({
    queryKey: ['versions', family, name],
    queryFn: ({ pageParam, signal }) => {
      const input = { op: 'list' as const, name, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }
      return (family === 'agent' ? client.agentDef(input, { signal }) : client.skillDef(input, { signal })) as Promise<{
        versions: Version[]
        next_cursor?: string
      }>
    },
    initialPageParam: firstPage as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? null,
  })

export const versionQuery = (family: Family, def_id: string) =>
  queryOptions({
    queryKey: ['version', family, def_id],
    queryFn: ({ signal }) => {
      const input = { op: 'get' as const, def_id }
      return (
        family === 'agent' ? client.agentDef(input, { signal }) : client.skillDef(input, { signal })
      ) as Promise<Version>
    },
  })

/** How the runs of a version were judged. */
export const evaluationsQuery = (def_id: string) =>
  queryOptions({
    queryKey: ['evaluations', def_id],
    queryFn: ({ signal }) => client.evaluation({ op: 'aggregate', def_id }, { signal }),
  })

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => client.listModels({ signal }),
  staleTime: 60_000,
})

export const volumesQuery = queryOptions({
  queryKey: ['volumes'],
  queryFn: ({ signal }) => client.listVolumes({ signal }).then(({ entries }) => entries),
})

/** Something was defined, or another version of it is used now. */
export async function refreshDefinitions(family: Family): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['library', family] }),
    queryClient.invalidateQueries({ queryKey: ['versions', family] }),
    queryClient.invalidateQueries({ queryKey: ['version', family] }),
    family === 'agent' ? queryClient.invalidateQueries({ queryKey: agentsQuery.queryKey }) : undefined,
  ])
}

export function saveDefinition(family: Family, input: SaveInput): Promise<Version & { deduplicated?: boolean }> {
  const saved: Promise<unknown> = family === 'agent' ? client.agentDef(input) : client.skillDef(input)
  return saved as Promise<Version & { deduplicated?: boolean }>
}

/** As it is used: what was defined last and is in use, or else what is configured. */
export function definitionInUse({ active_definition, static_definition }: Entry): Readonly<Record<string, unknown>> {
  return active_definition ?? static_definition ?? {}
}
