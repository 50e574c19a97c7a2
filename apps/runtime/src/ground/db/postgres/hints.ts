import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { clientConfig } from './client.ts'

const channel = 'loomcycle'
/** What is announced within so long goes out together; in the writing transaction it would cost every commit dearly. */
const togetherMs = 10
/** Postgres takes 7999 bytes. */
const largestPayload = 7_500
const selfTestMs = 3_000
const reconnectMs = { first: 500, most: 30_000 }

export interface HintsDependencies {
  dsn: string
  notify(payloads: readonly string[]): Promise<unknown>
  /** Another process has announced it. */
  onHint(topic: string): void
  /** There may have been hints that nobody heard. */
  onMissed(): void
  /** Hints do not come; whoever follows something has to look by itself. */
  onSilence(reason: string): void
}

/**
 * Topics that processes on one database announce to each other. A hint that is lost costs time and nothing else: what is
 * new stands in rows, and whoever follows them looks from time to time.
 */
export class Hints {
  readonly #deps: HintsDependencies
  /** Names this process; its own hints are no news to it. */
  readonly #me = randomBytes(6).toString('base64url')
  readonly #due = new Set<string>()
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #wait = reconnectMs.first
  #heardMyself = () => {}
  #isClosed = false

  constructor(deps: HintsDependencies) {
    this.#deps = deps
  }

  /** Resolves once hints are known to come, or not to. */
  async start() {
    await this.#listen()
  }

  send(topic: string) {
    this.#due.add(topic)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#flush()
    }, togetherMs).unref()
  }

  async close() {
    this.#isClosed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => {})
  }

  #flush() {
    const payloads: string[] = []
    let topics: string[] = []
    let size = 0
    for (const topic of this.#due) {
      const bytes = Buffer.byteLength(JSON.stringify(topic)) + 1
      if (bytes > largestPayload) continue
      if (size + bytes > largestPayload) {
        payloads.push(JSON.stringify([this.#me, ...topics]))
        topics = []
        size = 0
      }
      topics.push(topic)
      size += bytes
    }
    this.#due.clear()
    if (topics.length > 0) payloads.push(JSON.stringify([this.#me, ...topics]))
    if (payloads.length > 0) this.#deps.notify(payloads).catch(() => {})
  }

  async #listen() {
    const client = new pg.Client(clientConfig(this.#deps.dsn))
    client.on('error', () => {})
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ payload = '' }) => this.#heard(payload))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      this.#client = client
      this.#wait = reconnectMs.first
      await this.#test(client)
      this.#deps.onMissed()
    } catch {
      await client.end().catch(() => {})
      this.#again()
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
    const isHeard = await heard
    clearTimeout(timer)
    if (!isHeard) this.#deps.onSilence('a notification of its own did not come back')
  }

  #heard(payload: string) {
    let sent: unknown
    try {
      sent = JSON.parse(payload)
    } catch {
      return
    }
    if (!Array.isArray(sent)) return
    const [from, ...topics] = sent as string[]
    if (from === this.#me) this.#heardMyself()
    else for (const topic of topics) this.#deps.onHint(topic)
  }

  #lost(client: pg.Client) {
    if (this.#client !== client) return
    this.#client = undefined
    this.#again()
  }

  #again() {
    if (this.#isClosed) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#listen(), this.#wait).unref()
    this.#wait = Math.min(this.#wait * 2, reconnectMs.most)
  }
}
