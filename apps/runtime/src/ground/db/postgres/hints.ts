import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import type { HearHints, StoreHints } from '../database.ts'
import { clientConfig } from './client.ts'

const channel = 'loomcycle'
/** After some went out, what is announced within so long waits; in the writing transaction each would cost dearly. */
const togetherMs = 10
/** In bytes; Postgres takes 7999. */
const largestPayload = 7_500
const selfTestMs = 3_000
const reconnectMs = { first: 500, most: 30_000 }
/** Whoever follows something looks by itself so often: for hints that were lost, and where there are none. */
const lookMs = { hinted: 15_000, silent: 1_000 }

export interface HintsDependencies {
  dsn: string
  notify(channel: string, payloads: readonly string[]): Promise<unknown>
  telemetry: Pick<Telemetry, 'log'>
}

/** Topics that processes on one database announce to each other, on one connection that does nothing else. */
export class Hints implements StoreHints {
  readonly #deps: HintsDependencies
  /** Names this process; its own hints are no news to it. */
  readonly #me = randomBytes(6).toString('base64url')
  readonly #due = new Set<string>()
  #hear: HearHints = { onHint: () => {}, onMissed: () => {} }
  #client: pg.Client | undefined
  #sending: NodeJS.Timeout | undefined
  #sentAt = Number.NEGATIVE_INFINITY
  #looking: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #wait = reconnectMs.first
  #heardMyself = () => {}
  #areHeard = false
  #isClosed = false

  constructor(deps: HintsDependencies) {
    this.#deps = deps
  }

  async start(hear: HearHints) {
    this.#hear = hear
    await this.#listen()
    this.#look()
  }

  send(topic: string) {
    this.#due.add(topic)
    const isQuiet = performance.now() - this.#sentAt >= togetherMs
    this.#sending ??= setTimeout(
      () => {
        this.#sending = undefined
        this.#sentAt = performance.now()
        const payloads = inPayloads(this.#me, this.#due)
        this.#due.clear()
        this.#deps.notify(channel, payloads).catch(() => {})
      },
      isQuiet ? 0 : togetherMs,
    ).unref()
  }

  async close() {
    this.#isClosed = true
    for (const timer of [this.#sending, this.#looking, this.#again]) clearTimeout(timer)
    await this.#client?.end().catch(() => {})
  }

  async #listen() {
    const client = new pg.Client({ ...clientConfig(this.#deps.dsn), query_timeout: selfTestMs })
    client.on('error', () => {})
    client.on('notification', ({ payload = '' }) => this.#heard(payload))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      if (this.#isClosed) return void (await client.end())
      client.on('end', () => this.#lost())
      this.#client = client
      this.#wait = reconnectMs.first
      await this.#test(client)
      this.#hear.onMissed()
    } catch {
      this.#areHeard = false
      await client.end().catch(() => {})
      this.#lost()
    }
  }

  /** Between some poolers and the server a `listen` is lost without a word. */
  async #test(client: pg.Client) {
    let timer: NodeJS.Timeout | undefined
    const heard = new Promise<boolean>((resolve) => {
      this.#heardMyself = () => resolve(true)
      timer = setTimeout(() => resolve(false), selfTestMs)
    })
    await client.query('select pg_notify($1, $2)', [channel, JSON.stringify([this.#me])])
    this.#areHeard = await heard
    clearTimeout(timer)
    if (this.#areHeard) return
    this.#deps.telemetry.log(
      'warn',
      'notifications of the database do not arrive (a pooler in transaction mode drops LISTEN): what other replicas write is noticed within a second instead of at once. Give LOOMCYCLE_PG_DSN a direct connection or one in session mode.',
    )
  }

  #heard(payload: string) {
    const [from, ...topics] = namesIn(payload)
    if (from === this.#me) this.#heardMyself()
    else for (const topic of topics) this.#hear.onHint(topic)
  }

  #lost() {
    this.#areHeard = false
    this.#client = undefined
    if (this.#isClosed) return
    clearTimeout(this.#again)
    this.#again = setTimeout(() => void this.#listen(), this.#wait).unref()
    this.#wait = Math.min(this.#wait * 2, reconnectMs.most)
  }

  /** A connection that was cut off says nothing, so it is asked as well. */
  #look() {
    this.#looking = setTimeout(
      () => {
        this.#hear.onMissed()
        this.#client?.query('select 1').catch(() => this.#client?.connection.stream.destroy())
        this.#look()
      },
      this.#areHeard ? lookMs.hinted : lookMs.silent,
    ).unref()
  }
}

/** As few as take them all. A name that is too long for one is not told: it is looked for. */
function inPayloads(from: string, topics: Iterable<string>): string[] {
  const payloads: string[][] = []
  let room = 0
  for (const topic of topics) {
    const bytes = Buffer.byteLength(JSON.stringify(topic)) + 1
    if (bytes > largestPayload - from.length) continue
    if (bytes > room) {
      payloads.push([from])
      room = largestPayload - from.length
    }
    payloads.at(-1)!.push(topic)
    room -= bytes
  }
  return payloads.map((payload) => JSON.stringify(payload))
}

function namesIn(payload: string): string[] {
  try {
    const sent: unknown = JSON.parse(payload)
    return Array.isArray(sent) ? sent.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
