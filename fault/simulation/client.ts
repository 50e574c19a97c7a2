import { setImmediate } from 'node:timers/promises'
import { resolveInterrupt } from '../../apps/runtime/src/areas/interrupts/resolve.ts'
import { pause, resume } from '../../apps/runtime/src/areas/operations/pause.ts'
import type { AppContext } from '../../apps/runtime/src/context.ts'
import { cancelAgent, cancelTurn } from '../../apps/runtime/src/engine/runs/cancel.ts'
import { compactRun } from '../../apps/runtime/src/engine/runs/compact.ts'
import { runBatch } from '../../apps/runtime/src/engine/runs/run-batch.ts'
import { sendInput } from '../../apps/runtime/src/engine/runs/send-input.ts'
import { continueSession, startRun } from '../../apps/runtime/src/engine/runs/start-run.ts'
import { suspectTries, suspicionMs } from '../../apps/runtime/src/engine/work/suspects.ts'
import { answerOnce, keyedRequest } from '../../apps/runtime/src/ground/idempotency/idempotency.ts'
import { operator } from '../../apps/runtime/src/ground/identity/principal.ts'
import type { VirtualClock } from '../../apps/runtime/src/testing/virtual-clock.ts'
import { callerFor, type OutsideCaller } from '../../apps/runtime/src/tools/caller.ts'
import { type MessageBody, type RunBatchBody, type RunBody, RuntimeError } from '../../packages/proto/src/index.ts'
import type { Process } from './process.ts'
import { WatchedRun } from './watched-run.ts'
import type { World } from './world.ts'

/** Nothing moves any more, and what somebody waits for has not come. */
class Stuck extends Error {
  override name = 'Stuck'
}

export interface Acknowledged {
  runId: string
  inputId: string
  text: string
}

/** Turns of the event loop without any sign of life before everything counts as at rest. */
const stillTurns = 12
/** Longer waits than a retry's are not waited out: they would hide a run that only the next sweep finds. */
const patienceMs = 5_000
/** What a replica was doing that died is taken up by then. */
const takeoverMs = 10_000

type Test = () => boolean | Promise<boolean>

/**
 * Somebody who uses the runtime and never gives up: what was not acknowledged is asked again, with the same key, of the
 * process that comes next.
 */
export class Client {
  readonly world: World
  readonly clock: VirtualClock
  readonly runs: WatchedRun[] = []
  readonly acknowledged: Acknowledged[] = []
  readonly #launch: () => Promise<Process>
  #process: Process
  #keys = 0
  #losses = 0

  constructor(parts: { world: World; clock: VirtualClock; launch: () => Promise<Process>; first: Process }) {
    this.world = parts.world
    this.clock = parts.clock
    this.#launch = parts.launch
    this.#process = parts.first
  }

  get process(): Process {
    return this.#process
  }

  async start(body: RunBody): Promise<WatchedRun> {
    const idempotencyKey = this.#nextKey()
    const { run } = await this.ask(`start ${body.agent}`, (ctx) => startRun(ctx, caller(idempotencyKey), body))
    return this.#watch(new WatchedRun(run))
  }

  /** Goes on with the conversation of a run that has ended. */
  async proceed({ record }: WatchedRun, body: MessageBody): Promise<WatchedRun> {
    const idempotencyKey = this.#nextKey()
    const { run } = await this.ask('continue', (ctx) =>
      continueSession(ctx, caller(idempotencyKey), record.sessionId, body),
    )
    return this.#watch(new WatchedRun(run))
  }

  async say(run: WatchedRun, text: string): Promise<void> {
    const idempotencyKey = this.#nextKey()
    const { input_id } = await this.ask(`say ${text}`, (ctx) =>
      sendInput(ctx, caller(idempotencyKey), run.id, { text }),
    )
    this.acknowledged.push({ runId: run.id, inputId: input_id, text })
  }

  /** A turn that is over by the time it is asked again needs no stopping. */
  async cancelTurn(run: WatchedRun): Promise<void> {
    await this.ask('cancel the turn', (ctx) => {
      return unless('not_mid_turn', () => cancelTurn(ctx, caller(), run.id, 'enough'))
    })
  }

