import type { wire } from '@loomcycle/client'
import { queryOptions } from '@tanstack/react-query'
import { createStore } from '../../../lib/browser/store.ts'
import { storedInTab } from '../../../lib/browser/stored.ts'
import { client } from '../../../lib/client.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { isNothing, type Overrides, said } from './overrides.ts'

const key = 'loomboard.tuning'

/** Whether the panel is open. */
export const tuningOpen = createStore(false)

/** What a chat that has not begun is to have otherwise than its agent; it survives a reload. */
export const tuningOfNew = createStore<Overrides>(readKept())

export function tuneNew(overrides: Overrides): void {
  storedInTab.write(key, isNothing(overrides) ? null : JSON.stringify(said(overrides)))
  tuningOfNew.set(said(overrides))
}

function readKept(): Overrides {
  try {
    return JSON.parse(storedInTab.read(key) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

/** Whom a chat begins with: the agent, or one derived from it that has what was chosen. */
export async function agentToStart(agent: string | Promise<string>): Promise<string> {
  const name = await agent
  const overrides = tuningOfNew.get()
  if (isNothing(overrides)) return name
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
