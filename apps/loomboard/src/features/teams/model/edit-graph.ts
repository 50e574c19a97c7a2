import type { Graph, GraphState, HandlerKind } from '@loomcycle/proto/teams'
import {
  withItem,
  withItemMoved,
  withoutItems,
  withValue,
  withValues,
} from '../../../components/definitions/definition-text.ts'

type Change = readonly [path: readonly string[], value: unknown]

/**
 * Another name for a state, and for it wherever it is meant: where cards begin, at the ends of edges, at its color. `was`
 * is how the text stood when somebody began to type, so that passing by another name on the way does not mix up the two.
 */
export function renameState(
  was: string,
  { entry, states = [], transitions = [], colors = {} }: Graph,
  at: number,
  to: string,
) {
  const { state: from } = states[at]!
  const changes: Change[] = [[['states', String(at), 'state'], to]]
  const isMeant = (name: string | undefined) =>
    name === from && states.every(({ state }, i) => i === at || state !== from)
  if (isMeant(entry)) changes.push([['entry'], to])
  transitions.forEach((edge, i) => {
    if (isMeant(edge.from)) changes.push([['transitions', String(i), 'from'], to])
    if (isMeant(edge.to)) changes.push([['transitions', String(i), 'to'], to])
  })
  const color = colors[from]
  if (color !== undefined && isMeant(from) && to !== from)
    changes.push([['colors', from], undefined], [['colors', to], color])
  return withValues(was, changes)
}

/** Another kind of handler; who works there goes along as far as it can have somebody. */
export function changeKind(text: string, { handler }: GraphState, at: number, kind: HandlerKind): string {
  const path = (key: string) => ['states', String(at), 'handler', key]
  const names = handler.agents?.length ? handler.agents : handler.agent ? [handler.agent] : []
  const hasOne = kind === 'agent' || kind === 'consolidator'
  return withValues(text, [
    [path('kind'), kind],
    [path('agent'), hasOne ? names[0] : undefined],
    [path('agents'), kind === 'parallel' && names.length > 0 ? names : undefined],
  ])
}

/** A state without its edges and its color; where cards begin is left to be said. */
export function removeState(text: string, { states = [], transitions = [], colors = {} }: Graph, at: number): string {
  const { state } = states[at]!
  const isTwice = states.some((other, i) => i !== at && other.state === state)
  const left = withoutItems(text, ['states'], [at])
  if (isTwice) return left
  const edges = transitions.flatMap(({ from, to }, i) => (from === state || to === state ? [i] : []))
  const without = withoutItems(left, ['transitions'], edges)
  return colors[state] === undefined ? without : withValue(without, ['colors', state], undefined)
}

/** One more state, with a name that no other has. */
export function addState(text: string, { states = [] }: Graph): string {
  const taken = new Set(states.map(({ state }) => state))
  let name = 'new'
  for (let n = 2; taken.has(name); n++) name = `new ${n}`
  return withItem(text, ['states'], { state: name, handler: { kind: 'agent' } })
}

/** One more edge from a state: on success where there is none yet, or else for whatever is sent back. */
export function addEdge(text: string, { states = [], transitions = [] }: Graph, from: string): string {
  const own = transitions.filter((edge) => edge.from === from)
  const at = states.findIndex(({ state }) => state === from)
  const on = own.some((edge) => edge.on === 'success') ? 'pushback:*' : 'success'
  const to = (on === 'success' ? states[at + 1] : states[at - 1])?.state ?? from
  return withItem(text, ['transitions'], { from, to, on })
}

export const removeEdge = (text: string, at: number): string => withoutItems(text, ['transitions'], [at])

export const moveState = (text: string, from: number, to: number): string => withItemMoved(text, ['states'], from, to)

export const moveEdge = (text: string, from: number, to: number): string =>
  withItemMoved(text, ['transitions'], from, to)
