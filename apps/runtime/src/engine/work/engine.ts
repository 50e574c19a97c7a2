import { RuntimeError } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import { NothingChangedError } from '../../ground/db/commit-writer.ts'
import type { SessionLog } from '../log/session-log.ts'
import { type GiveUpDependencies, giveUpCalls } from '../loop/give-up-calls.ts'
import { returnInputs } from '../loop/return-inputs.ts'
import { runLoop } from '../loop/run-loop.ts'
import type { RunControl, WorkingRun } from '../loop/working-run.ts'
import { isLive, type RunRecord, totalUsage } from '../rows/run-record.ts'
import {
  claimRun,
  endRun,
  findRun,
  heartbeat,
  listChildRuns,
  listForsakenRuns,
  listUnsettledRuns,
  markParkedAfterFailure,
  needsAttention,
  type RunEnd,
} from '../rows/runs.ts'
import { touchSession } from '../rows/sessions.ts'
import type { RunStates } from './run-states.ts'
import type { Slot, Slots, Waiter } from './slots.ts'

export interface EngineOptions extends GiveUpDependencies {
  clock: Clock
  slots: Slots
  states: RunStates
  /** Name of this process in leases. */
  owner: string
  /** Reads a claimed run's rows into memory. */
  load(record: RunRecord): Promise<WorkingRun>
  openLog(record: RunRecord): SessionLog
  /** After a run has ended, however it did. May be called again for the same run after a crash. */
  onEnded(record: RunRecord): Promise<void>
  /** Starts runs that other runs made, as many as may go on at once, and answers calls whose runs have ended. */
  settleSpawns(): Promise<void>
  disconnectGraceMs: number
  redact(text: string): string
  report(error: unknown, runId: string, traceId?: string | null): void
}

type Wish = (control: RunControl) => void

/** A run this process is at: waiting for a slot, being read into memory, or in the loop. */
interface Working {
  waiter: Waiter | undefined
  run: WorkingRun | undefined
  /** Said before the run was in memory. */
  wishes: Wish[]
  left: Promise<void>
}

const endedWithParent: RunEnd = { status: 'cancelled', stopReason: 'parent run cancelled' }

/** A run hears, or rests, at the second at the latest; more are needed only where the store fails. */
const mostTellings = 5

/** So often a run is taken up without finishing a turn or coming to rest. */
export const mostTries = 8
/** From here on a run may be what killed the process, and has it to itself when it is read. */
const suspectTries = 2
/** A suspect that has not left memory by then has done no harm. */
const suspicionMs = 10_000

const heartbeatMs = 30_000
const staleAfterMs = 10 * 60_000
const retryAfterStoreFailureMs = 5_000
/** After a restart nobody is attached yet; a one-shot run's caller gets this long to come back. */
const restartGraceMs = 30_000

/** The runs this process is working on, and what wakes, stops and ends them. Parked and waiting runs are not here. */
export class Engine {
  readonly #options: EngineOptions
  readonly #working = new Map<string, Working>()
  readonly #callers = new Map<string, number>()
  readonly #timers = new Set<() => void>()
  /** Runs whose failure was the store's: their next try is the same one. */
  readonly #sameTry = new Set<string>()
  #suspects: string[] = []
  #state: 'running' | 'paused' | 'stopping' = 'running'

  constructor(options: EngineOptions) {
    this.#options = options
  }

