import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useMemo } from 'react'
import { LibraryFrame } from '../../components/definitions/library-frame.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { Select } from '../../components/ui/select.tsx'
import { whoamiQuery } from '../../lib/queries.ts'
import { runsTenant } from '../../lib/rights.ts'
import { useNow } from '../../lib/use-now.ts'
import { Chart } from './chart/chart.tsx'
import { Limits } from './limits/limits.tsx'
import { measureWords, splitWords } from './model/measure-words.ts'
import { daysOf, findRange, ranges, rangeWords } from './model/range.ts'
import { type Measure, mainCurrency, measures, type Split, seriesOf, splits, sumOf, totalsOf } from './model/report.ts'
import type { UsageView } from './model/view.ts'
import { usageQuery } from './queries.ts'
import { Summary } from './summary.tsx'
import { DaysTable } from './tables/days-table.tsx'
import { TotalsTable } from './tables/totals-table.tsx'

export interface UsagePageProps {
  view: UsageView
  onView: (view: UsageView) => void
}

/** What models were asked, what that took and cost, and how much may be taken. */
export function UsagePage({ view, onView }: UsagePageProps) {
  const { range, split, measure } = view
  const today = new Date(useNow(60_000)).toISOString().slice(0, 10)
  const days = useMemo(() => daysOf(range, Date.parse(today)), [range, today])
  const { data: me, error: meError, refetch: askWho } = useQuery(whoamiQuery)
  const asked = useQuery({ ...usageQuery(split, days), enabled: runsTenant(me) })
  const { data, isPlaceholderData } = asked
  const error = asked.error ?? meError
  return (
    <LibraryFrame
      of="/usage"
      className="flex flex-col gap-6"
      action={
        <Select
          aria-label="Which days"
          value={range}
          onChange={({ target }) => onView({ ...view, range: findRange(target.value)! })}
          className="w-36"
        >
          {ranges.map((one) => (
            <option key={one} value={one}>
              {rangeWords[one]}
            </option>
          ))}
        </Select>
      }
    >
      {me && !runsTenant(me) ? (
        <EmptyState icon={<ChartColumn />} title="Usage is told to whoever runs this tenant">
          What a conversation of yours took stands below it.
        </EmptyState>
      ) : error && !data ? (
        <ErrorState
          title="The usage could not be loaded"
          error={error}
          onRetry={() => void (me ? asked.refetch() : askWho())}
        />
      ) : !data ? (
        <LinesLoading label="Loading usage" />
      ) : data.rows.length === 0 && !isPlaceholderData ? (
        <EmptyState icon={<ChartColumn />} title="No model was called in these days">
          Each call of a model is counted here from now on, with its tokens, and with what it cost where its price is
          known.
        </EmptyState>
      ) : (
        <Report {...data} measure={measure}>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Segmented
              label="By what"
              value={split}
              options={splits.map((value) => ({ value, label: splitWords[value] }))}
              onChange={(next) => onView({ ...view, split: next })}
            />
            <Segmented
              label="What is counted"
              value={measure}
              options={measures.map((value) => ({ value, label: measureWords[value] }))}
              onChange={(next) => onView({ ...view, measure: next })}
            />
          </div>
        </Report>
      )}
      {runsTenant(me) && <Limits />}
    </LibraryFrame>
  )
}

function Report(props: {
  rows: Parameters<typeof sumOf>[0]
  isCut: boolean
  days: readonly string[]
  split: Split
  measure: Measure
  children: React.ReactNode
}) {
  const { rows, isCut, days, split, measure } = props
  const sum = useMemo(() => sumOf(rows), [rows])
  const currency = mainCurrency(sum)
  const series = useMemo(
    () => seriesOf(rows, { split, measure, days, ...(currency && { currency }) }),
    [rows, split, measure, days, currency],
  )
  const totals = useMemo(() => totalsOf(rows, split), [rows, split])
  // One axis is of one currency.
  const what = measure === 'cost' && sum.costs.size > 1 ? `Cost in ${currency}` : measureWords[measure]
  const title = `${what} by day and ${splitWords[split].toLowerCase()}`
  return (
    <>
      <Summary of={sum} />
      {props.children}
      {measure === 'cost' && currency === undefined ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted text-sm">
          No call of these days had a price. Prices stand under <code className="font-mono text-xs">pricing</code> in a
          configuration file; a call costs what stands there when it is made.
        </p>
      ) : (
        <Chart title={title} days={days} series={series} measure={measure} currency={currency} />
      )}
      {isCut && <p className="text-warn text-sm">There is more than is shown; choose fewer days.</p>}
      <TotalsTable split={split} of={totals} sum={sum} />
      {split === 'kind' ? null : <DaysTable title={title} days={days} series={series} {...{ measure, currency }} />}
    </>
  )
}