  async cancelAgent(run: WatchedRun): Promise<void> {
    await this.ask('cancel the agent', (ctx) => cancelAgent(ctx, caller(), run.record.agentId, 'enough'))
  }

  /** Answers the latest question of a run; without an answer, declines it. */
  async resolve(run: WatchedRun, answer?: string): Promise<void> {
    const target = { run_id: run.id, interrupt_id: run.latestQuestion }
    const body = answer === undefined ? ({ disposition: 'declined' } as const) : { answer }
    await this.ask('resolve', (ctx) => {
      return unless('interrupt_settled', () => resolveInterrupt(ctx.interrupts, caller(), target, body))
    })
  }

  /** The process that comes next does what was stored to be done, and is at it when it is asked again. */
  async compact(run: WatchedRun): Promise<void> {
    await this.ask('compact', (ctx) => unless('run_busy', () => compactRun(ctx, caller(), run.id)))
  }

  async batch(body: RunBatchBody): Promise<void> {
    const idempotencyKey = this.#nextKey()
    await this.ask('batch', (ctx) => runBatch(ctx, caller(idempotencyKey), body))
  }

  /** The document of this title, made where there is none. */
  async document(title: string): Promise<string> {
    return this.ask(`make ${title}`, async (ctx) => {
      const [there] = await ctx.db.all<{ document_id: string }>(
        'select id as document_id from documents where title = ?',
        [title],
      )
      const made = there ?? (await ctx.ops.get('Document')!.dispatch(caller(), { op: 'create_document', title }))
      return (made as { document_id: string }).document_id
    })
  }

  /** Writes a chunk by its key. */
  async put(chunk: object): Promise<{ id: string }> {
    const input = { op: 'upsert_chunk', ...chunk }
    return this.ask(
      'write a chunk',
      async (ctx) => (await ctx.ops.get('Document')!.dispatch(caller(), input)) as { id: string },
    )
  }

  /** Any other op, which is the same when it is asked again. */
  async op(what: string, tool: string, input: object): Promise<unknown> {
    return this.ask(what, (ctx) => ctx.ops.get(tool)!.dispatch(caller(), input))
  }

  /** One that is done once, by its key. */
  async opOnce(what: string, tool: string, input: object): Promise<unknown> {
    const asking = caller(this.#nextKey())
    return this.ask(what, async (ctx) => {
      const keyed = await keyedRequest(asking, asking.tenantId, tool, input)
      return answerOnce(ctx, keyed, () => ctx.ops.get(tool)!.dispatch({ ...asking, keyed }, input))
    })
  }

  async pause(): Promise<void> {
    await this.ask('pause', async (ctx) => {
      await unless('already_pausing', () => pause(ctx, 1000))
    })
  }

  async resume(): Promise<void> {
    await this.ask('resume', async (ctx) => {
      await unless('not_paused', () => resume(ctx))
    })
  }

  /** Asks until there is an answer, of one process after the other. */
  async ask<T>(what: string, work: (ctx: AppContext) => Promise<T>): Promise<T> {
    for (;;) {
      const process = await this.#living()
      const { losses } = process
      let outcome: { value: T } | { error: unknown } | undefined
      work(process.ctx).then(
        (value) => (outcome = { value }),
        (error: unknown) => (outcome = { error }),
      )
      await this.#pump(what, () => outcome !== undefined || process.ended !== undefined || process.losses !== losses)
      if (outcome === undefined) continue
      if ('value' in outcome) return outcome.value
      if (!isStopping(outcome.error)) throw outcome.error
    }
  }

  /** Waits until something is true, over as many processes as it takes. */
  async until(what: string, isTrue: Test): Promise<void> {
    while (!(await isTrue())) {
      const process = await this.#living()
      await this.#pump(what, async () => process.ended !== undefined || (await isTrue()))
    }
    await this.#living()
  }

  async parked(run: WatchedRun): Promise<void> {
    await this.until('the run parks', () => run.isParked)
  }

  async ended(run: WatchedRun): Promise<void> {
    await this.until('the run ends', () => run.hasEnded)
  }

  /** Waits until nothing moves any more, without moving time. */
  async rest(): Promise<void> {
    for (let process = await this.#living(); ; process = await this.#living()) {
      await this.#still(() => process.ended !== undefined)
      if (process.ended === undefined) return
    }
  }

  /** Lets so much time pass. */
  async later(ms: number): Promise<void> {
    const until = this.clock.now + ms
    for (;;) {
      await this.rest()
      const due = this.clock.nextDue
      if (due === undefined || due > until) return this.clock.moveTo(until)
      this.clock.fireNext()
    }
  }

  /** Lets so much time pass in the life of one process: one that starts anew also counts anew. */
  async undisturbed(ms: number): Promise<void> {
    let process: Process
    do {
      process = await this.#living()
      await this.later(ms)
    } while (process !== (await this.#living()))
  }

  /** Runs there are, by what they are doing. */
  async count(state: 'working' | 'waiting' | 'parked' | 'ended'): Promise<number> {
    const sql = `select coalesce(phase, 'ended') as state from runs`
    const runs = await this.#process.rows<{ state: string }>(sql)
    return runs.filter((run) => run.state === state).length
  }

  /** Ends the process and starts the next one. */
  async restart(): Promise<void> {
    await this.#bury()
    await this.#revive()
    await this.rest()
  }

  /** The end of everything. */
  async leave(): Promise<void> {
    await this.#bury()
  }

  #watch(run: WatchedRun): WatchedRun {
    const known = this.runs.find((other) => other.id === run.id)
    if (known) return known
    this.runs.push(run)
    run.attach(this.#process.ctx)
    return run
  }

  #nextKey(): string {
    return `key-${++this.#keys}`
  }

  async #living(): Promise<Process> {
    while (this.#process.ended !== undefined) {
      await this.#bury()
      await this.#revive()
    }
    return this.#process
  }

  async #bury() {
    const process = this.#process
    if (process.ended === 'stop') {
      let stopped = false
      void process.stop().then(() => (stopped = true))
      await this.#pump('stop', () => stopped)
    }
    const buried = process.bury()
    for (const run of this.runs) run.drop()
    await buried
  }

