import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import type { CardRun } from '../model/card-runs.ts'

/** Ends a run, and those that it has started. */
export function stopRun({ agentId, agent }: CardRun): void {
  client.cancelAgent(agentId).catch((error) => toast.error(`${agent} could not be stopped`, error))
}
