import { useQuery } from '@tanstack/react-query'
import { cn } from '../../../../lib/cn.ts'
import { formatCount } from '../../../../lib/format.ts'
import { costQuery } from '../../../../lib/runs/cost-query.ts'
import { gaugeLevel } from '../../model/gauge-level.ts'
import type { ContextGauge, Turn } from '../../model/types.ts'

export interface MetricsLineProps {
  sessionId?: string
  turns: readonly Turn[]
  gauge?: ContextGauge
}

/** What the last turn took, what the conversation cost so far, and how full the model's window is. */
export function MetricsLine({ sessionId, turns, gauge }: MetricsLineProps) {
  const last = turns.findLast((turn) => turn.usage.output > 0)
  if (!last && !gauge) return null
  return (
    <div className="flex min-w-0 items-center gap-3 text-faint text-xs tabular-nums">
      {last && (
        <span className="truncate" title="Tokens of the last turn">
          {formatCount(last.usage.input)} in · {formatCount(last.usage.output)} out
          {last.usage.tokensPerSecond !== undefined && ` · ${Math.round(last.usage.tokensPerSecond)} tokens/s`}
        </span>
      )}
      {last && sessionId && <SessionCost sessionId={sessionId} last={last} />}
      {gauge && <Gauge gauge={gauge} />}
    </div>
  )
}

/** Nothing where no price is known; what a turn cost stands below its answer. */
function SessionCost({ sessionId, last: { id, usage } }: { sessionId: string; last: Turn }) {
  const { data } = useQuery(costQuery({ sessionId }, `${id} ${usage.output}`))
  if (!data) return null
  return (
    <span className="shrink-0" title="What this conversation cost so far, at the prices of then">
      {data} in all
    </span>
  )
}

const fills = { calm: 'bg-accent', amber: 'bg-warn', red: 'bg-danger' }
const words = { calm: '', amber: 'text-warn', red: 'text-danger' }

function Gauge({ gauge }: { gauge: ContextGauge }) {
  const { used, max, estimated, isGuess } = gauge
  const about = estimated || gauge.isGuess ? '≈ ' : ''
  if (!max) return <span className="shrink-0">{`${about}${formatCount(used)} tokens of context`}</span>
  const percent = Math.min(100, Math.round((used / max) * 100))
  const level = gaugeLevel(gauge)
  const window = `${formatCount(max)} tokens${isGuess ? ', a guess: the service does not say how many this model takes' : ''}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter takes no colours of ours
    <span
      role="meter"
      aria-label="Context"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${percent} % of ${window}`}
      data-tip={`${formatCount(used)} of ${window}`}
      className="flex shrink-0 items-center gap-1.5"
    >
      <span className="h-1 w-10 overflow-hidden rounded-full bg-line">
        <span className={cn('block h-full rounded-full', fills[level])} style={{ width: `${Math.max(percent, 2)}%` }} />
      </span>
      <span className={words[level]}>
        {about}
        {percent} % context
      </span>
    </span>
  )
}
