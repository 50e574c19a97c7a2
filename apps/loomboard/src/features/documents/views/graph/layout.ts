import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'
import type { Line } from './choose.ts'

export interface Point {
  x: number
  y: number
}

interface Node extends SimulationNodeDatum {
  id: string
}

const ticks = 240
/** A picture that takes longer is laid out in several steps, with everybody else in between. */
const stepFor = 12

/** Places for chunks, so that those that are linked are near each other and none lies on another. The same every time. */
export async function layOut(
  ids: readonly string[],
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Point> | undefined> {
  const nodes: Node[] = ids.map((id) => ({ id }))
  const links = lines.map(({ from, to }) => ({ source: from, target: to }))
  const simulation = forceSimulation(nodes)
    .force(
      'links',
      forceLink<Node, (typeof links)[number]>(links)
        .id(({ id }) => id)
        .distance(150)
        .strength(0.5),
    )
    .force('apart', forceManyBody().strength(-380).distanceMax(500))
    .force('room', forceCollide(64).iterations(2))
    // Screens are wider than high.
    .force('x', forceX(0).strength(0.06))
    .force('y', forceY(0).strength(0.11))
    .stop()
  for (let tick = 0, since = performance.now(); tick < ticks; tick++) {
    simulation.tick()
    if (performance.now() - since < stepFor) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return undefined
    since = performance.now()
  }
  const points = nodes.map(({ x = 0, y = 0 }) => ({ x, y }))
  makeRoom(points)
  return new Map(nodes.map(({ id }, i) => [id, { x: Math.round(points[i]!.x), y: Math.round(points[i]!.y) }]))
}

/** A name and what is to be free around it. */
export const room = { width: 156, height: 44 }
const mostRounds = 200

/** Names are wider than high: what still lies on another is moved aside, or up and down, whichever is less. */
function makeRoom(points: readonly Point[]): void {
  for (let round = 0, isCrowded = true; isCrowded && round < mostRounds; round++) {
    isCrowded = false
    for (const [i, a] of points.entries()) {
      for (let j = i + 1; j < points.length; j++) {
        const b = points[j]!
        const [x, y] = [room.width - Math.abs(a.x - b.x), room.height - Math.abs(a.y - b.y)]
        if (x <= 0 || y <= 0) continue
        isCrowded = true
        if (x < y) push(a, b, 'x', x)
        else push(a, b, 'y', y)
      }
    }
  }
}

function push(a: Point, b: Point, along: 'x' | 'y', by: number): void {
  const half = (by / 2 + 0.5) * (a[along] < b[along] ? -1 : 1)
  a[along] += half
  b[along] -= half
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const margin = 90

/** What all places lie in, with room for their names. */
export function boxOf(points: Iterable<Point>): Box {
  const all = [...points]
  const xs = all.map(({ x }) => x)
  const ys = all.map(({ y }) => y)
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin]
  return { left, top, width: Math.max(0, ...xs) + margin - left, height: Math.max(0, ...ys) + margin - top }
}

/** The nearest that way, what lies straight ahead before what lies aside. */
export function nearest(points: ReadonlyMap<string, Point>, from: string, key: string): string | undefined {
  const here = points.get(from)
  if (!here) return undefined
  let best: { id: string; distance: number } | undefined
  for (const [id, { x, y }] of points) {
    const [dx, dy] = [x - here.x, y - here.y]
    const [ahead, aside] =
      key === 'ArrowRight' ? [dx, dy] : key === 'ArrowLeft' ? [-dx, dy] : key === 'ArrowDown' ? [dy, dx] : [-dy, dx]
    if (id === from || ahead <= 0 || Math.abs(aside) > 2 * ahead) continue
    const distance = ahead + 2 * Math.abs(aside)
    if (!best || distance < best.distance) best = { id, distance }
  }
  return best?.id
}
