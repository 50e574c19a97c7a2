import { edgeOf, type Graph, type GraphState } from '@loomcycle/proto/teams'
import { orderOf } from './order.ts'

/** Lengths are pixels at the usual size of text. */
export const measures = { head: 52, exit: 24, foot: 8, gap: 22, top: 10, lane: 11 } as const

interface DrawnExit {
  /** Its number among the transitions. */
  edge: number
  on: string
  kind: 'success' | 'conditional' | 'pushback' | 'unknown'
  to: string
  /** The state it leads to; none where there is no such state. */
  target: number | undefined
  /** The middle of its line. */
  y: number
}

export interface DrawnState {
  /** Its number among the states. */
  at: number
  state: GraphState
  y: number
  height: number
  isEntry: boolean
  /** A card gets there. */
  isReached: boolean
  exits: DrawnExit[]
}

/** A line from a way out of a state to the state it leads to, beside the states. */
export interface DrawnLine {
  edge: number
  from: number
  to: number
  kind: DrawnExit['kind']
  /** Onward on the right, back on the left. */
  side: 'left' | 'right'
  /** Counted from the states outward. */
  lane: number
  y: { from: number; to: number }
}

export interface Drawing {
  states: DrawnState[]
  lines: DrawnLine[]
  lanes: { left: number; right: number }
  height: number
}

/** One state below the other, each with its ways out; what leads on goes down on the right, what leads back up on the left. */
export function layOut(graph: Graph): Drawing {
  const { states = [], transitions = [], entry } = graph
  const numbers = new Map(states.map(({ state }, i) => [state, i]).toReversed() as [string, number][])
  const reached = reachedFrom(graph, entry)
  let y: number = measures.top
  const drawn = orderOf(graph).map((at): DrawnState => {
    const state = states[at]!
    const isFirst = numbers.get(state.state) === at
    const exits = transitions.flatMap(({ from, to, on }, edge) => {
      if (!isFirst || from !== state.state) return []
      return [{ edge, on, kind: edgeOf(on)?.kind ?? ('unknown' as const), to, target: numbers.get(to) }]
    })
    const top = y
    const height = measures.head + exits.length * measures.exit + (exits.length > 0 ? measures.foot : 0)
    y += height + measures.gap
    return {
      at,
      state,
      y: top,
      height,
      isEntry: isFirst && state.state === entry,
      isReached: isFirst && reached.has(state.state),
      exits: exits.map((exit, i) => ({ ...exit, y: top + measures.head + (i + 0.5) * measures.exit })),
    }
  })
  const tops = new Map(drawn.map((one) => [one.at, one.y]))
  const lines = drawn.flatMap(({ at, y: top, exits }) =>
    exits.flatMap(({ edge, kind, target, y: from }): Omit<DrawnLine, 'lane'>[] => {
      if (target === undefined) return []
      const to = tops.get(target)! + measures.head / 2
      return [{ edge, from: at, to: target, kind, side: tops.get(target)! > top ? 'right' : 'left', y: { from, to } }]
    }),
  )
  const left = inLanes(lines.filter(({ side }) => side === 'left'))
  const right = inLanes(lines.filter(({ side }) => side === 'right'))
  return {
    states: drawn,
    lines: [...left.lines, ...right.lines],
    lanes: { left: left.count, right: right.count },
    height: Math.max(y - measures.gap, 0) + measures.top,
  }
}

/** Lines to the same state share a lane; two that would lie on each other do not. The shortest are the nearest. */
function inLanes(lines: readonly Omit<DrawnLine, 'lane'>[]): { lines: DrawnLine[]; count: number } {
  const trunks = [...Map.groupBy(lines, ({ to }) => to).values()]
    .map((group) => {
      const ends = group.flatMap(({ y }) => [y.from, y.to])
      return { group, from: Math.min(...ends), to: Math.max(...ends) }
    })
    .sort((a, b) => a.to - a.from - (b.to - b.from))
  const lanes: { from: number; to: number }[][] = []
  const placed = trunks.flatMap(({ group, from, to }) => {
    const free = lanes.findIndex((taken) => taken.every((other) => other.to < from || other.from > to))
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), { from, to }]
    return group.map((line) => ({ ...line, lane }))
  })
  return { lines: placed, count: lanes.length }
}

function reachedFrom({ transitions = [] }: Graph, entry: string | undefined): Set<string> {
  const there = new Set(entry === undefined ? [] : [entry])
  for (const state of there) for (const { from, to } of transitions) if (from === state) there.add(to)
  return there
}
