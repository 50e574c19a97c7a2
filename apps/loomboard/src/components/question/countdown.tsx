import { cn } from '../../lib/cn.ts'
import { formatDuration } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

const soon = 2 * 60_000

/** How long a question can still be answered. */
export function Countdown({ until }: { until: number }) {
  const now = useNow(until - Date.now() < soon + 30_000 ? 1000 : 30_000)
  const left = Math.max(until - now, 0)
  const shown = left > soon ? Math.ceil(left / 60_000) * 60_000 : left
  return (
    <span
      role="timer"
      title={`Expires ${new Date(until).toLocaleString()}`}
      className={cn('text-xs tabular-nums', left <= soon ? 'text-danger' : 'text-muted')}
    >
      {formatDuration(shown)} left
    </span>
  )
}

/** The server says so, too; until it has, nobody should press a button in vain. */
export function useHasExpired(until: number | undefined): boolean {
  const now = useNow(until === undefined ? 0 : 1000)
  return until !== undefined && now > until + 1500
}
