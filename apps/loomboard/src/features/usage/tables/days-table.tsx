import { useMemo } from 'react'
import { dayInWords, valueInWords } from '../model/measure-words.ts'
import { type Measure, type Series, toTsv } from '../model/report.ts'
import { Figures } from './figures.tsx'

/** What a chart draws, in figures; days on which nothing was taken are left out. */
export function DaysTable(props: {
  title: string
  days: readonly string[]
  series: readonly Series[]
  measure: Measure
  currency: string | undefined
}) {
  const { title, days, series, measure, currency } = props
  const head = useMemo(() => ['Day', ...series.map(({ name }) => name)], [series])
  const found = useMemo(
    () =>
      days
        .map((day, i) => ({ day, values: series.map(({ values }) => values[i] ?? 0) }))
        .filter(({ values }) => values.some((value) => value > 0))
        .reverse(),
    [days, series],
  )
  const text = useMemo(
    () =>
      toTsv(
        head,
        found.map(({ day, values }) => [day, ...values]),
      ),
    [head, found],
  )
  if (found.length === 0) return null
  return (
    <Figures
      {...{ title, head, text }}
      rows={found.map(({ day, values }) => ({
        key: day,
        cells: [
          dayInWords(day),
          ...values.map((value) => (value === 0 ? '–' : valueInWords(value, measure, currency))),
        ],
      }))}
    />
  )
}
