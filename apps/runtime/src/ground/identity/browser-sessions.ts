import { randomBytes } from 'node:crypto'
import type { Bus } from '../bus.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/database.ts'
import { newBrowserSessionId } from '../ids.ts'
import { Recent } from '../recent.ts'
import { report, type Telemetry } from '../telemetry/telemetry.ts'
import { randomFingerprint } from './fingerprint.ts'
import type { Owner } from './principal.ts'
import {
  type BrowserSessionRow,
  deleteBrowserSessions,
  findBrowserSession,
  insertBrowserSession,
  type LiveSince,
  listBrowserSessionIdsMadeOtherwise,
  listEndedBrowserSessionIds,
  listLiveBrowserSessions,
  noteBrowserSessionUse,
} from './store.ts'

export interface BrowserSessionsOptions {
  telemetry: Telemetry
  db: Database
  clock: Clock
  /** Fingerprint of the token that sessions are made with; those made with another one have ended. */
  madeWith: string
  lifetime: { maxAgeMs: number; idleMs: number }
  bus: Bus
  /** Others on the same store end sessions, too. */
  isShared: boolean
}

const topic = 'browser-session-ended/'
/** The hint that a session was ended elsewhere may get lost: what was read counts for so long. */
const freshMs = 5_000

/** What is noted of a use: at once where it costs nothing, on disk only so often. */
const notedEveryMs = 5 * 60_000
/** Of one person; who signs in once more signs out the browser that was not used for the longest time. */
const maxSessions = 100
const maxCached = 1000
const secretPattern = /^[\w-]{43}$/
const longestUserAgent = 400

interface CachedSession extends BrowserSessionRow {
  notedAt: number
  readAt: number
}

/** Browsers that are signed in: rows, and a cache of them that only this class reads and clears. */
export class BrowserSessions {
  readonly #options: BrowserSessionsOptions
  readonly #cached = new Recent<string, CachedSession>(maxCached)
  readonly #open = new Map<string, Set<() => void>>()
  /** How often some have ended. */
  #endings = 0

  constructor(options: BrowserSessionsOptions) {
    this.#options = options
    options.bus.followHints(topic, (id) => this.#hasEnded([id]))
  }

  /** The cookie's value is given out this once; what is stored is its hash. */
  async start(owner: Owner, address: string, userAgent: string): Promise<{ id: string; secret: string }> {
    const { db, clock, madeWith } = this.#options
    const now = clock.now()
    const secret = randomBytes(32).toString('base64url')
    const id = newBrowserSessionId()
    const row: BrowserSessionRow = {
      id,
      tenant_id: owner.tenantId,
      subject: owner.subject,
      secret_hash: randomFingerprint(secret),
      made_with: madeWith,
      created_at: now,
      last_used_at: now,
      address,
      user_agent: userAgent.slice(0, longestUserAgent),
    }
    const surplus = (await this.list(owner)).slice(maxSessions - 1).map((session) => session.id)
    await db.write([insertBrowserSession(db, row)])
    await this.#end(surplus)
    return { id, secret }
  }

  async find(secret: string, address: string): Promise<BrowserSessionRow | undefined> {
    if (!secretPattern.test(secret)) return undefined
    const hash = randomFingerprint(secret)
    const now = this.#options.clock.now()
    const known = this.#cached.get(hash)
    let session = known && this.#isFresh(known, now) ? known : undefined
    while (!session) {
      const endings = this.#endings
      const row = await findBrowserSession(this.#options.db, hash, this.#options.madeWith)
      if (!row) {
        if (known) this.#hasEnded([known.id])
        return undefined
      }
      // One that ended while it was read must not come back into the cache.
      if (endings === this.#endings) session = { ...row, notedAt: row.last_used_at, readAt: now }
    }
    const since = this.#liveSince()
    if (session.created_at <= since.createdAt || session.last_used_at <= since.usedAt) return undefined
    this.#cached.set(hash, session)
    this.#noteUse(session, address)
    return session
  }

  list(owner: Owner): Promise<BrowserSessionRow[]> {
    return listLiveBrowserSessions(this.#options.db, owner, this.#liveSince())
  }

  endsAt(session: BrowserSessionRow): number {
    const { maxAgeMs, idleMs } = this.#options.lifetime
    return Math.min(session.created_at + maxAgeMs, session.last_used_at + idleMs)
  }

  /** Says whether there was one. */
  async end(owner: Owner, id: string): Promise<boolean> {
    const [found] = (await this.list(owner)).filter((session) => session.id === id)
    if (!found) return false
    await this.#end([id])
    return true
  }

  /** Says how many there were. */
  async endAll(owner: Owner): Promise<number> {
    const ids = (await this.list(owner)).map(({ id }) => id)
    await this.#end(ids)
    return ids.length
  }

  /** Ends what was made with another token, and says how many those were. */
  async endMadeOtherwise(): Promise<number> {
    const { db, madeWith } = this.#options
    const ids = await listBrowserSessionIdsMadeOtherwise(db, madeWith)
    await this.#end(ids)
    return ids.length
  }

  /** Ends what has been there, or has not been used, for too long. */
  async sweep(): Promise<void> {
    await this.#end(await listEndedBrowserSessionIds(this.#options.db, this.#liveSince()))
  }

  /** Calls back when the session has ended; the returned function takes it back. */
  onEnded(id: string, callback: () => void): () => void {
    let callbacks = this.#open.get(id)
    if (!callbacks) this.#open.set(id, (callbacks = new Set()))
    callbacks.add(callback)
    return () => {
      callbacks.delete(callback)
      if (callbacks.size === 0 && this.#open.get(id) === callbacks) this.#open.delete(id)
    }
  }

  async #end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const { db, bus } = this.#options
    await db.write([deleteBrowserSessions(ids)], () => {
      this.#hasEnded(ids)
      for (const id of ids) bus.announce(`${topic}${id}`)
    })
  }

  #hasEnded(ids: readonly string[]) {
    const gone = new Set(ids)
    this.#endings++
    for (const session of [...this.#cached.values()]) {
      if (gone.has(session.id)) this.#cached.delete(session.secret_hash)
    }
    for (const id of ids) for (const callback of [...(this.#open.get(id) ?? [])]) callback()
  }

  #isFresh({ readAt }: CachedSession, now: number): boolean {
    return !this.#options.isShared || now - readAt < freshMs
  }

  #liveSince(): LiveSince {
    const now = this.#options.clock.now()
    const { maxAgeMs, idleMs } = this.#options.lifetime
    return { createdAt: now - maxAgeMs, usedAt: now - idleMs }
  }

  #noteUse(session: CachedSession, address: string) {
    const { db, clock } = this.#options
    session.last_used_at = clock.now()
    session.address = address
    if (session.last_used_at - session.notedAt < notedEveryMs) return
    session.notedAt = session.last_used_at
    db.write([noteBrowserSessionUse(session)]).catch((error: unknown) =>
      report(this.#options.telemetry, 'browser sessions', error),
    )
  }
}
