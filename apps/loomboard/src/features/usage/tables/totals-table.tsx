import { useMemo } from 'react'
import { costsInWords } from '../../../lib/cost.ts'
import { dayInWords } from '../model/measure-words.ts'
import { type Sum, type Total, toTsv } from '../model/report.ts'
import { Figures } from './figures.tsx'

const head = ['Input', 'Output', 'Cache read', 'Cache write', 'Calls', 'Without price', 'Cost']
const whole = new Intl.NumberFormat('en')

const figures = ({ input, output, cacheRead, cacheWrite, calls, unpriced }: Sum) => [
  ...[input, output, cacheRead, cacheWrite, calls, unpriced],
]
const cells = (sum: Sum) => [...figures(sum).map((n) => whole.format(n)), costsInWords(sum.costs) || '–']

/** What each of them took, to the token. */
export function TotalsTable({ title, of, sum }: { title: string; of: readonly Total[]; sum: Sum }) {
  const heading = useMemo(() => [title.replace(/^By (.)/, (_, first: string) => first.toUpperCase()), ...head], [title])
  const text = useMemo(
    () =>
      toTsv(
        heading,
        of.map((total) => [total.name, ...figures(total), costsInWords(total.costs)]),
      ),
    [heading, of],
  )
  return (
    <Figures
      {...{ title, text }}
      head={heading}
      rows={of.map((total) => ({
        key: total.name,
        cells: [/^\d{4}-\d\d-\d\d$/.test(total.name) ? dayInWords(total.name) : total.name, ...cells(total)],
      }))}
      foot={['All', ...cells(sum)]}
    />
  )
}
