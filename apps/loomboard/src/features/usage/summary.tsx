import { costsInWords } from '../../lib/cost.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { type Sum, tokensOf } from './model/report.ts'

export function Summary({ of }: { of: Sum }) {
  const cost = costsInWords(of.costs)
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-4">
      <Figure of="Tokens" value={formatCount(tokensOf(of))}>
        {formatCount(of.input)} in, {formatCount(of.output)} out
      </Figure>
      <Figure of="Prompt cache" value={formatCount(of.cacheRead)}>
        read; {formatCount(of.cacheWrite)} written
      </Figure>
      <Figure of="Model calls" value={formatCount(of.calls)}>
        {of.unpriced === 0 ? 'All with a price' : `${formatCount(of.unpriced)} without a price`}
      </Figure>
      <Figure of="Cost" value={cost || '–'}>
        {cost === ''
          ? 'No price is known'
          : of.unpriced === 0
            ? 'At the prices of then'
            : `Without ${plural(of.unpriced, 'call')}`}
      </Figure>
    </dl>
  )
}

function Figure({ of, value, children }: { of: string; value: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{of}</dt>
      <dd className="font-display font-semibold text-xl tabular-nums [overflow-wrap:anywhere]">{value}</dd>
      <dd className="text-faint text-xs">{children}</dd>
    </div>
  )
}
