import { agentsOf, stateOf } from '@loomcycle/proto/teams'
import { isLive, type RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import { StoreError } from '../../ground/store-error.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import { findChunk } from '../documents/store/chunks.ts'
import type { TeamContext } from './context.ts'
import { endTeamRun, tellCall } from './end-team-run.ts'
import { followCard } from './follow-card.ts'
import { makeStepRun } from './make-step-run.ts'
import {
  callStateOf,
  findGraph,
  findTeamRun,
  findTeamRunIdOf,
  listForsakenStepRuns,
  listLiveTeamRunIds,
  listLiveTeamRunIdsIn,
  listLiveTeamRunIdsOf,
  listStepRuns,
  listUntoldTeamRunIds,
  type TeamRunRow,
} from './store.ts'
import { takeResult } from './take-result.ts'

/**
 * Takes cards and tasks through the graphs of their teams. All it goes by is in rows, so it may look at any time, and the
 * next process goes on where this one ended.
 */
export class TeamRuns {
  readonly #ctx: TeamContext
  readonly #looking = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(ctx: TeamContext) {
    this.#ctx = ctx
  }

  /** For nobody to wait for; what fails now is tried again with the next look. */
  begin(id: string): void {
    this.advance(id).catch((error: unknown) => report(this.#ctx.telemetry, `run ${id} of a team`, error))
  }

  /** Takes up whatever goes on, and tells of what has ended. */
  recover(): void {
    this.#recover().catch((error: unknown) => report(this.#ctx.telemetry, 'runs of teams', error))
  }

  /** A card of the document has another status, or is gone. */
  cardsChanged(documentId: string): void {
    this.#each(listLiveTeamRunIdsIn(this.#ctx.db.read, documentId))
  }

  /** It may be what a step waits for; what it asked for itself has nobody to wait for it any more. */
  async runEnded({ id, options }: RunRecord): Promise<void> {
    const { db } = this.#ctx
    if (options.parentContext?.team_run_id !== undefined) {
      const teamRunId = await findTeamRunIdOf(db.read, id)
      if (teamRunId !== undefined) this.begin(teamRunId)
      // Another step of the tree may have waited for room.
      else this.begin(options.parentContext.team_run_id)
    }
    this.#each(listLiveTeamRunIdsOf(db.read, { parentRunId: id }))
  }

  /** Resolves when it has ended. */
  async untilEnded(id: string, signal: AbortSignal): Promise<void> {
    const ended = Promise.withResolvers<void>()
    const waiting = this.#waiting.get(id) ?? new Set()
    this.#waiting.set(id, waiting.add(ended.resolve))
    const gone = () => ended.reject(signal.reason)
    signal.addEventListener('abort', gone, { once: true })
    try {
      if ((await findTeamRun(this.#ctx.db.read, id))?.ended_at == null) await ended.promise
    } finally {
      signal.removeEventListener('abort', gone)
      waiting.delete(ended.resolve)
      if (waiting.size === 0) this.#waiting.delete(id)
    }
  }

  async cancel(id: string, error: string): Promise<boolean> {
    const ended = await endTeamRun(this.#ctx, id, { status: 'cancelled', error })
    await this.#tell(id)
    return ended
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#looking.values()].map((looking) => looking.catch(() => {})))
  }

  /** Brings it as far as it gets for now; one look at a time. */
  async advance(id: string): Promise<void> {
    this.#again.add(id)
    while (this.#looking.has(id)) await this.#looking.get(id)
    if (!this.#again.has(id)) return
    const looking = this.#look(id).finally(() => this.#looking.delete(id))
    this.#looking.set(id, looking)
    await looking
  }

  async #look(id: string) {
    do {
      this.#again.delete(id)
      while (!this.#ctx.isClosed() && (await this.#step(id)));
    } while (this.#again.has(id) && !this.#ctx.isClosed())
    await this.#tell(id)
  }

  /** False where there is nothing more to be done for now. */
  async #step(id: string): Promise<boolean> {
    const ctx = this.#ctx
    const run = await findTeamRun(ctx.db.read, id)
    if (run?.ended_at !== null) return false
    if (run.parent_run_id !== null) {
      const call = await callStateOf(ctx.db, run)
      // The call is about to wait for it, and says so when it does.
      if (call === 'started') return false
      if (call === 'gone') return endTeamRun(ctx, id, { status: 'cancelled', error: 'whoever asked for it has ended' })
    }
    const graph = await findGraph(ctx.db.read, run)
    const state = graph && stateOf(graph, run.state)
    if (!state) return endTeamRun(ctx, id, { status: 'cancelled', error: 'its team was deleted' })
    const card = run.chunk_id === '' ? undefined : await findChunk(ctx.db.read, run.place_id, run.chunk_id)
    if (run.chunk_id !== '' && !card) {
      return endTeamRun(ctx, id, { status: 'cancelled', error: 'the card was deleted' })
    }
    const work = { run, graph, state, card }
    if (card && card.status !== run.state) return followCard(ctx, work)
    if (run.waits_for === 'cap' || agentsOf(state).length === 0) return false
    const rows = await listStepRuns(ctx.db.read, id, run.step)
    const unmade = rows.filter(({ run_id, error }) => run_id === null && error === null)
    for (const row of unmade) {
      if (!(await makeStepRun(ctx, { ...work, run: await asItIs(ctx, run) }, row))) return false
    }
    if (unmade.length > 0) return true
    for (const { run_id } of rows) {
      const worker = run_id === null ? undefined : await findRun(ctx.db, run_id)
      if (worker && isLive(worker)) return false
    }
    await takeResult(ctx, work, rows)
    const after = await findTeamRun(ctx.db.read, id)
    return after?.waits_for !== 'room'
  }

  async #tell(id: string) {
    const run = await findTeamRun(this.#ctx.db.read, id)
    if (run?.ended_at === null) return
    for (const resolve of this.#waiting.get(id) ?? []) resolve()
    if (run && !this.#ctx.isClosed()) await tellCall(this.#ctx, id)
  }

  async #recover() {
    const { db, isClosed, endRun } = this.#ctx
    if (isClosed()) return
    for (const runId of await listForsakenStepRuns(db)) await endRun(runId, 'its team run was ended')
    for (const id of await listUntoldTeamRunIds(db)) await this.#tell(id)
    this.#each(listLiveTeamRunIds(db.read))
  }

  /** One that fails holds up nobody but itself. */
  #each(ids: Promise<string[]>) {
    ids.then(
      (all) => {
        for (const id of all) this.begin(id)
      },
      (error: unknown) => {
        if (!(error instanceof StoreError) || !this.#ctx.isClosed()) report(this.#ctx.telemetry, 'runs of teams', error)
      },
    )
  }
}

/** The first run of a step may be the root of those that follow. */
async function asItIs({ db }: TeamContext, run: TeamRunRow): Promise<TeamRunRow> {
  return (await findTeamRun(db.read, run.id)) ?? run
}
