import { createStore } from '../../../lib/browser/store.ts'
import { stored } from '../../../lib/browser/stored.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { agentBeside, documentAgents } from './document-agent.ts'

const key = 'loomboard.document-agent'

/** The agent that somebody has chosen to have beside their documents, in this browser. */
export const preferredBeside = createStore(stored.read(key) ?? '')

export function preferBeside(name: string): void {
  stored.write(key, name || null)
  preferredBeside.set(name)
}

/** For a message that is faster than the list of agents. */
export async function anyAgentBeside(): Promise<string> {
  const agents = await queryClient.ensureQueryData(agentsQuery)
  const agent = agentBeside(documentAgents(agents), preferredBeside.get())
  if (!agent) throw new Error('No agent here works on documents. Give one the tool Document.')
  return agent.name
}
