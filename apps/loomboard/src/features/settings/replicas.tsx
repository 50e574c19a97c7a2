import type { Replica } from '@loomcycle/client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { client } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { formatDuration, formatTime, plural } from '../../lib/format.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { Row, Section } from './section.tsx'

const replicasQuery = queryOptions({
  queryKey: ['replicas'],
  queryFn: ({ signal }) => client.listReplicas({ signal }).then(({ replicas }) => replicas),
  // One that has the store to itself will not get company while it runs.
  refetchInterval: ({ state }) => (state.data?.length ? 5_000 : false),
})

/** Who works on runs together. Of a runtime that has its store to itself there is nothing to say. */
export function Replicas() {
  const isAdmin = useQuery(whoamiQuery).data?.is_admin ?? false
  const replicas = useQuery({ ...replicasQuery, enabled: isAdmin })
  if (!replicas.isError && !replicas.data?.length) return null
  return (
    <Section title="Replicas">
      {replicas.isError && (
        <Row label={<span role="alert">They could not be listed</span>} hint={describeError(replicas.error).reason}>
          <Button onClick={() => void replicas.refetch()}>Try again</Button>
        </Row>
      )}
      {replicas.data?.map((replica) => (
        <OneReplica key={replica.id} replica={replica} />
      ))}
    </Section>
  )
}

function OneReplica({ replica }: { replica: Replica }) {
  const { id, hostname, version, alive, self, running_runs, silent_ms } = replica
  return (
    <Row
      label={
        <span className="flex flex-wrap items-center gap-2">
          <span className="break-all">{id}</span>
          {self && <Badge>Answers here</Badge>}
          {!alive && <Badge tone="danger">Not heard of</Badge>}
        </span>
      }
      hint={`${hostname} · version ${version} · since ${formatTime(Date.parse(replica.started_at))}`}
    >
      {alive ? atWork(running_runs) : `Last heard of ${formatDuration(silent_ms)} ago; others took over its runs`}
    </Row>
  )
}

function atWork(runs: number): string {
  return runs === 0 ? 'Nothing to do' : `${plural(runs, 'run')} at work`
}
