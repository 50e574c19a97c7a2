import { agentsOf, type GraphState } from '@loomcycle/proto/teams'
import { joined } from '../../lib/joined.ts'

/** Who works in a state. */
export function workersOf(state: GraphState): string {
  const { kind } = state.handler
  if (kind === 'person') return 'A person decides'
  if (kind === 'terminal') return 'The end'
  const agents = joined(agentsOf(state))
  if (agents === '') return 'Nobody yet'
  if (kind === 'parallel') return `${agents}, side by side`
  return kind === 'consolidator' ? `${agents} puts it together` : agents
}
