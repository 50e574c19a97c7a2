import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Definition } from '../../../components/definitions/definition-text.ts'
import type { FieldProblem } from '../../../components/definitions/editor/field-problem.ts'
import { type Entry, libraryQuery } from '../../../components/definitions/queries.ts'
import { problemsOf } from '../model/problems.ts'

const none: readonly FieldProblem[] = []

/** What is wrong with a team as it stands. Who there is to work in it is asked for; until then, nobody is missed. */
export function useTeamProblems(definition: Definition | undefined): readonly FieldProblem[] {
  const agents = useAgentNames()
  return useMemo(() => (definition ? problemsOf(definition, agents && new Set(agents)) : none), [definition, agents])
}

/** Those that can work. */
export function useAgentNames(): readonly string[] | undefined {
  return useQuery({ ...libraryQuery('agent'), select: namesOf }).data
}

function namesOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ name, active_definition, static_definition }) =>
    active_definition || static_definition ? [name] : [],
  )
}
