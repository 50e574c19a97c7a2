import { createStore } from '../../../lib/browser/store.ts'
import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import { rereadTeamRuns } from './queries.ts'

/** The card that is about to go through a team, while somebody says with what. */
export const sending = createStore<string | undefined>(undefined)

/** Cards that this person has sent: they want to see them travel, and hold them back with no more than their eyes. */
export const sent: Set<string> = new Set()

export function stopTeamRun(documentId: string, teamRunId: string): void {
  client
    .teamDef({ op: 'cancel_run', team_run_id: teamRunId })
    .catch((error) => toast.error('It could not be stopped', error))
    .finally(() => rereadTeamRuns(documentId))
}

export function continueTeamRun(documentId: string, teamRunId: string): void {
  client
    .teamDef({ op: 'continue_run', team_run_id: teamRunId })
    .catch((error) => toast.error('It could not go on', error))
    .finally(() => rereadTeamRuns(documentId))
}
