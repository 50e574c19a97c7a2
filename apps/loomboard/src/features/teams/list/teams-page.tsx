import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { DescriptionLines } from '../../../components/definitions/description.tsx'
import { LackMark } from '../../../components/definitions/lacks.tsx'
import { LibraryFrame } from '../../../components/definitions/library-frame.tsx'
import { Lines } from '../../../components/definitions/lines.tsx'
import { NewLink } from '../../../components/definitions/new-link.tsx'
import { definitionInUse, type Entry, libraryQuery } from '../../../components/definitions/queries.ts'
import { originOf, originWords } from '../../../components/definitions/words.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { SearchInput } from '../../../components/search-input.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { plural } from '../../../lib/format.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { onTheWayQuery } from '../model/queries.ts'
import { readGraph } from '../model/read-graph.ts'
import { saysAll } from '../model/says-all.ts'

/** All teams there are, by name. */
export function TeamsPage({ q = '' }: { q?: string }) {
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch } = useQuery(libraryQuery('team'))
  const { data: onTheWay } = useQuery(onTheWayQuery)
  const shown = useMemo(() => (data ?? []).filter((entry) => saysAll(entry, q)), [data, q])
  const search = (words: string) => void navigate({ to: '/teams', search: words ? { q: words } : {}, replace: true })
  useShortcut('/', () => field.current?.focus())
  const another = <NewLink to="/teams">New team</NewLink>

  return (
    <LibraryFrame of="/teams" action={another}>
      {isPending ? (
        <LinesLoading label="Loading teams" />
      ) : error && !data ? (
        <ErrorState title="The teams could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState icon={<Waypoints />} title="There is no team yet" action={another}>
          A team takes cards from state to state: agents do their part, people decide. A board that goes by a team moves
          its cards along it.
        </EmptyState>
      ) : (
        <>
          <SearchInput
            ref={field}
            label="Search teams"
            value={q}
            onChange={search}
            className="mb-3 block"
            inputClassName="h-8 border border-line-strong bg-bg"
          />
          <p role="status" className="sr-only">
            {plural(shown.length, 'team')}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={<Waypoints />}
              title="No team is like that"
              action={<Button onClick={() => search('')}>Show all</Button>}
            >
              Names, descriptions, states and agents are looked at.
            </EmptyState>
          ) : (
            <Lines label="Teams" of={shown} keyOf={({ name }) => name}>
              {(entry) => <TeamRow entry={entry} onTheWay={onTheWay?.counts.get(entry.name)} />}
            </Lines>
          )}
        </>
      )}
    </LibraryFrame>
  )
}

function TeamRow({ entry, onTheWay }: { entry: Entry; onTheWay: number | undefined }) {
  const { description, states = [] } = readGraph(definitionInUse(entry)).graph
  return (
    <Link
      to="/teams/$"
      params={{ _splat: entry.name }}
      className="flex flex-col px-4 py-2.5 -outline-offset-2 hover:bg-hover"
    >
      <span className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 truncate font-medium text-sm">{entry.name}</span>
        {entry.active_retired && <Badge>Retired</Badge>}
        {onTheWay && <Badge tone="accent">{onTheWay} on the way</Badge>}
      </span>
      <DescriptionLines of={description} />
      <span className="flex flex-wrap gap-x-3 text-faint text-xs">
        <span>{originWords[originOf(entry)]}</span>
        {states.length > 0 && <span>{plural(states.length, 'state')}</span>}
        <span>{plural(entry.version_count, 'version')}</span>
      </span>
      <LackMark lacks={entry.lacks} />
    </Link>
  )
}
