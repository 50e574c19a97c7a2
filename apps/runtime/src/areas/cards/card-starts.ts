import type { RunRecord } from '../../engine/rows/run-record.ts'
import { StoreError } from '../../ground/store-error.ts'
import { report } from '../../ground/telemetry/telemetry.ts'
import { findColumn } from '../documents/store/board.ts'
import {
  type CardStart,
  findFirstInLine,
  hasRoom,
  type Line,
  listEndedStarts,
  listLines,
  listWaitingMentions,
} from '../documents/store/card-starts.ts'
import { answer } from './answer.ts'
import type { CardContext } from './context.ts'
import { forget } from './forget.ts'
import { limitOf, limitsOfMention } from './limits.ts'
import { start } from './start.ts'

const atOnce = 50

/**
 * Starts agents with the cards that wait for one, and says on the card what each of its runs came to. All it goes by is
 * in rows, so it may look at any time, and the next process goes on where this one ended.
 */
export class CardStarts {
  readonly #ctx: CardContext
  #looking: Promise<void> | undefined
  #lookAgain = false

  constructor(ctx: CardContext) {
    this.#ctx = ctx
  }

  /** For nobody to wait for; what fails now is tried again with the next look. */
  begin(): void {
    this.run().catch((error: unknown) => report(this.#ctx.telemetry, 'agents of cards', error))
  }

  /** Resolves when there is nothing left to be done for now. */
  async run(): Promise<void> {
    this.#lookAgain = true
    while (this.#looking) await this.#looking
    if (!this.#lookAgain) return
    this.#looking = this.#look().finally(() => (this.#looking = undefined))
    await this.#looking
  }

  /** There may be something to say of it, or room for another one of its tree. */
  runEnded({ id, rootRunId, options }: RunRecord): void {
    if (options.unattended || rootRunId !== id) this.begin()
  }

  async agentNames(tenantId: string): Promise<readonly string[]> {
    return (await this.#ctx.definitions.list(tenantId)).map(({ agent }) => agent.name)
  }

  async stop(): Promise<void> {
    await this.#looking?.catch(() => {})
  }

  async #look() {
    const { db, isClosed } = this.#ctx
    while (this.#lookAgain && !isClosed()) {
      this.#lookAgain = false
      await this.#each(listEndedStarts, (row) => answer(this.#ctx, row))
      await this.#each(listWaitingMentions, (row) => this.#startMentioned(row))
      for (const line of await listLines(db.read)) await this.#startInLine(line)
    }
  }

  /** One that fails holds up nobody but itself, unless nothing can be read or written at all. */
  async #each(list: typeof listEndedStarts, work: (row: CardStart) => Promise<void>) {
    const { db, telemetry } = this.#ctx
    for (let last = 0; ; ) {
      const rows = await list(db.read, last, atOnce)
      for (const row of rows) {
        try {
          await work(row)
        } catch (error) {
          if (error instanceof StoreError) throw error
          report(telemetry, `the agent ${row.agent} on card ${row.chunk_id}`, error)
        }
      }
      if (rows.length < atOnce) return
      last = rows.at(-1)!.n
    }
  }

  async #startMentioned(row: CardStart) {
    const { db } = this.#ctx
    const limits = await limitsOfMention(db.read, row)
    if (await hasRoom(db.read, limits)) await start(this.#ctx, row, limits)
  }

  /** As many of those that wait as may be worked on at once; whoever has left the column has left the line. */
  async #startInLine(line: Line) {
    const { db } = this.#ctx
    for (let last = 0; ; ) {
      const next = await findFirstInLine(db.read, line)
      if (!next || next.n === last) return
      last = next.n
      const column = await findColumn(db.read, line)
      if (column?.agent !== next.agent) {
        await forget(this.#ctx, next)
        continue
      }
      const limits = [limitOf(line, column)]
      if (!(await hasRoom(db.read, limits))) return
      await start(this.#ctx, next, limits)
    }
  }
}
