import type pg from 'pg'
import type { SqlRows } from '../messages.ts'
import type { RowLimits } from '../rows.ts'
import { sizeOf } from '../values.ts'
import { fromPostgres } from './values.ts'

/** So many rows come at once; whoever wants no more says so before the next. */
const rowsAtOnce = 100

export interface PortalAnswer extends SqlRows {
  /** Of rows that were written, or else answered. */
  changed: number
}

interface Fields {
  fields: { name: string; dataTypeID: number }[]
}

/** The part of `pg`'s connection that speaks the protocol. */
interface Wire {
  stream: { cork(): void; uncork(): void }
  parse(query: { text: string; name: string }): void
  bind(binding: { values: readonly (string | Buffer | null)[]; valueMapper(value: unknown): unknown }): void
  describe(what: { type: 'P'; name: string }): void
  execute(what: { portal: string; rows: number }): void
  close(what: { type: 'P'; name: string }): void
  flush(): void
  sync(): void
}

/** One statement, and of its answer as much as there may be. One that changes something is still run to its end. */
export class Portal implements pg.Submittable {
  readonly #text: string
  readonly #values: readonly (string | Buffer | null)[]
  readonly #limits: RowLimits
  readonly #toItsEnd: boolean
  readonly #onRow: () => void
  readonly #done = Promise.withResolvers<PortalAnswer>()
  #columns: Fields['fields'] = []
  readonly #rows: unknown[][] = []
  #bytes = 0
  #truncated = false
  #seen = 0
  #changed = 0
  #failure: Error | undefined

  constructor(
    text: string,
    values: readonly (string | Buffer | null)[],
    limits: RowLimits,
    toItsEnd: boolean,
    onRow: () => void,
  ) {
    this.#onRow = onRow
    this.#text = text
    this.#values = values
    this.#limits = limits
    this.#toItsEnd = toItsEnd
  }

  get answer(): Promise<PortalAnswer> {
    return this.#done.promise
  }

  submit(connection: unknown) {
    const wire = connection as Wire
    wire.stream.cork()
    wire.parse({ text: this.#text, name: '' })
    wire.bind({ values: this.#values, valueMapper: (value) => value })
    wire.describe({ type: 'P', name: '' })
    this.#more(wire)
    wire.stream.uncork()
    return null
  }

  handleRowDescription({ fields }: Fields) {
    this.#columns = fields
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    this.#onRow()
    this.#seen++
    if (this.#truncated) return
    const row = fields.map((text, at) => fromPostgres(text, this.#columns[at]!.dataTypeID))
    this.#bytes += row.reduce((sum: number, value) => sum + (typeof value === 'boolean' ? 5 : sizeOf(value)), 0)
    this.#truncated = this.#rows.length === this.#limits.maxRows || this.#bytes > this.#limits.maxBytes
    if (!this.#truncated) this.#rows.push(row)
  }

  handlePortalSuspended(connection: unknown) {
    const wire = connection as Wire
    if (!this.#truncated || this.#toItsEnd) return this.#more(wire)
    wire.close({ type: 'P', name: '' })
    wire.sync()
  }

  handleCommandComplete({ text }: { text: string }, connection: unknown) {
    // Of what came in several parts, the server counts the last.
    this.#changed = this.#columns.length > 0 ? this.#seen : Number(/ (\d+)$/.exec(text)?.[1] ?? 0)
    ;(connection as Wire).sync()
  }

  handleEmptyQuery(connection: unknown) {
    ;(connection as Wire).sync()
  }

  handleCopyInResponse() {}

  handleCopyData() {}

  handleError(error: Error, connection: unknown) {
    this.#failure ??= error
    const isOfServer = 'severity' in error
    if (isOfServer) (connection as Wire).sync()
    this.#done.reject(error)
  }

  handleReadyForQuery() {
    if (this.#failure) return
    this.#done.resolve({
      columns: this.#columns.map(({ name }) => name),
      rows: this.#rows,
      truncated: this.#truncated,
      changed: this.#changed,
    })
  }

  #more(wire: Wire) {
    wire.execute({ portal: '', rows: Math.min(rowsAtOnce, this.#limits.maxRows + 1) })
    wire.flush()
  }
}
