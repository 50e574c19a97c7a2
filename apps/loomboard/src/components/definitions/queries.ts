import { type CallOptions, NotFoundError, type wire } from '@loomcycle/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { agentsQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import type { SaveInput } from './editor/save.ts'

export type Family = 'agent' | 'skill' | 'team'

/** An agent, a skill or a team, as it is configured and as it was defined at run time. */
export interface Entry extends Omit<wire.LibraryAgent, 'static_definition' | 'active_definition'> {
  static_definition?: Readonly<Record<string, unknown>>
  active_definition?: Readonly<Record<string, unknown>>
}

/** One version of an agent, a skill or a team. */
export interface Version extends Omit<wire.AgentDefRow, 'definition'> {
  definition: Readonly<Record<string, unknown>>
}

type VersionOp = { op: 'list' | 'get' | 'promote' | 'retire'; [more: string]: unknown } | SaveInput

const lists: Record<Family, (options: CallOptions) => Promise<{ entries: object[] }>> = {
  agent: (options) => client.listLibraryAgents(options),
  skill: (options) => client.listLibrarySkills(options),
  team: (options) => client.listLibraryTeams(options),
}
const tools: Record<Family, (input: VersionOp, options?: CallOptions) => Promise<unknown>> = {
  agent: (input, options) => client.agentDef(input, options),
  skill: (input, options) => client.skillDef(input, options),
  team: (input, options) => client.teamDef(input, options),
}

/** The ops of versions, which are the same for every family. */
export function askFamily<T>(family: Family, input: VersionOp, options?: CallOptions): Promise<T> {
  return tools[family](input, options) as Promise<T>
}

export const libraryQuery = (family: Family) =>
  queryOptions({
    queryKey: ['library', family],
    queryFn: async ({ signal }): Promise<Entry[]> => {
      const { entries } = await lists[family]({ signal })
      return (entries as Entry[]).map(withoutOlderName)
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
      return askFamily<{ versions: Version[]; next_cursor?: string }>(family, input, { signal })
    },
    initialPageParam: firstPage as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? null,
  })

export const versionQuery = (family: Family, def_id: string) =>
  queryOptions({
    queryKey: ['version', family, def_id],
    queryFn: ({ signal }) => askFamily<Version>(family, { op: 'get', def_id }, { signal }),
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

/** What else says which version is in use: who can be started, and the teams of boards. */
const usedElsewhere: Record<Family, readonly (readonly string[])[]> = {
  agent: [agentsQuery.queryKey, ['library', 'team']],
  skill: [],
  team: [['teams'], ['team']],
}

/** Something was defined, or another version of it is used now. */
export async function refreshDefinitions(family: Family): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['library', family] }),
    queryClient.invalidateQueries({ queryKey: ['versions', family] }),
    queryClient.invalidateQueries({ queryKey: ['version', family] }),
    ...usedElsewhere[family].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  ])
}

export function saveDefinition(family: Family, input: SaveInput): Promise<Version & { deduplicated?: boolean }> {
  return askFamily(family, input)
}

/** As it is used: what was defined last and is in use, or else what is configured. */
export function definitionInUse({ active_definition, static_definition }: Entry): Readonly<Record<string, unknown>> {
  return active_definition ?? static_definition ?? {}
}
