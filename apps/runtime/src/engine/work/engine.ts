import type { Bus } from '../../ground/bus.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { newInputId } from '../../ground/ids.ts'
import type { SqlPart } from '../../ground/replicas/replica-time.ts'
import type { LogEvent } from '../log/log-event.ts'
import { hearWishes, wishTopic } from '../loop/hear-wishes.ts'
import { runLoop } from '../loop/run-loop.ts'
import type { WorkingRun } from '../loop/working-run.ts'
import { forgetCaller, forgetCallersElsewhere, isHeardElsewhere, noteCaller } from '../rows/callers.ts'
import { isLive, isParked, type RunRecord } from '../rows/run-record.ts'
import {
  findRun,
  type Hand,
  listChildRuns,
  listForsakenRuns,
  listUnsettledRuns,
  needsAttention,
  type RunEnd,
} from '../rows/runs.ts'
import { forgetPlacesElsewhere } from '../rows/user-places.ts'
import { isWished, listWishesOf, wishEnded, wishTimedOut, wishTurnCancelled } from '../rows/wishes.ts'
import { type AtRestDependencies, endAtRest } from './at-rest.ts'
import { Callers, livesByListeners } from './callers.ts'
import { type Elsewhere, untilElsewhereIsDone } from './elsewhere.ts'
import { GivingUp } from './giving-up.ts'
import { type LeaseDependencies, Leases } from './leases.ts'
import type { Slot, Slots, Waiter } from './slots.ts'
import { Suspects, suspectTries } from './suspects.ts'
import { Timers } from './timers.ts'

export interface EngineOptions extends AtRestDependencies, LeaseDependencies {
  slots: Slots
  bus: Bus
  /** Reads a claimed run's rows into memory; `history`: all of its log, where that is known. */
  load(record: RunRecord, history?: readonly LogEvent[]): Promise<WorkingRun>
  /** Starts runs that other runs made, as many as may go on at once, and answers calls whose runs have ended. */
  settleSpawns(): Promise<void>
  disconnectGraceMs: number
  /** A run may take until then. */
  watchDeadline(at: number): void
  redact(text: string): string
  report(error: unknown, runId: string, traceId?: string | null): void
}

/** A run that was stored as this process's own. */
interface Claimed {
  record: RunRecord
  /** It was admitted to it. */
  slot: Slot
  /** What was stored with it, where that is all it knows. */
  history?: readonly LogEvent[] | undefined
}

/** A run this process is at: waiting for a slot, being read into memory, or in the loop. */
interface Working {
  waiter: Waiter | undefined
  /** Once this process has it. */
  hand: Hand | undefined
  run: WorkingRun | undefined
  /** It may work although the runtime is paused: to stop. */
  isWished: boolean
  /** It is not to be taken up again at once: somebody ends it. */
  isGivenUp?: boolean
  /** Another hand has it, or is about to: nothing more is done with it here. */
  isLost?: boolean
  left: Promise<void>
}

const parentEnded = 'parent run cancelled'
/** Looks at whether a wish was heard: at the second at the latest it was, where the store does not fail. */
const mostLooks = 5
const heartbeatMs = 30_000
/** Where others use the store as well, it is looked so often for what they wish, and for what they left. */
const lookMs = 1_000
/** The rest with the next look: whoever has as many waits for slots anyway. */
const mostInOneLook = 200
const retryAfterFailureMs = 5_000
/** After a restart nobody is attached yet; a one-shot run's caller gets this long to come back. */
const restartGraceMs = 30_000

/** The runs this process is working on, and what wakes, stops and ends them. Parked and waiting runs are not here. */
export class Engine {
  readonly #options: EngineOptions
  readonly #working = new Map<string, Working>()
  readonly #leases: Leases
  readonly #elsewhere: Elsewhere
  readonly #timers: Timers
  readonly #callers: Callers
  readonly #suspects: Suspects
  readonly #givingUp: GivingUp
  #state: 'running' | 'paused' | 'stopping' = 'running'
  /** It cannot prove that it is there. */
  #isAway = false

