import { type Graph, refusalOfMove, stateOf } from '@loomcycle/proto/teams'
import { joined } from '../../../lib/joined.ts'
import type { OutlineChunk } from '../model/outline.ts'

/** A team, as the cards of a board are held to it. */
export interface Team {
  name: string
  graph: Graph
}

/** The team of a board, and those that cards are on their way through. */
export interface BoardTeams {
  board?: Team | undefined
  cards: ReadonlyMap<string, Team>
}

export function teamOf(teams: BoardTeams | undefined, cardId: string): Team | undefined {
  return teams?.cards.get(cardId) ?? teams?.board
}

/** Why its team does not let a card get a status, for a person; undefined where it does. */
export function refusalByTeam(
  { name, graph }: Team,
  { status = '', type, title, fields, tags }: OutlineChunk,
  to: string,
  titleOf: (status: string) => string,
): string | undefined {
  const card = { status, type, title, fields: fields ?? {}, tags: tags ?? [] }
  const refusal = refusalOfMove(graph, card, to, { isPerson: true })
  if (!refusal) return undefined
  if (refusal.why === 'condition') return `Only when ${refusal.needs.join(' or ')}.`
  const allowed = refusal.allowed.map(titleOf)
  if (!stateOf(graph, status)) return `Cards come into ${name} at ${titleOf(graph.entry ?? '')}.`
  const where = allowed.length === 0 ? 'nowhere' : `to ${joined(allowed, 'or')}`
  return `From ${titleOf(status)} ${name} leads ${where}.`
}
