/** A team as its graph: what both ends of the wire think about it with. */
export interface Graph {
  description?: string | undefined
  entry?: string | undefined
  max_iterations?: number | undefined
  states?: readonly GraphState[] | undefined
  transitions?: readonly GraphTransition[] | undefined
  colors?: Readonly<Record<string, string>> | undefined
}

export const handlerKinds = ['agent', 'parallel', 'consolidator', 'person', 'terminal'] as const
export type HandlerKind = (typeof handlerKinds)[number]

export interface GraphState {
  state: string
  handler: {
    kind: HandlerKind
    agent?: string | undefined
    agents?: readonly string[] | undefined
    prompt?: string | undefined
  }
}

export interface GraphTransition {
  from: string
  to: string
  on: string
}

/** Where a graph says nothing: steps of one run. */
export const usualIterations = 25

export function stateOf({ states = [] }: Graph, name: string): GraphState | undefined {
  return states.find(({ state }) => state === name)
}

export function edgesFrom({ transitions = [] }: Graph, name: string): GraphTransition[] {
  return transitions.filter(({ from }) => from === name)
}

/** Who works in a state, in order; nobody where a person does, or nobody has to. */
export function agentsOf({ handler: { kind, agent, agents = [] } }: GraphState): readonly string[] {
  if (kind === 'parallel') return agents
  return (kind === 'agent' || kind === 'consolidator') && agent ? [agent] : []
}
