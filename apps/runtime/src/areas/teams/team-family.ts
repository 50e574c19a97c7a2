import { TeamGraph } from '@loomcycle/proto'
import { graphProblems } from '@loomcycle/proto/teams'
import { ToolError } from '../../ground/tool-error.ts'
import type { DefinitionDeps } from '../definitions/deps.ts'
import type { Family, Said } from '../definitions/family.ts'

const mostNamed = 5

export function teamFamily({ limits }: Pick<DefinitionDeps, 'limits'>): Family<TeamGraph> {
  return {
    family: 'TeamDef',
    noun: 'team',
    scopes: { setting: 'team_def_scopes', of: ({ teamDefScopes }) => teamDefScopes },
    largest: { definition: limits.agentBytes, description: limits.descriptionBytes },
    // Teams are not configured.
    findConfigured: async () => undefined,
    merge: mergeTeams,
    check: (_, graph) => requireGraph(graph),
  }
}

/** Whole members take the place of what was there: half a list of states says nothing. Null takes one away. */
function mergeTeams(below: TeamGraph, said: Said<TeamGraph>): TeamGraph {
  const merged = Object.entries({ ...below, ...said }).filter(
    ([name, value]) => Object.hasOwn(TeamGraph.properties, name) && value !== null,
  )
  return Object.fromEntries(merged) as TeamGraph
}

export function requireGraph(graph: TeamGraph): void {
  const problems = graphProblems(graph).filter(({ isWarning }) => !isWarning)
  if (problems.length === 0) return
  const named = problems.slice(0, mostNamed).map(({ path, message }) => `overlay.${path} ${message}`)
  const more = problems.length > mostNamed ? ` (and ${problems.length - mostNamed} more)` : ''
  throw new ToolError(`${named.join('; ')}${more}`)
}
