import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SuggestionSource } from '../../../components/suggestions/suggestions.ts'
import { client } from '../../../lib/client.ts'
import { agentsQuery, whoamiQuery } from '../../../lib/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'
import type { Known } from '../model/mentions.ts'
import { snapshotQuery } from '../queries.ts'

/** So far back somebody is looked for who has written here. */
const lately = 5000

/** The people who have changed this document lately. */
const peopleQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['people', documentId],
    queryFn: async ({ signal }) => {
      const seq = queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.seq ?? 0
      const asked = { op: 'changes' as const, document_id: documentId, since: Math.max(0, seq - lately), limit: 1000 }
      const { changes } = await client.document(asked, { signal })
      return [...new Set(changes.flatMap(({ actor: { kind, id } }) => (kind === 'user' ? [id] : [])))].sort()
    },
    staleTime: 60_000,
  })

const nobody: readonly string[] = []

export interface Names extends Known {
  sources: readonly SuggestionSource[]
}

/** Whoever can be mentioned in a document, and what completes their names. */
export function useNames(documentId: string): Names {
  const { data: agents } = useQuery(agentsQuery)
  const { data: people = nobody } = useQuery(peopleQuery(documentId))
  const { data: whoami } = useQuery(whoamiQuery)
  const self = whoami?.subject
  return useMemo(() => {
    const others = people.filter((id) => id !== self)
    const suggestion = (name: string, hint: string) => ({ id: name, label: `@${name}`, hint, insert: `@${name}` })
    return {
      agents: agents?.map(({ name }) => name) ?? [],
      people,
      sources: [
        {
          trigger: '@',
          title: 'Agents',
          suggestions: agents?.map(({ name, description = '' }) => suggestion(name, description)) ?? [],
        },
        { trigger: '@', title: 'People', suggestions: others.map((id) => suggestion(id, 'has written here')) },
      ],
    }
  }, [agents, people, self])
}
