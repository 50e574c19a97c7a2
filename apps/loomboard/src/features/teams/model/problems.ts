import { type Graph, graphProblems } from '@loomcycle/proto/teams'
import type { FieldProblem } from '../../../components/definitions/editor/field-problem.ts'
import { readGraph } from './read-graph.ts'

/** What is wrong with a definition, in the words of the runtime; its form comes first, as there. */
export function problemsOf(
  definition: Readonly<Record<string, unknown>>,
  agents: ReadonlySet<string> | undefined,
): readonly FieldProblem[] {
  const { graph, problems } = readGraph(definition)
  if (problems.length > 0) return problems
  return graphProblems(graph, agents).map(({ path, ...rest }) => ({ ...rest, path: keysOf(path) }))
}

/** The names of states may have dots in them, too. */
function keysOf(path: string): string[] {
  return path.startsWith('colors.') ? ['colors', path.slice('colors.'.length)] : path.split('.')
}

/** The states that something is wrong with: in themselves, or in a way out of them. */
export function faultyStates({ states = [], transitions = [] }: Graph, problems: readonly FieldProblem[]): Set<number> {
  return new Set(
    problems.flatMap(({ path: [list, key], isWarning }) => {
      if (isWarning) return []
      if (list === 'states' && key !== undefined) return [Number(key)]
      const name = list === 'transitions' ? transitions[Number(key)]?.from : list === 'colors' ? key : undefined
      const at = states.findIndex(({ state }) => state === name)
      return at < 0 ? [] : [at]
    }),
  )
}
