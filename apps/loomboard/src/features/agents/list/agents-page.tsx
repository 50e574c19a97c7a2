import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bot } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { LibraryFrame } from '../../../components/definitions/library-frame.tsx'
import { Lines } from '../../../components/definitions/lines.tsx'
import { NewLink } from '../../../components/definitions/new-link.tsx'
import { libraryQuery } from '../../../components/definitions/queries.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { LinesLoading } from '../../../components/lines-loading.tsx'
import { SearchInput } from '../../../components/search-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { plural } from '../../../lib/format.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { fitting, shelfWords, toLines } from '../model/agent-lines.ts'
import { type Shelf, shelves } from '../model/shelves.ts'
import { AgentRow } from './agent-row.tsx'

export interface AgentsSearch {
  /** Words that are searched for. */
  q?: string
  shelf?: Shelf
}

/** All agents there are, by name. */
export function AgentsPage({ q = '', shelf = 'all' }: AgentsSearch) {
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch } = useQuery(libraryQuery('agent'))
  const { data: runnable } = useQuery(agentsQuery)
  const lines = useMemo(() => toLines(data ?? [], runnable), [data, runnable])
  const shown = useMemo(() => fitting(lines, shelf, q), [lines, shelf, q])
  const show = (next: AgentsSearch) =>
    void navigate({
      to: '/agents',
      search: { q: next.q || undefined, shelf: next.shelf === 'all' ? undefined : next.shelf },
      replace: true,
    })
  useShortcut('/', () => field.current?.focus())

  return (
    <LibraryFrame of="/agents" action={<NewLink to="/agents">New agent</NewLink>}>
      {isPending ? (
        <LinesLoading label="Loading agents" />
      ) : error && !data ? (
        <ErrorState title="The agents could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : lines.length === 0 ? (
        <EmptyState icon={<Bot />} title="There is no agent yet" action={<NewLink to="/agents">New agent</NewLink>}>
          An agent is a model with instructions, tools and grants. Make one here, or write it into the configuration.
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <SearchInput
              ref={field}
              label="Search agents"
              value={q}
              onChange={(words) => show({ q: words, shelf })}
              className="min-w-48 flex-1"
              inputClassName="h-8 border border-line-strong bg-bg"
            />
            <Segmented
              label="Which agents"
              value={shelf}
              options={shelves.map((value) => ({ value, label: shelfWords[value] }))}
              onChange={(next) => show({ q, shelf: next })}
            />
          </div>
          <p role="status" className="sr-only">
            {plural(shown.length, 'agent')}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={<Bot />}
              title="No agent is like that"
              action={<Button onClick={() => show({})}>Show all</Button>}
            >
              Other words may find it.
            </EmptyState>
          ) : (
            <Lines label="Agents" of={shown} keyOf={({ name }) => name}>
              {(line) => <AgentRow line={line} />}
            </Lines>
          )}
        </>
      )}
    </LibraryFrame>
  )
}
