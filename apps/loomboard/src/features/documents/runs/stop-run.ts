import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'

/** Ends a run, and those that it has started. */
export function stopRun({ agentId, agent }: { agentId: string; agent: string }): void {
  client.cancelAgent(agentId).catch((error) => toast.error(`${agent} could not be stopped`, error))
}
