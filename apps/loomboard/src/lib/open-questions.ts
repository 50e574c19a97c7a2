import { useQuery } from '@tanstack/react-query'
import { cappedRunsQuery } from './capped-runs.ts'
import { questionsQuery } from './queries.ts'

/** How much waits for an answer of this person: of agents, and of teams. */
export function useOpenQuestions(enabled = true): number {
  const { data: questions } = useQuery({ ...questionsQuery, enabled })
  const { data: capped } = useQuery({ ...cappedRunsQuery, enabled })
  return (questions?.length ?? 0) + (capped?.length ?? 0)
}
