import { createStore } from '../../../lib/browser/store.ts'
import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import { rereadTeamRuns } from './queries.ts'

/** The card that is about to go through a team, while somebody says with what. */
export const sending = createStore<string | undefined>(undefined)

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
