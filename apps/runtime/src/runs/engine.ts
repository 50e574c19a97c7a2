import { RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import type { SessionLog } from '../log/session-log.ts'
import { runLoop } from '../loop/run-loop.ts'
import type { WorkingRun } from '../loop/working-run.ts'
import { isLive, type RunRecord, totalUsage } from './run-record.ts'
import { endRun, findRun, hasWaitingInput, heartbeat, listUnsettledRuns, type RunEnd } from './store.ts'

export interface EngineOptions {
  db: Database
  clock: Clock
  /** Reads a run's rows into memory. */
  load(record: RunRecord): Promise<WorkingRun>
  openLog(record: RunRecord): SessionLog
  disconnectGraceMs: number
  report(error: unknown, runId: string): void
}

interface Working {
  run: WorkingRun | undefined
  /** Wishes that came before the run was in memory. */
  wish: Array<(run: WorkingRun) => void>
  left: Promise<void>
}

const heartbeatMs = 30_000
const retryAfterStoreFailureMs = 5_000
/** After a restart nobody is attached yet; a one-shot run's caller gets this long to come back. */
const restartGraceMs = 30_000

/** The runs this process is working on, and what wakes, stops and ends them. A parked run is not here. */
export class Engine {
  readonly #options: EngineOptions
  readonly #working = new Map<string, Working>()
  readonly #callers = new Map<string, number>()
  readonly #timers = new Set<() => void>()
  #stopping = false

  constructor(options: EngineOptions) {
    this.#options = options
  }

  /** Takes up the runs that were being worked on when the process ended. */
  async recover() {
    this.#beat()
    for (const { id, interactive } of await listUnsettledRuns(this.#options.db)) {
      this.wake(id)
      if (!interactive) this.#endUnlessCallerReturns(id, restartGraceMs)
    }
  }

  get isStopping(): boolean {
    return this.#stopping
  }

  get workingCount(): number {
    return this.#working.size
  }

  isWorking(runId: string): boolean {
    return this.#working.has(runId)
  }

  /** Resolves when the run has left memory: parked, ended, or handed to the next process. */
  async left(runId: string): Promise<void> {
    await this.#working.get(runId)?.left
  }

  /** Starts working on a run, unless somebody does already. */
  wake(runId: string, loaded?: WorkingRun) {
    if (this.#stopping || this.#working.has(runId)) return
    const working: Working = { run: loaded, wish: [], left: Promise.resolve() }
    this.#working.set(runId, working)
    working.left = this.#work(runId, working)
  }

  /** An input is stored; a parked run wakes, a working one finds it at its next boundary. */
  inputArrived(runId: string) {
    this.wake(runId)
  }

  /** Stops the turn in progress. False when there is none. */
  async cancelTurn(runId: string, reason: string | undefined): Promise<boolean> {
    const working = this.#working.get(runId)
    if (!working) return false
    const stopped = new Promise<void>((onStopped) => {
      this.#tell(working, (run) => {
        run.control.turnCancel = { reason, onStopped }
        run.control.interrupt()
      })
    })
    await Promise.race([stopped, working.left])
    return true
  }

  /** Ends a run in whatever it is doing. Resolves when it is over; false when it had ended before. */
  async end(runId: string, how: RunEnd): Promise<boolean> {
    const { db } = this.#options
    for (;;) {
      const working = this.#working.get(runId)
      if (!working) {
        const record = await findRun(db, runId)
        if (!record || !isLive(record)) return false
        if (this.#working.has(runId)) continue
        if (await this.#endParked(record, how)) return true
        continue
      }
      this.#tell(working, (run) => {
        run.control.end = how
        run.control.interrupt()
      })
      await working.left
      const record = await findRun(db, runId)
      if (!record || !isLive(record)) return record?.state.status === how.status
      if (this.#stopping) return false
    }
  }

  /** A one-shot run lives as long as somebody listens; the returned function says that a listener is gone. */
  callerAttached(record: RunRecord): () => void {
    if (record.interactive) return () => {}
    this.#callers.set(record.id, (this.#callers.get(record.id) ?? 0) + 1)
    return () => {
      const left = (this.#callers.get(record.id) ?? 1) - 1
      if (left > 0) this.#callers.set(record.id, left)
      else {
        this.#callers.delete(record.id)
        this.#endUnlessCallerReturns(record.id, this.#options.disconnectGraceMs)
      }
    }
  }

  /** Forgets everything, as the end of the process would. */
  abandon() {
    this.#stopping = true
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  /** Lets working runs come to a boundary, then interrupts the rest; the next process goes on with all of them. */
  async stop(graceMs: number) {
    this.abandon()
    const all = [...this.#working.values()]
    for (const working of all) this.#tell(working, (run) => (run.control.suspend = true))
    const cancel = this.#options.clock.after(graceMs, () => {
      for (const working of all) working.run?.control.interrupt()
    })
    await Promise.all(all.map((working) => working.left))
    cancel()
  }

  async #work(runId: string, working: Working) {
    const { db, report } = this.#options
    let failed = false
    try {
      if (!working.run) {
        const record = await findRun(db, runId)
        if (!record || !isLive(record)) return
        working.run = await this.#options.load(record)
      }
      for (const wish of working.wish.splice(0)) wish(working.run)
      await runLoop(working.run)
    } catch (error) {
      failed = true
      report(error, runId)
      await this.#giveUp(runId, error)
    } finally {
      this.#working.delete(runId)
      // What arrived between the run's last look and now would otherwise wait for the next input.
      if (!failed && hasWaitingInput(db, runId)) this.wake(runId)
    }
  }

  /** While the store cannot be written the rows say where the run stands: it is taken up again a little later. Anything else ends it. */
  async #giveUp(runId: string, error: unknown) {
    const cause = error instanceof Error ? error.message : String(error)
    const record = await findRun(this.#options.db, runId)
    if (!record || !isLive(record)) return
    const failure: RunEnd = { status: 'failed', stopReason: 'error', error: `The run cannot go on: ${cause}` }
    const storeIsDown = error instanceof RuntimeError && error.code === 'store_unavailable'
    if (storeIsDown || !(await this.#endParked(record, failure)))
      this.#later(retryAfterStoreFailureMs, () => this.wake(runId))
  }

  /** False when somebody else wrote to the run first; its row says what it is now. */
  async #endParked(record: RunRecord, how: RunEnd): Promise<boolean> {
    const log = this.#options.openLog(record)
    const last =
      how.status === 'failed'
        ? ({ type: 'error', error: how.error ?? how.stopReason } as const)
        : ({
            type: 'done',
            stop_reason: how.status === 'cancelled' ? 'cancelled' : how.stopReason,
            usage: totalUsage(record),
          } as const)
    try {
      await log.append(record.id, [last], [endRun(record.id, this.#options.clock.now(), how)])
      return true
    } catch (error) {
      if (error instanceof RuntimeError) throw error
      return false
    }
  }

  #tell(working: Working, wish: (run: WorkingRun) => void) {
    if (working.run) wish(working.run)
    else working.wish.push(wish)
  }

  #endUnlessCallerReturns(runId: string, graceMs: number) {
    this.#later(graceMs, () => {
      if (this.#callers.has(runId)) return
      this.end(runId, { status: 'cancelled', stopReason: 'client disconnected' }).catch((error: unknown) =>
        this.#options.report(error, runId),
      )
    })
  }

  #later(ms: number, work: () => void) {
    if (this.#stopping) return
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(cancel)
      work()
    })
    this.#timers.add(cancel)
  }

  /** Says of every working run that it is alive, whatever its model or tools are doing. */
  #beat() {
    this.#later(heartbeatMs, () => {
      const now = this.#options.clock.now()
      const beats = [...this.#working.keys()].map((runId) => heartbeat(runId, now))
      if (beats.length > 0) this.#options.db.write(beats).catch(() => {})
      this.#beat()
    })
  }
}
