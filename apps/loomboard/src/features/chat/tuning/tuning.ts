import type { wire } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { storedInTab } from '../../../lib/browser/stored.ts'
import { client } from '../../../lib/client.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { tuningDone, tuningKey, tuningOfNew } from './chosen.ts'
import { isNothing, type Overrides, said } from './overrides.ts'

export function tuneNew(overrides: Overrides): void {
  tuningDone()
  if (isNothing(overrides)) return
  storedInTab.write(tuningKey, JSON.stringify(said(overrides)))
  tuningOfNew.set(said(overrides))
}

/** Whom a chat begins with: one derived from the agent, that has what was chosen. */
export async function derivedToStart(agent: string | Promise<string>, overrides: Overrides): Promise<string> {
  const name = await agent
  return (await client.agentDef({ op: 'derive', name, overrides })).name
}

/** What a conversation has otherwise than its agent. */
export const derivedQuery = (sessionId: string) =>
  queryOptions({
    queryKey: ['derived', sessionId],
    queryFn: async ({ signal }) =>
      (await client.agentDef({ op: 'derived', session_id: sessionId }, { signal })).derived ?? null,
    staleTime: 60_000,
  })

/** From its next turn on the conversation has this, and nothing else, otherwise than its agent. */
export async function tune(sessionId: string, overrides: Overrides): Promise<void> {
  const derived = isNothing(overrides) ? await restore(sessionId) : await derive(sessionId, said(overrides))
  queryClient.setQueryData(derivedQuery(sessionId).queryKey, derived)
}

function derive(session_id: string, overrides: Overrides): Promise<wire.DerivedAgent> {
  return client.agentDef({ op: 'derive', session_id, overrides })
}

async function restore(sessionId: string): Promise<null> {
  await client.agentDef({ op: 'restore', session_id: sessionId })
  return null
}
