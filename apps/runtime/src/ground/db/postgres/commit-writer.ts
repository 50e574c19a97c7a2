import type { Kysely } from 'kysely'
import { inTurn } from '../../in-turn.ts'
import { StoreError } from '../../store-error.ts'
import type { CommitTicks } from '../database.ts'
import type { Schema } from '../schema/index.ts'
import type { Statement } from '../statement.ts'
import type { Connection } from './connection.ts'
import { storeFailure, wasCrossed } from './errors.ts'
import { type Sharing, Transaction } from './transaction.ts'

/** Statements that are on disk together or not at all. */
interface Unit {
  statements: readonly Statement[]
  onCommit: (() => void) | undefined
  resolve: () => void
  reject: (error: unknown) => void
}

/** Reads and then writes, with nobody else in between. */
interface Reading {
  work: (tx: Kysely<Schema>) => Promise<unknown>
  resolve: (result: unknown) => void
  reject: (error: unknown) => void
}

type Job = Unit | Reading

const fullBatch = 400
/** Whoever has the database alone lets others have it after this. */
const longestAloneMs = 8
/** So often a batch that others have crossed is tried before it has the database alone. */
const crossings = 3
/** After so long without an answer it is found out whether there will be one. */
const patienceMs = 4_000

const keepTicks = `insert into commit_ticks (id, last) values (1, ?)
  on conflict (id) do update set last = excluded.last`

export interface WriterDependencies {
  open(): Promise<Connection>
  /** Of a transaction whose commit nobody heard the end of: whether it has happened; undefined where asking was given up. */
  hasCommitted(id: string, serverPid: number): Promise<boolean | undefined>
  /** Throws where the server does not answer. */
  probe(): Promise<unknown>
  ticks(): CommitTicks | undefined
  /** Hears of what the store has against being written. */
  failed(error: unknown): void
}

/**
 * One writer of this process, on a connection of its own. What arrives while it is busy shares the next commit. Nobody is
 * answered before the commit; where the server goes away in it, its end is found out, and nothing is done twice.
 */
export class CommitWriter {
  readonly #deps: WriterDependencies
  readonly #queue: Job[] = []
  #connection: Connection | undefined
  #work: Promise<void> | undefined

  constructor(deps: WriterDependencies) {
    this.#deps = deps
  }

  /** `onCommit` runs after the commit, in commit order, and right before the writer hears. Others may have read by then. */
  write(statements: readonly Statement[], onCommit?: () => void): Promise<void> {
    return new Promise((resolve, reject) => this.#push({ statements, onCommit, resolve, reject }))
  }

  /** Runs `work` as one step, with nobody else writing. `work` may only await its own statements. */
  transaction<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => this.#push({ work, resolve: resolve as (result: unknown) => void, reject }))
  }

  /** Everything that was handed over is on disk, or was refused, and everybody has heard. */
  async close() {
    while (this.#work) await this.#work
    await new Promise<void>((resolve) => inTurn(resolve))
    await this.#connection?.close()
  }

  #push(job: Job) {
    this.#queue.push(job)
    this.#work ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#untilDone())
  }

