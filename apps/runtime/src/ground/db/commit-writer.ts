import { inTurn } from '../in-turn.ts'
import { NothingChangedError } from './errors.ts'
import type { Connection } from './node-sqlite.ts'
import { parametersOf, type Statement, type WriteOptions } from './statement.ts'

/** Statements that are on disk together or not at all. */
interface Unit {
  kind: 'unit'
  statements: readonly Statement[]
  isLarge: boolean
  onCommit: (() => void) | undefined
  resolve: () => void
  reject: (error: unknown) => void
}

/** Reads and then writes, with nobody else in between. */
interface Transaction {
  kind: 'transaction'
  work: () => Promise<unknown>
  resolve: (result: unknown) => void
  reject: (error: unknown) => void
}

type Job = Unit | Transaction

/** On disk; whoever waits for it has not heard yet. */
type Done = Pick<Unit, 'resolve'> & Partial<Pick<Unit, 'onCommit'>>

/** Between two commits, once several writers share them: fewer, fuller commits move more rows. */
const paceMs = 2
const busyBatch = 4
const fullBatch = 400
/** In characters. A commit with such a value would hold everybody up until the disk has it. */
const largeValue = 1024 * 1024
/** After this the rest of a batch waits for the next one, so that the process gets to do something else. */
const longestBatchMs = 8

export interface CommitHooks {
  /** Sees to it that the files are still ours; where they are not, the connection refuses. */
  beforeCommit?(): void
  /** Has the disk take what a large commit is about to make it wait for. */
  syncAhead?(): Promise<void>
  /** Undefined where the disk has nothing else to do that a large commit would wait for. */
  untilDiskRests?(): Promise<void> | undefined
  afterCommit?(): void
}

/**
 * The one writer of the process. Units and transactions that arrive close together share a commit, and with it one
 * fsync; a lone one is committed at the end of the tick it arrived in. Nobody is answered before the commit.
 */
export class CommitWriter {
  readonly #connection: Connection
  readonly #hooks: CommitHooks
  #queue: Job[] = []
  /** Written one at a time, with everybody else in between. */
  #patient: Unit[] = []
  #wasPatient = false
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #lastCommit = 0
  #lastBatch = 0
  /** The batch that has transactions in it and is not committed yet. */
  #mixed: Promise<void> | undefined

  constructor(connection: Connection, hooks: CommitHooks = {}) {
    this.#connection = connection
    this.#hooks = hooks
  }

