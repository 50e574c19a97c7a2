import type { RunState } from '@loomcycle/proto'
import type { Bus } from '../../ground/bus.ts'
import type { Database } from '../../ground/db/database.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { findRun } from '../rows/runs.ts'

const all = 'run-states'

/** Tells those who follow runs what has become of one, after it is stored. */
export class RunStates {
  readonly #bus: Bus
  readonly #db: Database

  constructor(bus: Bus, db: Database) {
    this.#bus = bus
    this.#db = db
  }

  /** Of all runs, also of those that other processes work on. */
  listen(listener: (record: RunRecord) => void): () => void {
    const unfollow = this.#bus.follow<RunRecord>(all, (record) => record && listener(record))
    const unfollowOthers = this.#bus.followHints(topicOf(''), (runId) => {
      findRun(this.#db, runId).then(
        (record) => record && listener(record),
        () => {}, // The store says itself that it fails; where a run stands can be asked at any time.
      )
    })
    return () => {
      unfollow()
      unfollowOthers()
    }
  }

  /** Of one run, whoever works on it; its row says what. */
  follow(runId: string, wake: () => void): () => void {
    return this.#bus.follow(topicOf(runId), wake)
  }

  publish(record: RunRecord) {
    this.#bus.announce(all, record)
    this.#bus.announce(topicOf(record.id))
  }
}

function topicOf(runId: string): string {
  return `run-state/${runId}`
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
