import { usualIterations } from '@loomcycle/proto/teams'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { BackLink } from '../../../components/definitions/back-link.tsx'
import { Description } from '../../../components/definitions/description.tsx'
import { Lacks } from '../../../components/definitions/lacks.tsx'
import { Part } from '../../../components/definitions/part.tsx'
import { definitionInUse, type Entry, entryQuery } from '../../../components/definitions/queries.ts'
import { VersionList } from '../../../components/definitions/version-list.tsx'
import { originOf, originWords } from '../../../components/definitions/words.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { PageBody } from '../../../components/shell/page-body.tsx'
import { PageHeader } from '../../../components/shell/page-header.tsx'
import { TeamDiagram } from '../../../components/teams/team-diagram.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
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
  const { data, error, isPending, refetch } = useQuery(entryQuery('team', name))
  useEffect(() => setPageTitle(name), [name])
  return (
    <>
      <PageHeader title={name} />
      <PageBody className="team-page">
        <BackLink to="/teams">All teams</BackLink>
        {isPending ? (
          <LinesLoading label="Loading the team" />
        ) : data ? (
          <Team entry={data} compare={compare} />
        ) : (
          <ErrorState title="This team could not be shown" error={error} onRetry={() => void refetch()} />
        )}
      </PageBody>
    </>
  )
}

function Team({ entry, compare }: { entry: Entry; compare: string | undefined }) {
  const navigate = useNavigate()
  const { graph } = useMemo(() => readGraph(definitionInUse(entry)), [entry])
  const { description, states = [], max_iterations = usualIterations } = graph
  const params = { _splat: entry.name }
  const edit = (of: string) => void navigate({ to: '/teams/$', params, search: { edit: of } })
  const [from, to] = compare?.split('..') ?? []
  return (
    <div className="flex flex-col gap-7">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="font-display font-semibold text-xl [overflow-wrap:anywhere]">{entry.name}</h2>
            <Badge>{originWords[originOf(entry)]}</Badge>
          </div>
          <Description of={description} />
        </div>
        {entry.active_def_id && (
          <Button onClick={() => edit(entry.active_def_id!)}>
            <Pencil aria-hidden="true" />
            Edit
          </Button>
        )}
      </header>
      <Lacks lacks={entry.lacks} />
      {entry.active_retired && (
        <p className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-sm">
          The version that was in use is retired. Nothing goes through this team until another version is put to use.
        </p>
      )}
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
      <Part title="Versions" bare>
        <VersionList
          family="team"
          entry={entry}
          compare={from && to ? [from, to] : undefined}
          onCompare={(two) =>
            void navigate({
              to: '/teams/$',
              params,
              search: two ? { compare: two.join('..') } : {},
              replace: true,
              resetScroll: false,
            })
          }
          onEdit={({ def_id }) => edit(def_id)}
          onFork={({ def_id }) => void navigate({ to: '/teams', search: { create: true, from: def_id } })}
        />
      </Part>
    </div>
  )
}

function goToState(at: number): void {
  const words = document.getElementById(idOfState(at))
  words?.scrollIntoView({ block: 'nearest' })
  words?.focus({ preventScroll: true })
}
