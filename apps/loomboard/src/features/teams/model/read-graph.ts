import { type Graph, type GraphState, type GraphTransition, handlerKinds } from '@loomcycle/proto/teams'
import type { FieldProblem } from '../../../components/definitions/editor/field-problem.ts'

export interface ReadGraph {
  /** What can be made of it; its states and transitions have the numbers that they have in the text. */
  graph: Graph
  /** What is not of the form that the wire gives a graph (`TeamGraph` in the contract), in the runtime's words. */
  problems: readonly FieldProblem[]
}

type Members = Readonly<Record<string, unknown>>
type Path = readonly string[]

/** A definition as a graph, whatever somebody has written. */
export function readGraph(definition: Members): ReadGraph {
  const problems: FieldProblem[] = []
  const read = {
    text(value: unknown, path: Path, most: number): string | undefined {
      if (value === undefined) return undefined
      if (typeof value !== 'string') return say(path, 'must be text')
      if ([...value].length > most) say(path, `must have at most ${most} characters`)
      return value
    },
    list<T>(value: unknown, path: Path, most: number, item: (value: unknown, path: Path) => T): T[] | undefined {
      if (value === undefined) return undefined
      if (!Array.isArray(value)) return say(path, 'must be a list')
      if (value.length > most) say(path, `must have at most ${most} items`)
      return value.map((one, i) => item(one, [...path, String(i)]))
    },
    members(value: unknown, path: Path): Members {
      if (isMembers(value)) return value
      say(path, 'must be a map of keys')
      return {}
    },
    count(value: unknown, path: Path): number | undefined {
      if (value === undefined) return undefined
      if (typeof value !== 'number' || !Number.isInteger(value)) return say(path, 'must be a whole number')
      if (value < 1) return say(path, 'must be at least 1')
      return value > 1000 ? say(path, 'must be at most 1000') : value
    },
  }

  function say(path: Path, message: string): undefined {
    problems.push({ path, message })
  }
  /** What has to be there; without what is around it nothing is said of it. */
  function needed(of: Members, key: string, path: Path, most: number): string {
    if (of[key] === undefined) say([...path, key], 'is missing')
    return read.text(of[key], [...path, key], most) ?? ''
  }

  function state(value: unknown, path: Path): GraphState {
    if (!isMembers(value)) {
      say(path, 'must be a map of keys')
      return { state: '', handler: { kind: 'agent' } }
    }
    return { state: needed(value, 'state', path, 200), handler: handler(value.handler, [...path, 'handler']) }
  }
  function handler(value: unknown, path: Path): GraphState['handler'] {
    if (value === undefined) say(path, 'is missing')
    if (value === undefined || !isMembers(value)) {
      if (value !== undefined) say(path, 'must be a map of keys')
      return { kind: 'agent' }
    }
    const kind = handlerKinds.find((one) => one === value.kind)
    if (!kind) {
      say([...path, 'kind'], value.kind === undefined ? 'is missing' : `must be one of ${handlerKinds.join(', ')}`)
    }
    return {
      kind: kind ?? 'agent',
      agent: read.text(value.agent, [...path, 'agent'], 128),
      agents: read.list(value.agents, [...path, 'agents'], 32, (name, at) => {
        return name === undefined ? '' : (read.text(name, at, 128) ?? '')
      }),
      prompt: read.text(value.prompt, [...path, 'prompt'], 8000),
    }
  }
  function transition(value: unknown, path: Path): GraphTransition {
    if (!isMembers(value)) {
      say(path, 'must be a map of keys')
      return { from: '', to: '', on: '' }
    }
    return {
      from: needed(value, 'from', path, 200),
      to: needed(value, 'to', path, 200),
      on: needed(value, 'on', path, 1100),
    }
  }

  const colors = definition.colors === undefined ? {} : read.members(definition.colors, ['colors'])
  const graph: Graph = {
    description: read.text(definition.description, ['description'], 2000),
    entry: read.text(definition.entry, ['entry'], 200),
    max_iterations: read.count(definition.max_iterations, ['max_iterations']),
    states: read.list(definition.states, ['states'], 100, state),
    transitions: read.list(definition.transitions, ['transitions'], 300, transition),
    colors: Object.fromEntries(
      Object.entries(colors).flatMap(([name, color]) => {
        const said = read.text(color, ['colors', name], 20)
        return said === undefined ? [] : [[name, said]]
      }),
    ),
  }
  return { graph, problems }
}

function isMembers(value: unknown): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