  /** `onCommit` runs after the commit, in commit order, and right before the writer hears. Others may have read by then. */
  write(
    statements: readonly Statement[],
    onCommit?: () => void,
    { patient = false }: WriteOptions = {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue: Job[] = patient ? this.#patient : this.#queue
      queue.push({ kind: 'unit', statements, isLarge: statements.some(isLarge), onCommit, resolve, reject })
      this.#schedule()
    })
  }

  /** Runs `work` alone on the writing connection, as one step. `work` may only await its own statements. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ kind: 'transaction', work, resolve: resolve as (result: unknown) => void, reject })
      this.#schedule()
    })
  }

  /** Everything that was handed over is on disk, or was refused, and everybody has heard. */
  async drain(): Promise<void> {
    while (this.#mixed || this.#isWaitedFor) {
      this.#flush()
      await (this.#mixed ?? this.#hooks.untilDiskRests?.())
    }
    await new Promise<void>((resolve) => inTurn(resolve))
  }

  get #isWaitedFor(): boolean {
    return this.#queue.length + this.#patient.length > 0
  }

  #schedule() {
    if (!this.#isWaitedFor || this.#mixed || this.#immediate) return
    const wait = this.#lastBatch < busyBatch ? 0 : this.#lastCommit + paceMs - performance.now()
    if (wait <= 0 || this.#queue.length >= fullBatch) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#immediate = setImmediate(() => {
        this.#immediate = undefined
        this.#flush()
      })
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#flush()
      }, wait)
    }
  }

  #flush() {
    if (this.#mixed) return
    const jobs = this.#next()
    const batch = jobs.length
    if (batch === 0) return
    const committed = () => {
      this.#lastCommit = performance.now()
      this.#lastBatch = batch
      this.#mixed = undefined
      this.#hooks.afterCommit?.()
      this.#schedule()
    }
    if (jobs.every(isSmallUnit)) {
      this.#commitUnits(jobs)
      committed()
    } else this.#mixed = this.#commitMixed(jobs).then(committed)
  }

  #next(): Job[] {
    const isTurn = this.#patient.length > 0 && (!this.#wasPatient || this.#queue.length === 0)
    const busy = isTurn ? this.#hooks.untilDiskRests?.() : undefined
    void busy?.then(() => this.#schedule())
    this.#wasPatient = isTurn && busy === undefined
    return this.#wasPatient ? this.#patient.splice(0, 1) : this.#queue.splice(0, fullBatch)
  }

  #commitUnits(units: readonly Unit[]) {
    let committed: number
    try {
      committed = this.#commit(units)
    } catch (error) {
      if (units.length === 1) units[0]!.reject(error)
      else this.#commitOneByOne(units)
      return
    }
    this.#queue.unshift(...units.slice(committed))
    this.#answer(units.slice(0, committed))
  }

  /** One bad unit must not take its neighbours with it. */
  #commitOneByOne(units: readonly Unit[]) {
    for (const unit of units) {
      try {
        this.#commit([unit])
        this.#answer([unit])
      } catch (error) {
        unit.reject(error)
      }
    }
  }

  /** As many of them as there is time for; says how many. */
  #commit(units: readonly Unit[]): number {
    this.#begin()
    try {
      const enough = performance.now() + longestBatchMs
      let done = 0
      do this.#run(units[done++]!.statements)
      while (done < units.length && performance.now() < enough)
      this.#execute('COMMIT')
      return done
    } catch (error) {
      this.#connection.rollback()
      throw error
    }
  }

  /** Each job can fail by itself; all that did not are on disk together. Others are served between its steps. */
  async #commitMixed(jobs: Job[]) {
    const { raw } = this.#connection
    const done: Done[] = []
    const undone: Job[] = []
    const refused: (() => void)[] = []
    try {
      this.#begin()
      const enough = performance.now() + longestBatchMs
      for (let job = jobs.shift(); job; job = performance.now() < enough ? jobs.shift() : undefined) {
        try {
          this.#execute('SAVEPOINT job')
          const { kind, resolve } = job
          const result = kind === 'unit' ? this.#run(job.statements) : await job.work()
          this.#execute('RELEASE job')
          done.push(kind === 'unit' ? job : { resolve: () => resolve(result) })
          undone.push(job)
        } catch (error) {
          // It may have been refused for what another one has written that is not on disk yet.
          const { reject } = job
          refused.push(() => reject(error))
          // What fills the disk ends the whole transaction.
          if (!raw.isTransaction) throw error
          raw.exec('ROLLBACK TO job; RELEASE job')
        }
      }
      if (undone.some((job) => job.kind === 'unit' && job.isLarge)) await this.#hooks.syncAhead?.()
      this.#execute('COMMIT')
      this.#queue.unshift(...jobs)
    } catch (error) {
      this.#connection.rollback()
      for (const job of [...undone, ...jobs]) job.reject(error)
      for (const refuse of refused) refuse()
      return
    }
    this.#answer(done)
    for (const refuse of refused) inTurn(refuse)
  }

  #answer(done: readonly Done[]) {
    for (const { onCommit, resolve } of done) {
      inTurn(() => {
        onCommit?.()
        resolve()
      })
    }
  }

  #run(statements: readonly Statement[]) {
    for (const statement of statements) {
      const { changes } = this.#connection.prepare(statement.sql).run(parametersOf(statement))
      if (statement.mustChange && changes === 0) throw new NothingChangedError('no row changed')
    }
  }

  #begin() {
    this.#hooks.beforeCommit?.()
    this.#execute('BEGIN IMMEDIATE')
  }

  #execute(sql: string) {
    this.#connection.prepare(sql).run()
  }
}

function isLarge({ parameters }: Statement): boolean {
  return (
    typeof parameters !== 'function' && parameters.some((one) => typeof one === 'string' && one.length >= largeValue)
  )
}

function isSmallUnit(job: Job): job is Unit {
  return job.kind === 'unit' && !job.isLarge
}