  constructor(options: EngineOptions) {
    const { clock, report, disconnectGraceMs, presence } = options
    this.#options = options
    this.#leases = new Leases(options)
    this.#elsewhere = { ...options, leases: this.#leases }
    this.#timers = new Timers(clock)
    this.#callers = new Callers({
      onFirst: (runId) => this.#tellOthers((here) => [noteCaller(runId, here)]),
      onGone: (runId) => {
        this.#tellOthers((here) => [forgetCaller(runId, here)])
        this.#endUnlessCallerReturns(runId, disconnectGraceMs)
      },
    })
    this.#givingUp = new GivingUp({
      ...options,
      leases: this.#leases,
      endChildren: (runId) => this.endChildren(runId),
    })
    this.#suspects = new Suspects({
      wake: (runId) => this.wake(runId),
      left: (runId) => this.left(runId),
      later: (ms, work) => this.#timers.after(ms, work),
      report: (error) => report(error, 'recovery'),
    })
    presence?.follow({
      lost: () => this.#letGo(),
      back: () => this.#comeBack(),
      gone: () => this.#othersAreGone(),
    })
  }

  /** Takes up what earlier processes left, or left lying. */
  async recover() {
    if (!this.#mayWork) return
    const { db, settleSpawns } = this.#options
    for (const childId of await listForsakenRuns(db)) await this.end(childId, parentEnded)
    await this.#takeUpUnsettled()
    await settleSpawns()
  }

  async #takeUpUnsettled(limit?: number) {
    const suspects: RunRecord[] = []
    const { owner, isDead } = this.#leases
    for (const run of await listUnsettledRuns(this.#options.db, owner, isDead, limit)) {
      if (this.#working.has(run.id) || isQueuedChild(run)) continue
      if (run.tries >= suspectTries) suspects.push(run)
      else this.wake(run.id)
      if (livesByListeners(run) && !this.#callers.has(run.id)) this.#endUnlessCallerReturns(run.id, restartGraceMs)
    }
    this.#suspects.takeUp(suspects)
  }

  /** Says that working runs are alive, hears what others wish of them, and looks for runs whose process is dead. */
  keepAlive() {
    if (this.#options.presence) this.#lookOften()
    this.#beat()
  }

  #beat() {
    this.#timers.after(heartbeatMs, () => {
      const { report } = this.#options
      const working = [...this.#working.entries()]
      this.#leases.beat(working.flatMap(([, { hand }]) => hand ?? [])).catch(() => {})
      for (const [runId, { run }] of working) {
        if (run) hearWishes(run).catch((error: unknown) => report(error, runId))
      }
      this.#recoverLater()
      this.#beat()
    })
  }

  /** For nobody to wait for. */
  #recoverLater() {
    this.recover().catch((error: unknown) => this.#options.report(error, 'recovery'))
  }

  /** Hints of other processes may get lost: what they say stands in rows. */
  #lookOften() {
    this.#timers.after(lookMs, () => {
      this.#look()
        .catch(() => {}) // The store says itself that it fails, and it is looked again.
        .finally(() => this.#lookOften())
    })
  }

  async #look() {
    if (this.#isAway) return
    const all = new Map(this.#working)
    for (const hand of await this.#leases.lost([...all.values()].flatMap(({ hand }) => hand ?? []))) {
      lose(all.get(hand.id)!)
    }
    for (const { run_id, ...wish } of all.size > 0 ? await listWishesOf(this.#options.db, this.#leases.owner) : []) {
      all.get(run_id)?.run?.control.hear(wish)
    }
    if (this.#mayWork) await this.#takeUpUnsettled(mostInOneLook)
  }

  /** Others are about to take over what this process has. */
  #letGo() {
    this.#isAway = true
    for (const working of this.#working.values()) lose(working)
  }

  #comeBack() {
    this.#isAway = false
    this.#tellOthers((here) => this.#callers.runIds.map((runId) => noteCaller(runId, here)))
    this.#recoverLater()
  }

  /** What they worked on is taken up; whoever listened to runs through them may come back here. */
  #othersAreGone() {
    this.#tellOthers((_, alive) => [forgetCallersElsewhere(alive), forgetPlacesElsewhere(alive)])
    for (const [runId, { run }] of this.#working) {
      if (run && livesByListeners(run.record) && !this.#callers.has(runId)) {
        this.#endUnlessCallerReturns(runId, restartGraceMs)
      }
    }
    this.#recoverLater()
  }

  /** Where there may be others: who listens here, for whoever works on the run. */
  #tellOthers(statements: (here: string, alive: SqlPart) => Statement[]) {
    const { db, presence, report } = this.#options
    if (!presence) return
    const told = statements(presence.instance, presence.alive())
    if (told.length > 0) db.write(told).catch((error: unknown) => report(error, 'callers'))
  }

  get #mayWork(): boolean {
    return this.#state === 'running' && !this.#isAway
  }

  get isStopping(): boolean {
    return this.#state === 'stopping'
  }

  get isPaused(): boolean {
    return this.#state === 'paused'
  }

  /** It cannot prove to others on the same store that it is there, and works on nothing. */
  get isAway(): boolean {
    return this.#isAway
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
   * stored as this process's own, with the slot it was admitted to. One that `isWished` to stop does so while the
   * runtime is paused, too.
   */
  wake(runId: string, options: { claimed?: Claimed; isWished?: boolean } = {}) {
    const { claimed, isWished = false } = options
    const mayWork = this.#state === 'running' || (this.#state === 'paused' && isWished)
    if (!mayWork || this.#isAway || this.#working.has(runId)) {
      claimed?.slot.release()
      return
    }
    const working: Working = { waiter: undefined, hand: undefined, run: undefined, isWished, left: Promise.resolve() }
    this.#working.set(runId, working)
    working.left = this.#work(runId, working, claimed).catch((error) => this.#options.report(error, runId))
  }

  /** Something was said to a run. One that waits for an answer hears it when that has come: never between a call and its result. */
  inputArrived(runId: string) {
    this.#wakeWhereNeeded(runId).catch((error: unknown) => this.#options.report(error, runId))
  }

  /**
   * Stops the turn in progress, also one that waits for an answer. `wished`: it is stored, and whoever works on the run
   * has not heard it yet. `none` where there is no turn.
   */
  async cancelTurn({ id: runId }: RunRecord, reason = ''): Promise<'stopped' | 'wished' | 'none'> {
    const { clock } = this.#options
    const wishId = newInputId()
    if (!(await this.#wish(runId, wishTurnCancelled(runId, wishId, reason, clock.now())))) return 'none'
    return (await this.#heard(runId, wishId)) ? 'stopped' : 'wished'
  }

  /** Ends a run and all it started, whatever they are doing. Names the runs it ended, this one first. */
  async end(runId: string, why: string | RunEnd): Promise<string[]> {
    const how: RunEnd = typeof why === 'string' ? { status: 'cancelled', stopReason: why } : why
    const ended: string[] = []
    if (await this.#endOne(runId, how)) ended.push(runId)
    for (const child of await listChildRuns(this.#options.db, runId)) {
      ended.push(...(await this.end(child.id, parentEnded)))
    }
    return ended
  }

  /** Ends a run that waits for its operator. False where it does something by now. */
  async endParked(runId: string, how: RunEnd): Promise<boolean> {
    // It may be about to leave memory; whoever waits for a slot has something to do.
    if (!this.#working.get(runId)?.waiter) await this.left(runId)
    const record = await findRun(this.#options.db, runId)
    if (!record || this.#working.has(runId) || !isParked(record)) return false
    return endAtRest(this.#options, record, how)
  }

  async endChildren(runId: string): Promise<void> {
    for (const child of await listChildRuns(this.#options.db, runId)) {
      if (isLive(child)) await this.end(child.id, parentEnded)
    }
  }

  /**
   * Has `work` done while nobody here can work on the run, which `hold` makes known to whoever wants it to stop. False
   * when somebody works on it already.
   */
  async alone(runId: string, work: (hold: (run: WorkingRun) => void) => Promise<void>): Promise<boolean> {
    if (this.#working.has(runId)) return false
    const working: Working = {
      waiter: undefined,
      hand: undefined,
      run: undefined,
      isWished: false,
      left: Promise.resolve(),
    }
    this.#working.set(runId, working)
    let letGo = () => {}
    const done = work((run) => {
      letGo = this.#hold(working, run)
    })
    working.left = done.catch(() => {})
    try {
      await done
    } finally {
      letGo()
      await this.#leave(runId)
    }
    return true
  }

  /** A one-shot run lives as long as somebody listens; the returned function says that a listener is gone. */
  callerAttached(record: RunRecord): () => void {
    return this.#callers.attached(record)
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
    this.#timers.stop()
  }

  async #suspendAll(graceMs: number): Promise<number> {
    const all = [...this.#working.values()]
    for (const { waiter, run } of all) {
      waiter?.giveUp()
      if (run) run.control.suspend = true
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

  async #work(runId: string, working: Working, claimed: Claimed | undefined) {
    const { report, states, load, watchDeadline } = this.#options
    let slot: Slot | undefined
    let letGo = () => {}
    let failed = false
    try {
      slot = claimed?.slot ?? (await this.#waitForSlot(runId, working))
      const record = slot && (claimed?.record ?? (await this.#leases.claim(runId, this.#givingUp.nextTry(runId))))
      if (record) {
        working.hand = record
        if (record.deadline !== null) watchDeadline(record.deadline)
        states.publish(record)
        this.#givingUp.refuseOneTooMany(record)
        const run = await load(record, claimed?.history)
        run.onWait = slot!.lend
        letGo = this.#hold(working, run)
        await runLoop(run)
      }
    } catch (thrown) {
      failed = true
      const error = working.run?.writeError ?? thrown
      if (!(await this.#wasLost(working))) {
        report(error, runId, working.run?.record.traceId)
        working.run?.control.interrupt()
        const isLater = await this.#givingUp
          .giveUp(runId, error, working.hand, working.run !== undefined)
          .catch((second: unknown) => {
            report(second, runId)
            return false
          })
        if (isLater) this.#timers.after(retryAfterFailureMs, () => this.wake(runId))
      }
    } finally {
      letGo()
      slot?.release()
      if (failed || working.isGivenUp) this.#working.delete(runId)
      else await this.#leave(runId)
    }
    await this.#tellWhatBecame(runId)
  }

  /** Another hand has the run: what failed here is nothing to anybody. */
  async #wasLost({ hand, isLost }: Working): Promise<boolean> {
    if (isLost || !hand) return isLost === true
    const record = await findRun(this.#options.db, hand.id).catch(() => undefined)
    return record !== undefined && record.leaseEpoch !== hand.leaseEpoch
  }

  /** Whoever wishes something of the run is heard at once from here on; the returned function ends that. */
  #hold(working: Working, run: WorkingRun): () => void {
    const { bus, report } = this.#options
    working.run = run
    if (working.isLost) run.control.lose()
    if (this.#state === 'stopping' || (this.#state === 'paused' && !working.isWished)) {
      run.control.suspend = true
      run.control.interrupt()
    }
    const { id } = run.record
    return bus.follow(wishTopic(id), () => {
      hearWishes(run).catch((error: unknown) => report(error, id))
    })
  }

  /** What arrived between the run's last look and now would otherwise wait for the next knock. */
  async #leave(runId: string) {
    this.#working.delete(runId)
    if (this.#mayWork) await this.#wakeWhereNeeded(runId)
  }

  async #wakeWhereNeeded(runId: string) {
    if (await needsAttention(this.#options.db, runId)) this.wake(runId)
  }

  async #waitForSlot(runId: string, working: Working): Promise<Slot | undefined> {
    const record = await findRun(this.#options.db, runId)
    if (!record || !isLive(record) || this.#state === 'stopping') return undefined
    working.waiter = this.#options.slots.wait(record.userId)
    try {
      return await working.waiter.slot
    } catch {
      return undefined
    } finally {
      working.waiter = undefined
    }
  }

  /** On disk before anybody is told; false where there is no use for it. */
  async #wish(runId: string, statement: Statement): Promise<boolean> {
    const { db, bus } = this.#options
    try {
      await db.write([statement], () => bus.announce(wishTopic(runId)))
      return true
    } catch (error) {
      if (error instanceof NothingChangedError) return false
      throw error
    }
  }

  /** Waits until a wish is granted, having the run taken up where nobody has it. False when whoever has it does not hear. */
  async #heard(runId: string, wishId: string): Promise<boolean> {
    const { db } = this.#options
    for (let looks = 0; looks < mostLooks; looks++) {
      if (!(await isWished(db, wishId))) return true
      const record = await findRun(db, runId)
      if (!record) return true
      if (!this.#working.has(runId) && (await this.#leases.isElsewhere(record))) {
        await untilElsewhereIsDone(this.#elsewhere, record)
        return !(await isWished(db, wishId))
      }
      this.wake(runId, { isWished: true })
      if (!this.#working.has(runId)) return false
      await this.left(runId)
    }
    return !(await isWished(db, wishId))
  }

  async #endOne(runId: string, how: RunEnd): Promise<boolean> {
    const { db, clock } = this.#options
    let isAsked = false
    for (;;) {
      const working = this.#working.get(runId)
      const record = await findRun(db, runId)
      if (!record || !isLive(record)) return isAsked && record?.state.status === how.status
      const isElsewhere = !working && (await this.#leases.isElsewhere(record))
      if (working || isElsewhere) {
        isAsked ||= await this.#wish(runId, toWish(how, runId, clock.now()))
        if (working?.waiter) {
          working.isGivenUp = true
          working.waiter.giveUp()
        }
        if (working) await working.left
        // Whoever does not hear it has the run taken away.
        else if (
          !(await untilElsewhereIsDone(this.#elsewhere, record)) &&
          (await endAtRest(this.#options, record, how))
        )
          return true
      } else {
        if (this.#state === 'stopping') return false
        if (await endAtRest(this.#options, record, how)) return true
      }
    }
  }

  async #tellWhatBecame(runId: string) {
    if (this.#state === 'stopping' || this.#isAway) return
    const record = await findRun(this.#options.db, runId)
    if (!record || this.#working.has(runId)) return
    this.#options.states.publish(record)
    if (!isLive(record)) await this.#options.onEnded(record)
  }

  #endUnlessCallerReturns(runId: string, graceMs: number) {
    this.#timers.after(graceMs, () => {
      this.#endUnlessHeard(runId).catch((error: unknown) => this.#options.report(error, runId))
    })
  }

  async #endUnlessHeard(runId: string) {
    const { db, presence } = this.#options
    if (this.#callers.has(runId) || this.#isAway) return
    if (presence && (await isHeardElsewhere(db, runId, presence.instance, presence.alive()))) return
    await this.end(runId, 'client disconnected')
  }
}

function lose(working: Working) {
  working.isLost = true
  working.waiter?.giveUp()
  working.run?.control.lose()
}

function toWish({ status, stopReason, error = stopReason }: RunEnd, runId: string, at: number): Statement {
  const id = newInputId()
  return status === 'failed' ? wishTimedOut(runId, id, error, at) : wishEnded(runId, id, stopReason, at)
}

/** How many of a call's runs go on at once is for `settleSpawns` to say. */
function isQueuedChild({ parentRunId, state }: RunRecord): boolean {
  return parentRunId !== null && state.status === 'running' && state.phase === 'queued'
}
