import pg from 'pg'
import { StoreError } from '../../store-error.ts'
import { sizeOf, tooLarge, mostAnswerBytes as usualAnswerBytes } from '../answer-size.ts'
import { type Asker, AskerLine, type LineBounds } from '../asker-line.ts'
import type { Answer } from '../asking-dialect.ts'
import type { StoreHealth } from '../health/store-health.ts'
import { toParameter } from './client.ts'
import { translated } from './translate.ts'

export interface AsideOptions {
  pool: pg.Pool
  health: StoreHealth
  /** What the store says, as its own errors. */
  failed(error: unknown): unknown
  /** Has the server end what it does for a connection. */
  cancel(serverPid: number): Promise<unknown>
  atOnce: number
  mostAnswerBytes?: number
  most?: LineBounds
}

/**
 * Questions whose cost is not bounded by their answer: few at once, people in turn, and no answer that is too large. One
 * that nobody waits for any more is ended.
 */
export class Aside {
  readonly #options: AsideOptions
  readonly #line: AskerLine<{ begin(): void; refuse(error: unknown): void }>
  #underWay = 0
  #isClosed = false

  constructor(options: AsideOptions) {
    this.#options = options
    this.#line = new AskerLine(options.most)
  }

  async ask(sql: string, parameters: readonly unknown[], asker: Asker): Promise<Answer> {
    this.#options.health.requireOurs()
    asker.signal?.throwIfAborted()
    await this.#turn(asker)
    try {
      return await this.#answer({ text: translated(sql), values: parameters.map(toParameter) }, asker.signal)
    } finally {
      this.#underWay--
      this.#next()
    }
  }

  close() {
    this.#isClosed = true
    for (const { refuse } of this.#line.clear()) refuse(closed())
  }

  async #turn(asker: Asker) {
    if (this.#isClosed) throw closed()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const turn = { begin: resolve, refuse: reject }
    const leave = () => {
      if (this.#line.drop(asker, turn)) reject(asker.signal!.reason)
    }
    this.#line.put(asker, turn)
    asker.signal?.addEventListener('abort', leave)
    this.#next()
    try {
      await promise
    } finally {
      asker.signal?.removeEventListener('abort', leave)
    }
  }

  #next() {
    if (this.#underWay >= this.#options.atOnce) return
    const turn = this.#line.take()
    if (!turn) return
    this.#underWay++
    turn.begin()
  }

  async #answer(question: pg.QueryConfig, signal: AbortSignal | undefined): Promise<Answer> {
    const { pool, failed, mostAnswerBytes = usualAnswerBytes } = this.#options
    const client = await pool.connect().catch((error: unknown) => {
      throw failed(error)
    })
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const leave = () => reject(signal!.reason)
    let isOver = false
    let bytes = 0
    const query = new pg.Query(question, (error, result) => {
      isOver = true
      if (error) reject(failed(error))
      else resolve(result)
    })
    query.on('row', (row) => {
      if ((bytes += sizeOf(row)) > mostAnswerBytes) reject(tooLarge())
    })
    try {
      signal?.throwIfAborted()
      signal?.addEventListener('abort', leave)
      client.query(query)
      return await promise
    } finally {
      signal?.removeEventListener('abort', leave)
      // Its connection goes with it: what is ended late would be the next one's question.
      if (!isOver) await this.#end(client)
      client.release(!isOver)
    }
  }

  async #end(client: pg.PoolClient) {
    const { processID } = client as unknown as { processID: number }
    await this.#options.cancel(processID).catch(() => {})
  }
}

function closed() {
  return new StoreError('The database is being closed', 'Ask again when loomcycle is back.')
}
