import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { dayInWords, valueInWords } from '../model/measure-words.ts'
import type { Measure, Series } from '../model/report.ts'
import { canvasFill, fillOf } from './patterns.ts'
import { stacked } from './stacked.ts'

export interface BarsProps {
  days: readonly string[]
  series: readonly Series[]
  measure: Measure
  currency: string | undefined
  /** The day that is pointed at. */
  at: number | undefined
  theme: 'light' | 'dark'
  onPoint: (at: number | undefined) => void
}

const axisSize = { x: 28, y: 56 }
const font = '11px Inter, sans-serif'

/** Draws them; colours are read anew with the theme. */
export function Bars(props: BarsProps) {
  const { days, series, measure, currency, theme, at } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(undefined)
  const onPoint = useRef(props.onPoint)
  onPoint.current = props.onPoint

  useEffect(() => {
    const element = place.current
    if (!element) return
    const style = getComputedStyle(element)
    const color = (token: string) => style.getPropertyValue(token).trim()
    const axis = { stroke: color('--muted'), font, ticks: { show: false } }
    const bars = UPlot.paths.bars!({ size: [0.75, 48], radius: 0 })
    const drawn = new UPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        padding: [12, 8, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: [-0.6, days.length - 0.4] },
          y: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] },
        },
        axes: [
          {
            ...axis,
            size: axisSize.x,
            grid: { show: false },
            space: 56,
            incrs: [1, 2, 5, 7, 14, 30],
            values: (_, splits) => splits.map((i) => (days[i] === undefined ? '' : dayInWords(days[i]))),
          },
          {
            ...axis,
            size: axisSize.y,
            grid: { stroke: color('--line'), width: 1 },
            values: (_, splits) => splits.map((value) => valueInWords(value, measure, currency)),
          },
        ],
        series: [
          {},
          // What is beneath is drawn last, over what reaches above it.
          ...series.map((_, i) => {
            const fill = canvasFill(fillOf(series.length - 1 - i), color)
            return { paths: bars, fill: () => fill as string, width: 0, points: { show: false } }
          }),
        ],
        hooks: {
          setCursor: [({ cursor }) => onPoint.current(cursor.idx ?? undefined)],
        },
      },
      [days.map((_, i) => i), ...stacked(series)],
      element,
    )
    plot.current = drawn
    const sizes = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: element.clientHeight }))
    sizes.observe(element)
    return () => {
      sizes.disconnect()
      drawn.destroy()
      plot.current = undefined
    }
  }, [days, series, measure, currency, theme])

  // Whoever goes there with arrows sees where they are; a mouse has shown it already.
  useEffect(() => {
    const drawn = plot.current
    if (!drawn || at === drawn.cursor.idx) return
    drawn.setCursor({ left: at === undefined ? -10 : drawn.valToPos(at, 'x'), top: 0 }, false)
  }, [at])

  return <div ref={place} aria-hidden="true" className="h-full w-full overflow-hidden" />
}
