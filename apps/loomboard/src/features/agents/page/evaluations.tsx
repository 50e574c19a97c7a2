import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { evaluationsQuery } from '../../../components/definitions/queries.ts'
import { ErrorState } from '../../../components/error-state.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { plural } from '../../../lib/format.ts'

const judges: Record<string, string> = {
  external: 'By people and programs',
  self: 'By itself',
  parent: 'By agents that started it',
  sibling: 'By agents beside it',
  unrelated: 'By other agents',
}

/** What was said of the runs of the version in use, in numbers. */
export function Evaluations({ of }: { of: string }) {
  const { data, error, isPending, refetch } = useQuery(evaluationsQuery(of))
  if (isPending) {
    return (
      <div role="status" aria-label="Loading evaluations">
        <Skeleton className="h-5 w-48" />
      </div>
    )
  }
  if (error)
    return <ErrorState title="The evaluations could not be loaded" error={error} onRetry={() => void refetch()} />
  const { count, score } = data
  if (!score) return <p className="text-muted text-sm">Nobody has judged a run of the version in use yet.</p>
  const rows: [string, wire.ScoreStatistics][] = [
    ...Object.entries(data.by_emitter_role).map(([role, statistics]): [string, wire.ScoreStatistics] => [
      judges[role] ?? role,
      statistics,
    ]),
    ...Object.entries(data.dimensions),
  ]
  return (
    <>
      <p className="text-sm">
        <span className="font-display font-semibold text-xl tabular-nums">{say(score.mean)}</span>
        <span className="text-muted"> on average, of {plural(count, 'evaluation')}</span>
      </p>
      <p className="text-faint text-xs tabular-nums">
        Median {say(score.median)} · from {say(score.min)} to {say(score.max)} · latest {say(score.latest)}
      </p>
      {rows.length > 0 && (
        <table className="mt-3 w-full text-sm tabular-nums">
          <caption className="sr-only">By who judged, and by aspect</caption>
          <thead>
            <tr className="text-left text-faint text-xs">
              <th scope="col" className="py-1 font-normal">
                By
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                Average
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                Number
              </th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {rows.map(([name, { mean, count: times }]) => (
              <tr key={name}>
                <th scope="row" className="py-1 text-left font-normal">
                  {name}
                </th>
                <td className="py-1 text-right">{say(mean)}</td>
                <td className="py-1 text-right text-muted">{times}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const say = (score: number) => String(Math.round(score * 100) / 100)
