import type { TeamGraph } from '@loomcycle/proto'
import { addVersion } from '../../../engine/definitions/versions.ts'
import type { Database } from '../../../ground/db/database.ts'

/** A version of a team that is in use. */
export async function aTeam(db: Database, name: string, graph: TeamGraph, tenantId = 'default'): Promise<string> {
  const author = { createdBy: '', agentId: 'a_http-admin', runId: null }
  const { id } = await db.transaction((tx) =>
    addVersion(tx, {
      ...{ tenantId, family: 'TeamDef', name, author },
      ...{ definition: graph, description: '', parentId: null, promote: true, now: 1 },
    }),
  )
  return id
}

/** Drafted by an agent, looked at by a person, posted. */
export const review: TeamGraph = {
  entry: 'draft',
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'drafter' } },
    { state: 'review', handler: { kind: 'person' } },
    { state: 'posted', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'review', on: 'success' },
    { from: 'review', to: 'posted', on: 'conditional:fields.approved == true' },
    { from: 'review', to: 'draft', on: 'pushback:*' },
  ],
}
