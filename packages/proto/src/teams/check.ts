import { type Edge, parseEdge } from './edge.ts'
import { ExpressionError } from './expression-error.ts'
import { agentsOf, edgesFrom, type Graph, type GraphState, stateOf } from './graph.ts'

export interface GraphProblem {
  /** Members and places, with dots: `transitions.2.to`. */
  path: string
  /** What is so, and what has to be; goes behind the path. */
  message: string
  /** It can be stored, and will not work as things stand. */
  isWarning?: boolean
}

/** Colors that have a name; in each theme a tone of their own. */
export const namedColors = ['slate', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink'] as const
const hex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i

/** What keeps a graph from being one. `agents`: the names there are, where that is known. */
export function graphProblems(graph: Graph, agents?: ReadonlySet<string>): GraphProblem[] {
  const { states = [] } = graph
  if (states.length === 0) return [{ path: 'states', message: 'is missing; a team has states, one of them terminal' }]
  return [
    ...entryProblems(graph),
    ...states.flatMap((state, i) => stateProblems(graph, state, i, agents)),
    ...edgeProblems(graph),
    ...reachProblems(graph),
    ...colorProblems(graph),
  ]
}

function entryProblems({ entry, states = [] }: Graph): GraphProblem[] {
  if (!entry) return [{ path: 'entry', message: `is missing; name the state it begins in: ${namesOf(states)}` }]
  return states.some(({ state }) => state === entry) ? [] : [unknown('entry', entry, states)]
}

function unknown(path: string, name: string, states: readonly GraphState[]): GraphProblem {
  return { path, message: `names the state ${quoted(name)}, which there is not; there are ${namesOf(states)}` }
}

function stateProblems(graph: Graph, one: GraphState, i: number, known?: ReadonlySet<string>): GraphProblem[] {
  const { states = [] } = graph
  const { state, handler } = one
  const at = `states.${i}`
  const problems: GraphProblem[] = []
  const say = (path: string, message: string) => problems.push({ path: `${at}.${path}`, message })
  if (state.trim() === '') say('state', 'is empty; it is a status of cards')
  else if (states.findIndex((other) => other.state === state) < i) {
    say('state', `is ${quoted(state)}, as another one is; each needs its own name`)
  }
  const { kind, agent, agents } = handler
  if (kind === 'agent' || kind === 'consolidator') {
    if (!agent) say('handler.agent', `is missing; of the kind ${kind} it names who works here`)
    if (agents?.length) say('handler.agents', `belongs to the kind parallel; the kind ${kind} has agent`)
  } else if (kind === 'parallel') {
    if (!agents?.length) say('handler.agents', 'is missing; of the kind parallel it names who works here, side by side')
    if (agent) say('handler.agent', 'belongs to the kinds agent and consolidator; the kind parallel has agents')
  } else if (agent || agents?.length) {
    say(agent ? 'handler.agent' : 'handler.agents', `is for agents; the kind ${kind} starts none`)
  }
  const isList = kind === 'parallel'
  agentsOf(one).forEach((name, n) => {
    if (name.trim() === '') say(isList ? `handler.agents.${n}` : 'handler.agent', 'is empty')
    else if (known && !known.has(name)) {
      problems.push({
        path: `${at}.handler.${isList ? `agents.${n}` : 'agent'}`,
        message: `names the agent ${quoted(name)}, which there is not`,
        isWarning: true,
      })
    }
  })
  const edges = edgesFrom(graph, state)
  if (kind === 'terminal') {
    if (edges.length > 0)
      say('handler.kind', `is terminal, and an edge leads from ${quoted(state)}; nothing comes after it`)
  } else if (edges.length === 0)
    say('state', `is ${quoted(state)}, from which no edge leads; make it terminal, or add one`)
  else if (kind !== 'person' && !edges.some(({ on }) => on === 'success')) {
    say('state', `is ${quoted(state)}, from which no edge on success leads; it is taken where no condition holds`)
  }
  return problems
}

function edgeProblems({ states = [], transitions = [] }: Graph): GraphProblem[] {
  const problems: GraphProblem[] = []
  const names = new Set(states.map(({ state }) => state))
  const seen = new Map<string, string>()
  transitions.forEach(({ from, to, on }, i) => {
    const at = `transitions.${i}`
    if (!names.has(from)) problems.push(unknown(`${at}.from`, from, states))
    if (!names.has(to)) problems.push(unknown(`${at}.to`, to, states))
    let when: Edge
    try {
      when = parseEdge(on)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      problems.push({ path: `${at}.on`, message: error.message })
      return
    }
    // Reasons that are written in different ways are one.
    const edge = JSON.stringify([from, when.kind === 'pushback' ? `pushback:${when.reason}` : on])
    const other = seen.get(edge)
    seen.set(edge, other ?? to)
    if (other === to) problems.push({ path: at, message: `is there twice: ${quoted(from)} to ${quoted(to)} on ${on}` })
    else if (other !== undefined) {
      const message = `is the second edge on ${on} from ${quoted(from)}, which leads to ${quoted(other)} already`
      problems.push({ path: at, message })
    }
  })
  return problems
}

function reachProblems(graph: Graph): GraphProblem[] {
  const { states = [], transitions = [], entry = '' } = graph
  const terminals = states.filter(({ handler }) => handler.kind === 'terminal').map(({ state }) => state)
  if (terminals.length === 0)
    return [{ path: 'states', message: 'has no terminal state; one of them is to be the end' }]
  if (!stateOf(graph, entry)) return []
  const forth = reached([entry], transitions)
  const back = reached(
    terminals,
    transitions.map(({ from, to }) => ({ from: to, to: from })),
  )
  return states.flatMap(({ state }, i): GraphProblem[] => {
    const path = `states.${i}.state`
    if (!forth.has(state))
      return [{ path, message: `is ${quoted(state)}, to which nothing leads from ${quoted(entry)}` }]
    if (back.has(state)) return []
    return [{ path, message: `is ${quoted(state)}, from which no terminal state can be reached`, isWarning: true }]
  })
}

function reached(from: readonly string[], edges: readonly { from: string; to: string }[]): Set<string> {
  const next = Map.groupBy(edges, (edge) => edge.from)
  const there = new Set(from)
  for (const state of there) for (const { to } of next.get(state) ?? []) there.add(to)
  return there
}

function colorProblems({ states = [], colors = {} }: Graph): GraphProblem[] {
  return Object.entries(colors).flatMap(([state, color]): GraphProblem[] => {
    if (!states.some((one) => one.state === state)) return [unknown(`colors.${state}`, state, states)]
    if (isColor(color)) return []
    return [{ path: `colors.${state}`, message: `is no color; write #rrggbb, or one of ${namedColors.join(', ')}` }]
  })
}

export function isColor(color: string): boolean {
  return namedColors.some((name) => name === color) || hex.test(color)
}

function namesOf(states: readonly GraphState[]): string {
  return states.map(({ state }) => quoted(state)).join(', ')
}

function quoted(name: string): string {
  return JSON.stringify(name)
}
