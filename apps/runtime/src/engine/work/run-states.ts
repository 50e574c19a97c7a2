import type { RunState } from '@loomcycle/proto'
import type { RunRecord } from '../rows/run-record.ts'

type Listener = (record: RunRecord) => void

/** Tells those who follow a user's runs what has become of one, after it is stored. */
export class RunStates {
  readonly #listeners = new Set<Listener>()

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(record: RunRecord) {
    for (const listener of this.#listeners) listener(record)
  }
}

export function toRunState(run: RunRecord, at: number): RunState {
  const { state } = run
  return {
    run_id: run.id,
    agent_id: run.agentId,
    session_id: run.sessionId,
    agent: run.agent,
    user_id: run.userId,
    ...(run.parentAgentId ? { parent_agent_id: run.parentAgentId } : {}),
    status: state.status,
    ...(state.status === 'running' ? { phase: state.phase } : {}),
    ...(run.awaited ? { awaited_state: run.awaited.state, awaited_on: run.awaited.on } : {}),
    ...(state.status !== 'running' && state.stopReason ? { stop_reason: state.stopReason } : {}),
    ...(state.status === 'failed' ? { error: state.error } : {}),
    ts: new Date(at).toISOString(),
    parent_context: run.options.parentContext ?? null,
  }
}