  async #untilDone() {
    while (this.#queue.length > 0) {
      const jobs = this.#next()
      const stopWatching = this.#watch()
      try {
        await this.#commit(jobs)
      } catch (error) {
        this.#refuse(jobs, error)
      } finally {
        stopWatching()
      }
    }
    this.#work = undefined
  }

  /** Those that come next and go together. */
  #next(): Job[] {
    const sharing = sharingOf(this.#queue[0]!)
    const end = this.#queue.findIndex((job, at) => at >= fullBatch || sharingOf(job) !== sharing)
    return this.#queue.splice(0, end < 0 ? this.#queue.length : end)
  }

  async #commit(jobs: Job[]) {
    if (sharingOf(jobs[0]!) === 'alone') return this.#commitAlone(jobs)
    const units = jobs as Unit[]
    const doubtful = new Set<Unit>()
    for (let tries = 1; ; tries++) {
      if (tries > 2) for (const unit of units) doubtful.add(unit)
      const sharing: Sharing = tries > crossings ? 'alone' : 'together'
      try {
        if (await this.#commitUnits(units, doubtful, sharing)) return
      } catch (error) {
        if (!wasCrossed(error) || sharing === 'alone') throw error
      }
    }
  }

  /** Units go out all at once, but for those that failed so before: these are waited for. False where others have failed. */
  async #commitUnits(units: readonly Unit[], doubtful: Set<Unit>, sharing: Sharing): Promise<boolean> {
    const transaction = await this.#begin(sharing)
    const refused = new Map<Unit, unknown>()
    try {
      for (const some of inRuns(units, (unit) => doubtful.has(unit))) {
        if (doubtful.has(some[0]!)) {
          for (const unit of some) {
            await transaction.runStep(unit.statements).catch((error: unknown) => {
              if (wasCrossed(error) || this.#connection?.broken || !transaction.id) throw error
              refused.set(unit, error)
            })
          }
          continue
        }
        const failed = await this.#runTogether(transaction, some)
        if (failed.length > 0) {
          for (const unit of failed) doubtful.add(unit)
          await transaction.rollback()
          return false
        }
      }
      await this.#end(transaction)
    } catch (error) {
      await this.#undo(transaction)
      throw error
    }
    this.#answer(units.filter((unit) => !refused.has(unit)).map((unit) => answerOf(unit)))
    for (const [unit, error] of refused) inTurn(() => unit.reject(storeFailure(error, 'written')))
    return true
  }

  /** Names those that did not do what they were to, as far as is known. */
  async #runTogether(transaction: Transaction, units: readonly Unit[]): Promise<Unit[]> {
    const { changed, failure } = await transaction.run(units.flatMap(({ statements }) => statements))
    if (failure && (wasCrossed(failure) || this.#connection?.broken)) throw failure
    let next = 0
    return units.filter(({ statements }) => {
      const first = next
      next += statements.length
      // Whatever comes after a statement that failed was not run.
      if (failure && first <= changed.length && changed.length < next) return true
      return statements.some(({ mustChange }, at) => mustChange && changed[first + at] === 0)
    })
  }

  /** Each can fail by itself; all that did not are on disk together. */
  async #commitAlone(jobs: Job[]) {
    const transaction = await this.#begin('alone')
    const done: (() => void)[] = []
    const refused: (() => void)[] = []
    const ran: Job[] = []
    const ticks = this.#deps.ticks()
    try {
      const heard = ticks && (await this.#hearTicks(ticks))
      const enough = performance.now() + longestAloneMs
      for (const job of jobs) {
        if (performance.now() >= enough && ran.length > 0) break
        ran.push(job)
        try {
          if ('work' in job) {
            const result = await transaction.step(() => job.work(transaction.tx))
            done.push(() => job.resolve(result))
          } else {
            await transaction.runStep(job.statements)
            done.push(answerOf(job))
          }
        } catch (error) {
          if (this.#connection?.broken) throw error
          // It may have been refused for what another one has written that is not on disk yet.
          refused.push(() => job.reject(storeFailure(error, 'written')))
        }
      }
      if (ticks && ticks.last !== heard) {
        await transaction.run([{ sql: keepTicks, parameters: [String(ticks.last)] }])
      }
      await this.#end(transaction)
    } catch (error) {
      await this.#undo(transaction)
      throw error
    }
    this.#queue.unshift(...jobs.slice(ran.length))
    this.#answer(done)
    for (const refuse of refused) inTurn(refuse)
  }

  async #hearTicks(ticks: CommitTicks): Promise<bigint> {
    const { rows, failure } = await this.#connection!.ask([{ sql: 'select last from commit_ticks', parameters: [] }])
    if (failure) throw failure
    const last = BigInt(rows[0]?.[0] ?? 0)
    ticks.hear(last)
    return last
  }

  async #begin(sharing: Sharing): Promise<Transaction> {
    if (this.#connection?.broken) this.#connection = undefined
    this.#connection ??= await this.#deps.open()
    const transaction = new Transaction(this.#connection, sharing)
    // What follows the order of commits is asked for when nobody else can commit.
    if (sharing === 'alone') await transaction.begin()
    return transaction
  }

  async #end(transaction: Transaction) {
    const { broken, serverPid } = this.#connection!
    if (broken) throw broken
    const happened = await transaction.commit().catch((error: unknown) => {
      if (!this.#connection!.broken) throw error
      return this.#deps.hasCommitted(transaction.id!, serverPid)
    })
    if (happened === undefined) throw unknown()
    if (!happened) throw undone()
  }

  async #undo(transaction: Transaction) {
    if (this.#connection && !this.#connection.broken) await transaction.rollback()
  }

  #answer(answers: readonly (() => void)[]) {
    for (const answer of answers) inTurn(answer)
  }

  #refuse(jobs: readonly Job[], error: unknown) {
    const { broken } = this.#connection ?? {}
    const failure = storeFailure(broken ?? error, 'written')
    this.#deps.failed(failure)
    for (const job of jobs) job.reject(failure)
  }

  /** A server that was cut off says nothing: it is asked in another way, and where it does not answer there either, not waited for. */
  #watch(): () => void {
    const timer = setInterval(() => {
      this.#deps.probe().catch(() => this.#connection?.cut())
    }, patienceMs)
    return () => clearInterval(timer)
  }
}

function sharingOf(job: Job): Sharing {
  const followsCommits = 'work' in job || job.statements.some(({ parameters }) => typeof parameters === 'function')
  return followsCommits ? 'alone' : 'together'
}

function answerOf(unit: Unit): () => void {
  return () => {
    unit.onCommit?.()
    unit.resolve()
  }
}

function undone(): StoreError {
  return new StoreError('The database has undone what was written', 'Nothing was stored; try again.')
}

function unknown(): StoreError {
  return new StoreError('Whether the database has kept what was written is not known', 'Look before it is tried again.')
}

/** In order, neighbours of one kind together. */
function inRuns<T>(items: readonly T[], kindOf: (item: T) => boolean): T[][] {
  const runs: T[][] = []
  for (const item of items) {
    const last = runs.at(-1)
    if (last && kindOf(last[0]!) === kindOf(item)) last.push(item)
    else runs.push([item])
  }
  return runs
}
