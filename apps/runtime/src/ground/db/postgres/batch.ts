import type pg from 'pg'
import { toParameter } from './client.ts'

/** One of our own, as Postgres takes it; its shape is planned once for each connection, by this name. */
export interface Planned {
  text: string
  name: string
  parameters: readonly unknown[]
}

export interface BatchAnswer {
  /** How many rows each has changed, up to the one that failed: those behind it were not run. */
  changed: number[]
  /** Those that were asked for, as texts. */
  rows: (string | null)[][]
  failure?: unknown
}

/**
 * Statements that go out in one piece and are answered in one piece, each run after the one before it. `pg` itself would
 * ask for the columns of every one and have the server stop and answer after it, which costs more than running it.
 */
export class Batch implements pg.Submittable {
  readonly answer: Promise<BatchAnswer>
  readonly #statements: readonly Planned[]
  /** Names that the connection knows. */
  readonly #planned: Set<string>
  readonly #resolve: (answer: BatchAnswer) => void
  readonly #changed: number[] = []
  readonly #rows: (string | null)[][] = []

  constructor(statements: readonly Planned[], planned: Set<string>) {
    this.#statements = statements
    this.#planned = planned
    const { promise, resolve } = Promise.withResolvers<BatchAnswer>()
    this.answer = promise
    this.#resolve = resolve
  }

  submit = (connection: pg.Connection) => {
    const asked = new Set<string>()
    connection.stream.cork()
    for (const { text, name, parameters } of this.#statements) {
      if (!this.#planned.has(name) && !asked.has(name)) {
        // It may be there from a batch that failed.
        connection.close({ type: 'S', name }, true)
        connection.parse({ text, name, types: [] }, true)
        asked.add(name)
      }
      connection.bind({ statement: name, values: parameters.map(toText) }, true)
      connection.execute(null, true)
    }
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription() {}
  handleEmptyQuery() {}

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { text: string }) {
    this.#changed.push(Number(text.slice(text.lastIndexOf(' ') + 1)) || 0)
  }

  handleError(failure: unknown) {
    this.#resolve({ changed: this.#changed, rows: this.#rows, failure })
  }

  handleReadyForQuery() {
    for (const { name } of this.#statements) this.#planned.add(name)
    this.#resolve({ changed: this.#changed, rows: this.#rows })
  }
}

function toText(value: unknown): string | Buffer | null {
  const parameter = toParameter(value)
  if (parameter === null || parameter === undefined) return null
  return Buffer.isBuffer(parameter) ? parameter : String(parameter)
}
