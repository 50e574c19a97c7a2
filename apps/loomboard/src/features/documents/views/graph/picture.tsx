import { Maximize, Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { LinesLoading } from '../../../../components/lines-loading.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { cn } from '../../../../lib/cn.ts'
import { humanName } from '../../model/field-chips.ts'
import type { ViewProps } from '../view.ts'
import { type Camera, fitted, moved, zoomed } from './camera.ts'
import { type Drawn, type Line, toLines } from './choose.ts'
import { boxOf, layOut, nearest, type Point } from './layout.ts'

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

/** Linked chunks as a picture: dragged and zoomed by hand, gone through by arrows. */
export function Picture(props: ViewProps & { drawn: Drawn }) {
  const { drawn, selected, onOpen } = props
  const { nodes } = drawn
  const lines = useMemo(() => toLines(drawn.edges), [drawn.edges])
  const places = usePlaces(nodes, lines)
  const root = useRef<HTMLDivElement>(null)
  const [camera, setCamera] = useState<Camera>()
  const [on, setOn] = useState<string>()
  const held = useRef<{ x: number; y: number } | undefined>(undefined)
  const size = () => ({ width: root.current?.clientWidth ?? 0, height: root.current?.clientHeight ?? 0 })
  const box = useMemo(() => boxOf(places?.values() ?? []), [places])
  useEffect(() => {
    if (places)
      setCamera(fitted(box, { width: root.current?.clientWidth ?? 0, height: root.current?.clientHeight ?? 0 }))
  }, [box, places])
  useEffect(() => {
    const element = root.current
    if (!element) return
    // Not by React: it listens to wheels without a say in what they do.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      const at = { x: event.clientX - left, y: event.clientY - top }
      setCamera((now) => now && zoomed(now, Math.exp(-event.deltaY / 400), at))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [places])

  const { chunks, isDone } = props.editing
  const done = useMemo(
    () =>
      new Set(
        nodes.flatMap(({ id }) => {
          const chunk = chunks.get(id)
          return chunk && isDone(chunk) ? [id] : []
        }),
      ),
    [nodes, chunks, isDone],
  )
  const titles = useMemo(() => new Map(nodes.map(({ id, title }) => [id, title])), [nodes])
  const stop = on !== undefined && places?.has(on) ? on : (nodes.find(({ id }) => id === selected) ?? nodes[0])?.id
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !places || stop === undefined) return
    if (event.key === '+' || event.key === '-') zoomBy(event.key === '+' ? 1.25 : 0.8)
    else if (arrows.includes(event.key)) {
      const to = nearest(places, stop, event.key)
      if (to) {
        setOn(to)
        root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(to)}"]`)?.focus({ preventScroll: true })
      }
    } else return
    event.preventDefault()
  }
  function zoomBy(factor: number): void {
    const { width, height } = size()
    setCamera((now) => now && zoomed(now, factor, { x: width / 2, y: height / 2 }))
  }
  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest('button')) return
    held.current = { x: event.clientX, y: event.clientY }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  function onPointerMove({ clientX: x, clientY: y }: PointerEvent): void {
    const from = held.current
    if (!from) return
    held.current = { x, y }
    setCamera((now) => now && moved(now, { x: x - from.x, y: y - from.y }))
  }
  /** What has the keyboard comes into sight. */
  function onFocus(id: string): void {
    setOn(id)
    const at = places?.get(id)
    if (!at || !camera) return
    const { width, height } = size()
    const x = at.x * camera.scale + camera.x
    const y = at.y * camera.scale + camera.y
    const dx = x < 80 ? 80 - x : x > width - 80 ? width - 80 - x : 0
    const dy = y < 40 ? 40 - y : y > height - 40 ? height - 40 - y : 0
    if (dx !== 0 || dy !== 0) setCamera(moved(camera, { x: dx, y: dy }))
  }
  if (!places) return <LinesLoading label="Drawing the picture" />
  const { scale, x, y } = camera ?? { scale: 1, x: 0, y: 0 }
  return (
    <section
      ref={root}
      aria-label="Picture of the links"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        held.current = undefined
      }}
      className="relative min-h-0 flex-1 cursor-grab touch-none select-none overflow-hidden border-t active:cursor-grabbing"
    >
      <div
        className="absolute top-0 left-0 origin-top-left"
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
      >
        <Lines lines={lines} places={places} on={on} titles={titles} />
        {nodes.map(({ id, title }) => {
          const at = places.get(id)!
          const isNear = on === undefined || on === id || lines.some((line) => touches(line, on) && touches(line, id))
          return (
            <button
              key={id}
              type="button"
              data-node={id}
              tabIndex={id === stop ? 0 : -1}
              aria-label={nodeInWords(title, lines.filter((line) => touches(line, id)).length)}
              onFocus={() => onFocus(id)}
              onClick={() => onOpen(id)}
              onPointerEnter={() => setOn(id)}
              onPointerLeave={() => setOn(undefined)}
              style={{ left: at.x, top: at.y }}
              className={cn(
                'absolute flex h-7 max-w-36 -translate-x-1/2 -translate-y-1/2 items-center rounded-full border px-2.5 text-xs shadow-card transition-opacity',
                id === selected ? 'border-accent bg-accent-soft text-accent-text' : 'border-line bg-raised text-text',
                done.has(id) && id !== selected && 'text-muted',
                !isNear && 'opacity-45',
              )}
            >
              <span className="truncate">{title || 'Untitled'}</span>
            </button>
          )
        })}
      </div>
      <div className="absolute right-3 bottom-3 flex flex-col rounded-lg bg-raised p-0.5 shadow-pop">
        <IconButton label="Nearer" onClick={() => zoomBy(1.25)}>
          <Plus />
        </IconButton>
        <IconButton label="Farther" onClick={() => zoomBy(0.8)}>
          <Minus />
        </IconButton>
        <IconButton label="Everything" onClick={() => setCamera(fitted(box, size(), 0))}>
          <Maximize />
        </IconButton>
      </div>
    </section>
  )
}

