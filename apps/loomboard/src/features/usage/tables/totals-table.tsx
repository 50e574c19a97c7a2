import { useMemo } from 'react'
import { costLines, costsInWords } from '../../../lib/cost.ts'
import { dayInWords, splitWords } from '../model/measure-words.ts'
import { type Split, type Sum, type Total, toTsv } from '../model/report.ts'
import { Figures } from './figures.tsx'

const head = ['Input', 'Output', 'Cache read', 'Cache write', 'Calls', 'Without price', 'Cost']
const whole = new Intl.NumberFormat('en')

const figures = ({ input, output, cacheRead, cacheWrite, calls, unpriced }: Sum) => [
  ...[input, output, cacheRead, cacheWrite, calls, unpriced],
]
const cells = (sum: Sum) => [...figures(sum).map((n) => whole.format(n)), <Costs key="cost" of={sum.costs} />]

/** What each of them took, to the token. */
export function TotalsTable({ split, of, sum }: { split: Split; of: readonly Total[]; sum: Sum }) {
  const name = split === 'kind' ? 'Day' : splitWords[split]
  const heading = useMemo(() => [name, ...head], [name])
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
      title={`By ${name.toLowerCase()}`}
      text={text}
      head={heading}
      rows={of.map((total) => ({
        key: total.name,
        cells: [split === 'kind' ? dayInWords(total.name) : total.name, ...cells(total)],
      }))}
      foot={['All', ...cells(sum)]}
    />
  )
}

/** One currency a line: side by side, three of them would be wider than the page. */
function Costs({ of }: { of: Sum['costs'] }) {
  if (of.size === 0) return '–'
  return costLines(of).map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ))
}
