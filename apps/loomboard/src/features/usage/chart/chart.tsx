import { type KeyboardEvent, lazy, Suspense, useId, useState } from 'react'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { resolvedTheme, useTheme } from '../../../lib/browser/theme.ts'
import { cn } from '../../../lib/cn.ts'
import { dayInWords, valueInWords } from '../model/measure-words.ts'
import type { Measure, Series } from '../model/report.ts'
import { Swatch } from './swatch.tsx'

const Bars = lazy(() => import('./bars.tsx').then((module) => ({ default: module.Bars })))
/** Where nothing can be drawn, the tables say the same. */
const canDraw = typeof CanvasRenderingContext2D !== 'undefined'

export interface ChartProps {
  title: string
  days: readonly string[]
  series: readonly Series[]
  measure: Measure
  currency: string | undefined
}

/** Bars by day, one above the other; whoever points at a day, or goes to it with arrows, is told its figures. */
export function Chart({ title, days, series, measure, currency }: ChartProps) {
  const [at, setAt] = useState<number>()
  const about = useId()
  useTheme()
  const day = at === undefined ? undefined : days[at]
  const words = (value: number) => valueInWords(value, measure, currency)
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

  const goToDay = (event: KeyboardEvent) => {
    const last = days.length - 1
    const next = {
      ArrowLeft: Math.max(0, (at ?? days.length) - 1),
      ArrowRight: Math.min(last, (at ?? -1) + 1),
      Home: 0,
      End: last,
      Escape: undefined,
    }
    if (!(event.key in next)) return
    event.preventDefault()
    setAt(next[event.key as keyof typeof next])
  }

  return (
    <figure className="rounded-lg border bg-surface">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 pt-3">
        <h2 className="font-display font-semibold text-base">{title}</h2>
        <span className="text-muted text-sm tabular-nums">
          {day === undefined
            ? `${dayInWords(days[0]!)} to ${dayInWords(days.at(-1)!)}, UTC`
            : `${dayInWords(day)}: ${words(sum(series.map(({ values }) => values[at!] ?? 0)))}`}
        </span>
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${title}: choose a day`}
        aria-describedby={about}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={at ?? days.length - 1}
        aria-valuetext={
          day === undefined
            ? 'No day is chosen'
            : [dayInWords(day), ...series.map(({ name, values }) => `${name} ${words(values[at!] ?? 0)}`)].join(', ')
        }
        onKeyDown={goToDay}
        onBlur={() => setAt(undefined)}
        className="mx-2 h-56 rounded-md -outline-offset-2"
      >
        {canDraw && (
          <Suspense fallback={<Skeleton className="m-2 h-52" />}>
            <Bars {...{ days, series, measure, currency, at, theme: resolvedTheme() }} onPoint={setAt} />
          </Suspense>
        )}
      </div>
      <p id={about} className="sr-only">
        Arrows go from day to day. The tables below say the same in figures.
      </p>
      <ul aria-label="What the bars are" className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-1 pb-3 text-xs">
        {series.map(({ name, values }, i) => (
          <li key={name} className="flex min-w-0 items-center gap-1.5">
            <Swatch n={i} />
            <span className="min-w-0 truncate">{name}</span>
            <span className={cn('tabular-nums', day === undefined ? 'text-faint' : 'text-text')}>
              {words(day === undefined ? sum(values) : (values[at!] ?? 0))}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  )
}
