import { agentsOf } from '@loomcycle/proto/teams'
import { definitionInUse, type Entry } from '../../../components/definitions/queries.ts'
import { readGraph } from './read-graph.ts'

/** Whether its name, what it is for, its states and whoever works in them have all of these words. */
export function saysAll(entry: Entry, search: string): boolean {
  const { description = '', states = [] } = readGraph(definitionInUse(entry)).graph
  const said = [entry.name, description, ...states.flatMap((one) => [one.state, ...agentsOf(one)])]
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
