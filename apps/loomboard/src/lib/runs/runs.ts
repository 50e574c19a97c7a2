import { useCallback, useSyncExternalStore } from 'react'
import { client, noteError } from '../client.ts'
import { whoamiQuery } from '../queries.ts'
import { queryClient } from '../query-client.ts'
import { type LiveRun, LiveRuns, type RunChange } from './live-runs.ts'

const listeners = new Set<(changes: readonly RunChange[]) => void>()

export const liveRuns: LiveRuns = new LiveRuns({
  client,
  userId: async () => (await queryClient.ensureQueryData(whoamiQuery)).subject,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  noteError,
  onChange: (changes) => {
    for (const listener of [...listeners]) listener(changes)
  },
})

export function onRunChanges(listener: (changes: readonly RunChange[]) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One run; whoever watches it is not disturbed by the others. */
export function useLiveRun(runId: string | undefined): LiveRun | undefined {
  return useLive(useCallback(() => (runId ? liveRuns.state.get().runs.get(runId) : undefined), [runId]))
}

/** The latest run of a session that no agent has started. */
export function useSessionRun(sessionId: string): LiveRun | undefined {
  return useLive(useCallback(() => liveRuns.state.get().bySession.get(sessionId), [sessionId]))
}

/** Sessions of runs that agents have started; changes only when there is another one. */
export function useSubSessions(): ReadonlySet<string> {
  const get = () => liveRuns.state.get().subSessions
  return useSyncExternalStore(liveRuns.state.subscribe, get, get)
}

function useLive(get: () => LiveRun | undefined): LiveRun | undefined {
  return useSyncExternalStore(liveRuns.state.subscribe, get, get)
}
