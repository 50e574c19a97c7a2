import { usualIterations } from '@loomcycle/proto/teams'
import { useMemo } from 'react'
import { DefinitionPage } from '../../../components/definitions/definition-page.tsx'
import { Part } from '../../../components/definitions/part.tsx'
import { definitionInUse, type Entry } from '../../../components/definitions/queries.ts'
import { TeamDiagram } from '../../../components/teams/team-diagram.tsx'
import { plural } from '../../../lib/format.ts'
import { readGraph } from '../model/read-graph.ts'
import { idOfState, StateWords } from './state-words.tsx'
import { TeamRuns } from './team-runs.tsx'

export interface TeamPageProps {
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
}

/** One team: its graph, drawn and in words, what goes through it, and what it was before. */
export function TeamPage({ name, compare }: TeamPageProps) {
  return (
    <DefinitionPage
      family="team"
      name={name}
      compare={compare}
      className="team-page"
      onceRetired={() => 'Nothing goes through this team until another version is put to use.'}
    >
      {(entry) => <Team entry={entry} />}
    </DefinitionPage>
  )
}

function Team({ entry }: { entry: Entry }) {
  const { graph } = useMemo(() => readGraph(definitionInUse(entry)), [entry])
  const { states = [], max_iterations = usualIterations } = graph
  return (
    <>
      {states.length > 0 && (
        <div className="team-graph">
          <Part title="Graph" bare>
            <div className="rounded-lg border bg-surface">
              <TeamDiagram graph={graph} onChoose={goToState} />
            </div>
          </Part>
          <Part title="States" bare>
            <p className="mb-2 px-1 text-muted text-sm">
              At most {plural(max_iterations, 'step')} of agents in one run
              {graph.max_iterations === undefined && ', as nothing else is said'}.
            </p>
            <ol aria-label="States" className="divide-y rounded-lg border bg-surface">
              {states.map((_, at) => (
                <StateWords key={at} graph={graph} at={at} />
              ))}
            </ol>
          </Part>
        </div>
      )}
      <Part title="What goes through it">
        <TeamRuns name={entry.name} />
      </Part>
    </>
  )
}

function goToState(at: number): void {
  const words = document.getElementById(idOfState(at))
  words?.scrollIntoView({ block: 'nearest' })
  words?.focus({ preventScroll: true })
}