  async #revive() {
    this.#process = await this.#launch()
    this.#losses = this.#process.losses
    for (const run of this.runs) run.attach(this.#process.ctx)
  }

  /** Lets everything go on, timers included, until it is done. */
  async #pump(what: string, isDone: Test) {
    const since = this.clock.now
    for (;;) {
      await this.#still(isDone)
      this.#turnToOthers()
      if (await isDone()) return
      const due = this.clock.nextDue
      if (due === undefined || due - since > (await this.#patience())) {
        throw new Stuck(`nothing happens any more: ${what}`)
      }
      this.clock.fireNext()
    }
  }

  /** Whoever listened to one that is no more goes on at another one. */
  #turnToOthers() {
    const { losses } = this.#process
    if (losses === this.#losses) return
    this.#losses = losses
    for (const run of this.runs) {
      run.drop()
      run.attach(this.#process.ctx)
    }
  }

  /** One that processes have died with keeps others like it waiting, for as long as it works. */
  async #patience(): Promise<number> {
    const [suspects] = await this.#process.rows<{ count: number }>(
      `select count(*) as count from runs where phase = 'working' and tries >= ${suspectTries}`,
    )
    return patienceMs + suspects!.count * suspicionMs + this.#process.losses * takeoverMs
  }

  /** Until it is done, or nothing has moved for a while. */
  async #still(isDone: Test) {
    let still = 0
    let before = ''
    while (still < stillTurns) {
      if (await isDone()) return
      await setImmediate()
      const now = this.#signs()
      still = now === before && !this.#process.isBusy ? still + 1 : 0
      before = now
    }
  }

  #signs(): string {
    const frames = this.runs.reduce((sum, run) => sum + run.frames.length + (run.hasEnded ? 1 : 0), 0)
    return `${this.#process.activity} ${this.world.activity} ${frames}`
  }
}

function caller(idempotencyKey?: string): OutsideCaller {
  return { ...callerFor({ ...operator, open: true }, 'api', new AbortController().signal), idempotencyKey }
}

/** Asked twice, it may have been done the first time. */
async function unless(code: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof RuntimeError) || error.code !== code) throw error
  }
}

function isStopping(error: unknown): boolean {
  return error instanceof RuntimeError && error.code === 'shutting_down'
}