const touches = ({ from, to }: Line, id: string) => from === id || to === id

function nodeInWords(title: string, count: number): string {
  return `${title || 'Untitled'}, ${count === 1 ? '1 link' : `${count} links`}`
}

function Lines(props: {
  lines: readonly Line[]
  places: ReadonlyMap<string, Point>
  on: string | undefined
  titles: ReadonlyMap<string, string>
}) {
  const { lines, places, on, titles } = props
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute top-0 left-0 size-px overflow-visible">
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0 8 4 0 8z" className="fill-line-strong" />
        </marker>
      </defs>
      {lines.map((line) => {
        const [from, to] = [places.get(line.from), places.get(line.to)]
        if (!from || !to) return null
        const isFaint = on !== undefined && !touches(line, on)
        const end = shortened(from, to, titles.get(line.to))
        const start = line.both ? shortened(to, from, titles.get(line.from)) : from
        return (
          <g key={`${line.from} ${line.to}`} className={cn('transition-opacity', isFaint && 'opacity-30')}>
            <line
              x1={start.x}
              y1={start.y}
              x2={end.x}
              y2={end.y}
              markerEnd="url(#arrow)"
              markerStart={line.both ? 'url(#arrow)' : undefined}
              className="stroke-line-strong"
              strokeWidth={1}
            />
            {line.kinds.length > 0 && (
              <text
                x={(from.x + to.x) / 2}
                y={(from.y + to.y) / 2 - 3}
                textAnchor="middle"
                className="fill-muted stroke-bg text-2xs [paint-order:stroke]"
                strokeWidth={3}
              >
                {line.kinds.map(humanName).join(', ')}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** A line ends before the name it leads to, which is as wide as its letters, up to what there is room for. */
function shortened(from: Point, to: Point, title = 'Untitled'): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const [halfWidth, halfHeight] = [Math.min(74, 14 + title.length * 3.2), 18]
  const share = Math.min(halfWidth / Math.abs(dx || 1), halfHeight / Math.abs(dy || 1), 0.9)
  return { x: to.x - dx * share, y: to.y - dy * share }
}

function usePlaces(nodes: Drawn['nodes'], lines: readonly Line[]): ReadonlyMap<string, Point> | undefined {
  const [places, setPlaces] = useState<ReadonlyMap<string, Point>>()
  const ids = nodes.map(({ id }) => id).join(' ')
  const links = JSON.stringify(lines.map(({ from, to }) => [from, to]))
  // What is written in a chunk moves nothing.
  useEffect(() => {
    const abort = new AbortController()
    void layOut(
      nodes.map(({ id }) => id),
      lines,
      abort.signal,
    ).then((laid) => laid && setPlaces(laid))
    return () => abort.abort()
  }, [ids, links])
  const isCurrent = places !== undefined && nodes.every(({ id }) => places.has(id))
  return isCurrent ? places : undefined
}
