import { cn } from '../../lib/cn.ts'
import { type Drawing, type DrawnLine, measures } from './layout.ts'

interface DiagramLinesProps {
  drawing: Drawing
  side: DrawnLine['side']
  /** The state whose lines are marked. */
  active: number | undefined
}

/** As wide as eight lanes; more of them are closer together. */
const widest = 8
const nearest = 14
const corner = 6

const dashes: Record<DrawnLine['kind'], string | undefined> = {
  success: undefined,
  conditional: '2 3',
  pushback: '6 4',
  unknown: '1 4',
}

/** The lines on one side of the states. */
export function DiagramLines({ drawing, side, active }: DiagramLinesProps) {
  const { lanes, height } = drawing
  const count = lanes[side]
  const lane = count > widest ? (widest * measures.lane) / count : measures.lane
  const width = count === 0 ? 8 : nearest + (Math.min(count, widest) - 1) * measures.lane + 6
  const x = (at: number) => (side === 'right' ? at : width - at)
  const lines = drawing.lines.filter((line) => line.side === side)
  const isActive = ({ from, to }: DrawnLine) => active === from || active === to
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      className="shrink-0 overflow-visible"
      style={{ width: `${width / 16}rem`, height: `${height / 16}rem` }}
    >
      {lines
        // What is marked lies above the rest.
        .sort((a, b) => Number(isActive(a)) - Number(isActive(b)))
        .map((line) => {
          const out = nearest + line.lane * lane
          return (
            <g
              key={line.edge}
              className={cn('team-line', isActive(line) ? 'is-looked-at' : active !== undefined && 'is-aside')}
            >
              <path d={pathOf(line, x, out)} strokeDasharray={dashes[line.kind]} />
              <circle cx={x(0)} cy={line.y.from} r={2.5} className="team-line-end" />
              <path
                d={`M ${x(0)} ${line.y.to} L ${x(7)} ${line.y.to - 4} L ${x(7)} ${line.y.to + 4} Z`}
                className="team-line-end"
              />
            </g>
          )
        })}
    </svg>
  )
}

/** Out, along its lane, and in again, with round corners. */
function pathOf({ y }: DrawnLine, x: (at: number) => number, out: number): string {
  const down = y.to > y.from ? 1 : -1
  const round = Math.min(corner, Math.abs(y.to - y.from) / 2, out)
  return [
    `M ${x(0)} ${y.from}`,
    `H ${x(out - round)}`,
    `Q ${x(out)} ${y.from} ${x(out)} ${y.from + down * round}`,
    `V ${y.to - down * round}`,
    `Q ${x(out)} ${y.to} ${x(out - round)} ${y.to}`,
    `H ${x(6)}`,
  ].join(' ')
}
