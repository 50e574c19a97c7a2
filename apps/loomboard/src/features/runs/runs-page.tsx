import type { AgentStatus } from '@loomcycle/client'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Activity } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { PageBody } from '../../components/shell/page-body.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { useStore } from '../../lib/browser/store.ts'
import { client } from '../../lib/client.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import { liveRuns, onRunChanges } from '../../lib/runs/runs.ts'
import { useNow } from '../../lib/use-now.ts'
import { RunLine } from './run-line.tsx'
import { toRunRows, withLive } from './run-tree.ts'

const runsQuery = infiniteQueryOptions({
  queryKey: ['runs'],
  queryFn: async ({ pageParam, signal }) => {
    const { subject } = await queryClient.ensureQueryData(whoamiQuery)
    // A filter of the wire, though no state of a run.
    const status = 'all' as AgentStatus
    return client.listUserAgentsPage(subject, { status, signal, ...(pageParam ? { cursor: pageParam } : {}) })
  },
  initialPageParam: '',
  getNextPageParam: ({ next_cursor }) => next_cursor,
  refetchInterval: 30_000,
})

/** What runs, what it has started, and what has run: the newest first, and earlier ones as far as somebody asks. */
export function RunsPage() {
  const [which, setWhich] = useState<'running' | 'all'>('running')
  useEffect(() => setPageTitle('Runs'), [])
  return (
    <>
      <PageHeader title="Runs">
        <Segmented
          label="Which runs"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'running', label: 'Running' },
            { value: 'all', label: 'All' },
          ]}
        />
      </PageHeader>
      <PageBody>
        <Runs onlyRunning={which === 'running'} />
      </PageBody>
    </>
  )
}

function Runs({ onlyRunning }: { onlyRunning: boolean }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(runsQuery)
  const { runs } = useStore(liveRuns.state)
  const rows = useMemo(() => {
    const listed = data?.pages.flatMap(({ agents }) => agents) ?? []
    return toRunRows(withLive(listed, runs), onlyRunning)
  }, [data, runs, onlyRunning])
  const now = useNow(10_000)

  useEffect(
    () =>
      onRunChanges((changes) => {
        const isNews = changes.some(({ before, after }) => !before || after.status !== 'running')
        if (isNews) void queryClient.invalidateQueries({ queryKey: runsQuery.queryKey })
      }),
    [],
  )

  if (isPending) return <Loading />
  if (error && !data)
    return <ErrorState title="The runs could not be loaded" error={error} onRetry={() => void refetch()} />
  if (rows.length === 0 && !hasNextPage) {
    return (
      <EmptyState icon={<Activity />} title={onlyRunning ? 'Nothing is running' : 'Nothing has run yet'}>
        Every chat is a run, and so is every sub-agent it starts.
      </EmptyState>
    )
  }
  return (
    <>
      {rows.length > 0 && (
        <ul aria-label="Runs" className="divide-y rounded-lg border bg-surface">
          {rows.map((row) => (
            <li key={row.run.run_id}>
              <RunLine row={row} now={now} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <MoreButton what="earlier runs" isReading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
      )}
    </>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading runs" className="flex flex-col gap-3 p-3">
      {[80, 65, 72].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-5" />
        </div>
      ))}
    </div>
  )
}