  /** Takes up what earlier processes left, or left lying. */
  async recover() {
    if (this.#state !== 'running') return
    const { db, clock, owner, settleSpawns } = this.#options
    for (const childId of listForsakenRuns(db)) await this.end(childId, endedWithParent)
    const suspects: RunRecord[] = []
    for (const run of listUnsettledRuns(db, owner, clock.now() - staleAfterMs)) {
      if (this.#working.has(run.id) || isQueuedChild(run)) continue
      if (run.tries >= suspectTries) suspects.push(run)
      else this.wake(run.id)
      if (!run.interactive && run.parentRunId === null && !this.#callers.has(run.id)) {
        this.#endUnlessCallerReturns(run.id, restartGraceMs)
      }
    }
    this.#takeUpSuspects(suspects)
    await settleSpawns()
  }

  /** Says that working runs are alive, and looks for runs whose process is not. */
  keepAlive() {
    this.#later(heartbeatMs, () => {
      const now = this.#options.clock.now()
      const beats = [...this.#working.keys()].map((runId) => heartbeat(runId, now))
      if (beats.length > 0) this.#options.db.write(beats).catch(() => {})
      this.recover().catch((error: unknown) => this.#options.report(error, 'recovery'))
      this.keepAlive()
    })
  }

  get isStopping(): boolean {
    return this.#state === 'stopping'
  }

  get isPaused(): boolean {
    return this.#state === 'paused'
  }

  get workingCount(): number {
    return this.#working.size
  }

  isWorking(runId: string): boolean {
    return this.#working.has(runId)
  }

  /** Resolves when the run has left memory: parked, waiting, ended, or released for somebody else. */
  async left(runId: string): Promise<void> {
    await this.#working.get(runId)?.left
  }

  /**
   * Starts working on a run, unless somebody does already or there is nothing to do. `claimed` is for a run that was
   * stored as this process's own, with the slot it was admitted to. A `wish` is granted while the runtime is paused.
   */
  wake(runId: string, options: { claimed?: { record: RunRecord; slot: Slot }; wish?: Wish } = {}) {
    const mayWork = this.#state === 'running' || (this.#state === 'paused' && options.wish)
    if (!mayWork || this.#working.has(runId)) {
      options.claimed?.slot.release()
      return
    }
    const working: Working = {
      waiter: undefined,
      run: undefined,
      wishes: options.wish ? [options.wish] : [],
      left: Promise.resolve(),
    }
    this.#working.set(runId, working)
    working.left = this.#work(runId, working, options.claimed).catch((error) => this.#options.report(error, runId))
  }

  /** Something was said to a run. One that waits for an answer hears it when that has come: never between a call and its result. */
  inputArrived(runId: string) {
    if (needsAttention(this.#options.db, runId)) this.wake(runId)
  }

  /** Stops the turn in progress, also one that waits for an answer. False when there is none. */
  async cancelTurn(run: RunRecord, reason: string | undefined): Promise<boolean> {
    const cancel = { reason, isDone: false }
    const wish: Wish = (control) => {
      control.turnCancel = cancel
      control.interrupt()
    }
    // A run that was just going to wait for an answer has not heard it.
    for (let told = 0; !cancel.isDone && told < mostTellings; told++) {
      const now = await findRun(this.#options.db, run.id)
      const working = this.#working.get(run.id)
      if (working) this.#tell(working, wish)
      else if (now && isMidTurn(now) && this.#state !== 'stopping') this.wake(run.id, { wish })
      else return told > 0
      await this.left(run.id)
    }
    return true
  }

  /** Ends a run and all it started, whatever they are doing. Names the runs it ended, this one first. */
  async end(runId: string, how: RunEnd): Promise<string[]> {
    const ended: string[] = []
    if (await this.#endOne(runId, how)) ended.push(runId)
    for (const child of await listChildRuns(this.#options.db, runId)) {
      ended.push(...(await this.end(child.id, endedWithParent)))
    }
    return ended
  }

  async endChildren(runId: string): Promise<void> {
    for (const child of await listChildRuns(this.#options.db, runId)) {
      if (isLive(child)) await this.end(child.id, endedWithParent)
    }
  }

  /**
   * Has `work` done while nobody can work on the run, which `hold` makes known to whoever wants it to stop. False when
   * somebody works on it already.
   */
  async alone(runId: string, work: (hold: (run: WorkingRun) => void) => Promise<void>): Promise<boolean> {
    if (this.#working.has(runId)) return false
    const working: Working = { waiter: undefined, run: undefined, wishes: [], left: Promise.resolve() }
    this.#working.set(runId, working)
    const done = work((run) => this.#hold(working, run))
    working.left = done.catch(() => {})
    try {
      await done
    } finally {
      this.#leave(runId)
    }
    return true
  }

  /** A one-shot run lives as long as somebody listens; the returned function says that a listener is gone. */
  callerAttached(record: RunRecord): () => void {
    if (record.interactive || record.parentRunId !== null) return () => {}
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

  /** Nothing is started from here on; every run comes to a boundary and leaves memory. Counts those that had to be interrupted. */
  async pause(timeoutMs: number): Promise<number> {
    this.#state = 'paused'
    return this.#suspendAll(timeoutMs)
  }

  /** Takes up everything that was left, and everything that has arrived since. */
  async resume(): Promise<void> {
    this.#state = 'running'
    await this.recover()
  }

  /** Lets working runs come to a boundary, then interrupts the rest; the next process goes on with all of them. */
  async stop(graceMs: number) {
    this.abandon()
    await this.#suspendAll(graceMs)
  }

  /** Forgets everything, as the end of the process would. */
  abandon() {
    this.#state = 'stopping'
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  async #suspendAll(graceMs: number): Promise<number> {
    const all = [...this.#working.values()]
    for (const working of all) {
      working.waiter?.giveUp()
      this.#tell(working, (control) => {
        control.suspend = true
      })
    }
    let interrupted = 0
    const cancel = this.#options.clock.after(graceMs, () => {
      for (const working of this.#working.values()) {
        if (!working.run) continue
        interrupted++
        working.run.control.interrupt()
      }
    })
    await Promise.all(all.map((working) => working.left))
    cancel()
    return interrupted
  }

  async #work(runId: string, working: Working, claimed: { record: RunRecord; slot: Slot } | undefined) {
    const { report } = this.#options
    let slot: Slot | undefined
    let failed = false
    try {
      slot = claimed?.slot ?? (await this.#waitForSlot(runId, working))
      const record = slot && (claimed?.record ?? (await this.#claim(runId, this.#sameTry.delete(runId) ? 0 : 1)))
      if (record) {
        this.#options.states.publish(record)
        if (record.tries > mostTries) throw new TriedTooOftenError()
        const run = await this.#options.load(record)
        this.#hold(working, run)
        await runLoop(run)
      }
    } catch (thrown) {
      failed = true
      const error = working.run?.writeError ?? thrown
      report(error, runId, working.run?.record.traceId)
      working.run?.control.interrupt()
      await this.#giveUp(runId, error, working.run !== undefined).catch((second: unknown) => report(second, runId))
    } finally {
      slot?.release()
      this.#leave(runId, failed)
    }
    await this.#tellWhatBecame(runId)
  }

  #hold(working: Working, run: WorkingRun) {
    working.run = run
    for (const wish of working.wishes.splice(0)) wish(run.control)
  }

  /** What arrived between the run's last look and now would otherwise wait for the next knock. */
  #leave(runId: string, failed = false) {
    this.#working.delete(runId)
    if (!failed && this.#state === 'running' && needsAttention(this.#options.db, runId)) this.wake(runId)
  }

  async #waitForSlot(runId: string, working: Working): Promise<Slot | undefined> {
    const record = await findRun(this.#options.db, runId)
    if (!record || !isLive(record)) return undefined
    working.waiter = this.#options.slots.wait(record.userId)
    try {
      return await working.waiter.slot
    } catch {
      return undefined
    } finally {
      working.waiter = undefined
    }
  }

  async #claim(runId: string, tries: 0 | 1): Promise<RunRecord | undefined> {
    const { db, clock, owner } = this.#options
    const now = clock.now()
    try {
      await db.write([claimRun(runId, owner, now, now - staleAfterMs, tries)])
    } catch (error) {
      // It has ended, or another process works on it.
      if (error instanceof NothingChangedError) return undefined
      throw error
    }
    return findRun(db, runId)
  }

  async #endOne(runId: string, how: RunEnd): Promise<boolean> {
    for (;;) {
      const working = this.#working.get(runId)
      if (working) {
        working.waiter?.giveUp()
        this.#tell(working, (control) => {
          control.end = how
          control.interrupt()
        })
        await working.left
      }
      const record = await findRun(this.#options.db, runId)
      if (!record || !isLive(record)) return working !== undefined && record?.state.status === how.status
      if (this.#state === 'stopping') return false
      if (!this.#working.has(runId) && (await this.#endAtRest(record, how))) return true
    }
  }

  /**
   * While the store cannot be written the rows say where the run stands: it is taken up again a little later. Anything
   * else ends it, or parks it where somebody talks to it.
   */
  async #giveUp(runId: string, error: unknown, wasLoaded: boolean) {
    try {
      if (isStoreDown(error)) throw error
      // Whatever its last hand was still writing is fenced off from here on.
      const record = await this.#claim(runId, 0)
      if (!record) return
      for (let n = 0; n < mostTellings; n++) if (await this.#rest(record, error, wasLoaded)) return
      if (record.tries > mostTries) return
    } catch (second) {
      if (!isStoreDown(second)) throw second
      this.#sameTry.add(runId)
    }
    this.#later(retryAfterStoreFailureMs, () => this.wake(runId))
  }

  async #rest(record: RunRecord, error: unknown, wasLoaded: boolean): Promise<boolean> {
    const cause = this.#options.redact(error instanceof Error ? error.message : String(error))
    if (wasLoaded && record.interactive) {
      if (!(await this.#parkAtRest(record, `The turn failed in the runtime: ${cause}`))) return false
    } else {
      const failure: RunEnd = { status: 'failed', stopReason: 'error', error: `The run cannot go on: ${cause}` }
      if (!(await this.#endAtRest(record, failure))) return false
    }
    await this.endChildren(record.id)
    return true
  }

  /** False when somebody else wrote to it first. */
  async #parkAtRest(record: RunRecord, error: string): Promise<boolean> {
    const { clock, openLog, db } = this.#options
    const now = clock.now()
    const { events, statements, announce } = giveUpCalls(this.#options, record.id, now)
    const rest = { type: 'awaiting_input', awaiting_input: { since_turn: record.turns } } as const
    const parking = [markParkedAfterFailure(record.id, now), touchSession(record.sessionId, now), ...statements]
    try {
      await openLog(record).append(record.id, [...events, { type: 'error', error }, rest], parking)
      announce()
    } catch (failure) {
      if (failure instanceof RuntimeError) throw failure
      return false
    }
    // What was said meanwhile is another try, though not at once.
    if (needsAttention(db, record.id)) this.#later(retryAfterStoreFailureMs, () => this.wake(record.id))
    return true
  }

  /** One after the other, the ones that were tried least first: what kills the process takes no others with it. */
  #takeUpSuspects(runs: readonly RunRecord[]) {
    const isIdle = this.#suspects.length === 0
    const known = new Set(this.#suspects)
    const found = runs.filter(({ id }) => !known.has(id)).sort((a, b) => a.tries - b.tries)
    this.#suspects.push(...found.map(({ id }) => id))
    if (isIdle) this.#takeUpNextSuspect().catch((error: unknown) => this.#options.report(error, 'recovery'))
  }

  async #takeUpNextSuspect() {
    for (let [runId] = this.#suspects; runId !== undefined; [runId] = this.#suspects) {
      this.wake(runId)
      await Promise.race([this.left(runId), new Promise<void>((resolve) => this.#later(suspicionMs, resolve))])
      this.#suspects.shift()
    }
  }

  /** Ends a run that is not in memory. False when somebody else wrote to it first; its row says what it is now. */
  async #endAtRest(record: RunRecord, how: RunEnd): Promise<boolean> {
    const { db, clock, openLog } = this.#options
    const now = clock.now()
    const stop_reason = how.status === 'cancelled' ? 'cancelled' : how.stopReason
    const last =
      how.status === 'failed'
        ? ({ type: 'error', error: how.error ?? how.stopReason } as const)
        : ({ type: 'done', stop_reason, usage: totalUsage(record) } as const)
    const { events, statements, announce } = giveUpCalls(this.#options, record.id, now)
    const unread = returnInputs(db, record)
    try {
      const ending = [endRun(record.id, now, how, unread.count), ...unread.statements, ...statements]
      await openLog(record).append(record.id, [...events, ...unread.events, last], ending)
      announce()
    } catch (error) {
      if (error instanceof RuntimeError) throw error
      return false
    }
    const ended = await findRun(db, record.id)
    if (ended) this.#options.states.publish(ended)
    if (ended) await this.#options.onEnded(ended)
    return true
  }

  async #tellWhatBecame(runId: string) {
    if (this.#state === 'stopping') return
    const record = await findRun(this.#options.db, runId)
    if (!record || this.#working.has(runId)) return
    this.#options.states.publish(record)
    if (!isLive(record)) await this.#options.onEnded(record)
  }

  #tell(working: Working, wish: Wish) {
    if (working.run) wish(working.run.control)
    else working.wishes.push(wish)
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
    if (this.#state === 'stopping') return
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(cancel)
      work()
    })
    this.#timers.add(cancel)
  }
}

/** The process, or the loop, stopped each time the run was worked on. */
class TriedTooOftenError extends Error {
  override name = 'TriedTooOftenError'

  constructor() {
    super(`it was taken up ${mostTries} times and never got anywhere`)
  }
}

function isStoreDown(error: unknown): boolean {
  return error instanceof RuntimeError && error.code === 'store_unavailable'
}

function isMidTurn({ state }: RunRecord): boolean {
  return state.status === 'running' && state.phase !== 'parked'
}

/** How many of a call's runs go on at once is for `settleSpawns` to say. */
function isQueuedChild({ parentRunId, state }: RunRecord): boolean {
  return parentRunId !== null && state.status === 'running' && state.phase === 'queued'
}
