import type { BranchPoint, Chat } from '@loomcycle/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../../../lib/client.ts'
import { queryClient } from '../../../lib/query-client.ts'

const branchesQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ['branches', sessionId],
    queryFn: async ({ signal }) => {
      const { branches } = await client.history({ op: 'branches', scope: 'user', session_id: sessionId }, { signal })
      return branches
    },
  })

export function refreshBranches(): void {
  void queryClient.invalidateQueries({ queryKey: ['branches'] })
}

const none: readonly Chat[] = []

/** The conversations that branched from this one, and those that branched from where it did. */
export function useBranches(sessionId: string | undefined, from: BranchPoint | undefined) {
  const own = useQuery({ ...branchesQuery(sessionId ?? ''), enabled: sessionId !== undefined })
  const others = useQuery({ ...branchesQuery(from?.session_id ?? ''), enabled: from !== undefined })
  return { branches: own.data ?? none, siblings: others.data ?? none }
}
