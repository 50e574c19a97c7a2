import type { LiveRun, LiveRunsState, RunChange } from './live-runs.ts'

/** Something happened to a conversation that its person would want to know. */
export interface Attention {
  kind: 'asks' | 'answered' | 'failed'
  sessionId: string
  /** Where the conversation began, for a run that an agent has started. */
  rootSessionId: string
  agent: string
  error?: string
}

export function attentionOf({ before, after }: RunChange, state: LiveRunsState): Attention | undefined {
  const kind = kindOf(before, after)
  if (!kind || (after.parentAgentId && kind !== 'asks')) return undefined
  return {
    kind,
    sessionId: after.sessionId,
    rootSessionId: rootOf(after, state).sessionId,
    agent: after.agent,
    error: after.error,
  }
}

function kindOf(before: LiveRun | undefined, after: LiveRun): Attention['kind'] | undefined {
  if (after.awaited === 'interrupted' && after.status === 'running') {
    return before?.awaited === 'interrupted' && before.awaitedOn === after.awaitedOn ? undefined : 'asks'
  }
  const wasBusy = before?.status === 'running' && before.phase !== 'parked'
  if (!wasBusy || after.status === 'cancelled') return undefined
  if (after.status === 'failed') return 'failed'
  return after.phase === 'parked' || after.status === 'completed' ? 'answered' : undefined
}

function rootOf(run: LiveRun, { runs }: LiveRunsState): LiveRun {
  let root = run
  for (let depth = 0; root.parentAgentId && depth < 8; depth++) {
    const parent = [...runs.values()].find(({ agentId }) => agentId === root.parentAgentId)
    if (!parent) break
    root = parent
  }
  return root
}
