import { anyReason, edgeOf, foldReason } from './edge.ts'
import { holds, isAboutCard, type Scope } from './expression.ts'
import { edgesFrom, type Graph, type GraphTransition, stateOf } from './graph.ts'

/** A card, as far as a graph asks. */
export type MovedCard = Pick<Scope, 'type' | 'title' | 'fields' | 'tags'> & { status: string }

export interface Move {
  to: string
  /** The edges that lead there; none for a card that is not in the graph yet. */
  on: readonly string[]
  /** The conditions that would have to hold, where none of the edges is open. */
  needs?: readonly string[]
}

/**
 * Where a card may go. Into a graph it comes by its entry; from a state it goes along an edge. A condition that speaks of
 * the card alone has to hold; one that only a run can tell is the run's to keep.
 */
export function movesOf(graph: Graph, card: MovedCard): Move[] {
  if (!stateOf(graph, card.status)) return graph.entry ? [{ to: graph.entry, on: [] }] : []
  const targets = Map.groupBy(
    edgesFrom(graph, card.status).filter(({ to }) => to !== card.status),
    ({ to }) => to,
  )
  return [...targets].map(([to, edges]) => {
    const open = edges.filter((edge) => isOpen(edge, card))
    const on = edges.map((edge) => edge.on)
    return open.length > 0 ? { to, on: open.map((edge) => edge.on) } : { to, on, needs: on.map(conditionOf) }
  })
}

function isOpen({ on }: GraphTransition, card: MovedCard): boolean {
  const edge = edgeOf(on)
  if (edge?.kind !== 'conditional') return edge !== undefined
  return !isAboutCard(edge.expression) || holds(edge.expression, card)
}

function conditionOf(on: string): string {
  return on.replace(/^conditional:/, '').trim()
}

export type Refusal =
  /** No edge leads there. */
  | { why: 'no_edge'; allowed: string[] }
  /** What the edge asks for is not so. */
  | { why: 'condition'; needs: readonly string[]; allowed: string[] }
  /** A person has it, and no agent may take it away from them. */
  | { why: 'person'; allowed: string[] }

/**
 * Why a card may not get a status; undefined where it may. Statuses that are not in the graph are free among themselves,
 * and nothing leads out of the graph but being deleted.
 */
export function refusalOfMove(
  graph: Graph,
  card: MovedCard,
  to: string,
  { isPerson }: { isPerson: boolean },
): Refusal | undefined {
  const from = stateOf(graph, card.status)
  if (to === card.status || (!from && !stateOf(graph, to))) return undefined
  const moves = movesOf(graph, card)
  const allowed = moves.filter(({ needs }) => !needs).map((move) => move.to)
  const move = moves.find((one) => one.to === to)
  if (!move) return { why: 'no_edge', allowed }
  if (move.needs) return { why: 'condition', needs: move.needs, allowed }
  if (from?.handler.kind === 'person' && !isPerson) return { why: 'person', allowed: [] }
  return undefined
}

/** What came of the work in a state. */
export type Outcome = { kind: 'success' } | { kind: 'pushback'; reason: string }

/**
 * The edge that is taken. On success the first whose condition holds, or else the one on success; pushed back, the one
 * for the reason, else the one for any, else the first pushback there is. Undefined where none is.
 */
export function edgeTaken(graph: Graph, state: string, outcome: Outcome, scope: Scope): GraphTransition | undefined {
  const edges = edgesFrom(graph, state).map((edge) => ({ edge, when: edgeOf(edge.on) }))
  if (outcome.kind === 'success') {
    const met = edges.find(({ when }) => when?.kind === 'conditional' && holds(when.expression, scope))
    return (met ?? edges.find(({ when }) => when?.kind === 'success'))?.edge
  }
  const pushbacks = edges.flatMap(({ edge, when }) =>
    when?.kind === 'pushback' ? [{ edge, reason: when.reason }] : [],
  )
  const reason = foldReason(outcome.reason)
  const by = (wanted: string) => pushbacks.find((one) => one.reason === wanted)
  return (by(reason) ?? by(anyReason) ?? pushbacks[0])?.edge
}

/** The reasons an agent in a state may push back for. */
export function pushbackReasons(graph: Graph, state: string): string[] {
  return edgesFrom(graph, state).flatMap(({ on }) =>
    edgeOf(on)?.kind === 'pushback' ? [on.slice('pushback:'.length).trim()] : [],
  )
}
