import type { Graph, HandlerKind } from '@loomcycle/proto/teams'
import { Bot, Combine, Flag, type LucideIcon, TriangleAlert, User, UsersRound } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { DiagramLines } from './diagram-lines.tsx'
import { shortWords } from './edge-words.ts'
import { type DrawnState, layOut } from './layout.ts'
import { toCss } from './state-color.ts'
import './teams.css'
import { workersOf } from './workers.ts'

export interface TeamDiagramProps {
  graph: Graph
  /** States that something is wrong with, by their numbers. */
  faulty?: ReadonlySet<number>
  /** Somebody wants to see more of a state. */
  onChoose?: (at: number) => void
}

const icons: Record<HandlerKind, LucideIcon> = {
  agent: Bot,
  parallel: UsersRound,
  consolidator: Combine,
  person: User,
  terminal: Flag,
}
const none: ReadonlySet<number> = new Set()

/** A team as its graph. Up and Down go from state to state; what leads there and away is marked. */
export function TeamDiagram({ graph, faulty = none, onChoose }: TeamDiagramProps) {
  const drawing = useMemo(() => layOut(graph), [graph])
  const [looked, setLooked] = useState<number>()
  const [pointed, setPointed] = useState<number>()
  const active = pointed ?? looked
  const first = drawing.states.some(({ at }) => at === looked) ? looked : drawing.states[0]?.at
  if (drawing.states.length === 0) return <p className="px-4 py-3 text-muted text-sm">There is no state yet.</p>
  return (
    <div className="flex justify-center px-2 py-1">
      <DiagramLines drawing={drawing} side="left" active={active} />
      <ol
        aria-label="Diagram"
        className="relative min-w-0 max-w-80 flex-1"
        style={{ height: rem(drawing.height) }}
        onKeyDown={goUpOrDown}
      >
        {drawing.states.map((one) => (
          <li key={one.at} className="absolute inset-x-0" style={{ top: rem(one.y), height: rem(one.height) }}>
            <button
              type="button"
              tabIndex={one.at === first ? 0 : -1}
              onFocus={() => setLooked(one.at)}
              onBlur={() => setLooked(undefined)}
              onPointerEnter={() => setPointed(one.at)}
              onPointerLeave={() => setPointed(undefined)}
              onClick={() => onChoose?.(one.at)}
              className={cn(
                'team-state flex size-full flex-col overflow-hidden rounded-lg border border-line-strong bg-raised text-left shadow-card',
                !one.isReached && 'border-dashed',
                one.state.handler.kind === 'terminal' && 'is-end',
                faulty.has(one.at) && 'is-faulty',
                active === one.at && 'is-looked-at',
              )}
            >
              <Card of={one} color={toCss(graph.colors?.[one.state.state])} isFaulty={faulty.has(one.at)} />
            </button>
          </li>
        ))}
      </ol>
      <DiagramLines drawing={drawing} side="right" active={active} />
    </div>
  )
}

const rem = (pixels: number) => `${pixels / 16}rem`

function Card({ of, color, isFaulty }: { of: DrawnState; color: string | undefined; isFaulty: boolean }) {
  const { state, exits, isEntry } = of
  const Icon = icons[state.handler.kind] ?? Bot
  return (
    <>
      <span className="team-state-head flex w-full shrink-0 items-center gap-2.5 px-3">
        <span
          className="flex size-7 shrink-0 items-center justify-center rounded-full border-2 bg-surface"
          style={color ? { borderColor: color } : undefined}
        >
          <Icon aria-hidden="true" className="size-3.5 text-muted" />
        </span>
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="truncate font-medium text-sm">
            {state.state || 'No name'}
            <Spoken>: </Spoken>
          </span>
          <span className="truncate text-muted text-xs">
            {workersOf(state)}
            <Spoken>. </Spoken>
          </span>
        </span>
        {isFaulty && (
          <>
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />
            <Spoken>Something is wrong with it. </Spoken>
          </>
        )}
        {isEntry && (
          <span className="shrink-0 rounded-full bg-accent-soft px-2 py-0.5 font-medium text-2xs text-accent-text">
            Begins
            <Spoken> here. </Spoken>
          </span>
        )}
      </span>
      {exits.map(({ edge, on, to, target }) => (
        <span key={edge} className="flex h-6 w-full shrink-0 items-center gap-2 px-3 text-xs">
          <span className="min-w-0 flex-1 truncate text-muted" title={shortWords(on)}>
            {shortWords(on)}
          </span>
          <span
            className={cn('max-w-[45%] truncate', target === undefined ? 'text-danger line-through' : 'text-text')}
            title={to}
          >
            <span aria-hidden="true">→ </span>
            <Spoken> to </Spoken>
            {to || 'nowhere'}
            <Spoken>. </Spoken>
          </span>
        </span>
      ))}
    </>
  )
}

/** What lines and places say to whoever sees them. */
function Spoken({ children }: { children: string }) {
  return <span className="sr-only">{children}</span>
}

function goUpOrDown(event: KeyboardEvent<HTMLOListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const wanted = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
  if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  buttons[wanted]?.focus()
}
