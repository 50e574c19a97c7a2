import { type LimitInfo, RuntimeError } from '@loomcycle/proto'
import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import { codeJs } from '../../ground/config/code-agents.ts'
import type { Database } from '../../ground/db/database.ts'
import { monthOf, nextMonth } from './month.ts'
import { listTokenLimits, type TokenLimitRow, type UsedBy, usedSince } from './store.ts'

/** Whose tokens a call takes. */
export interface Spender {
  tenantId: string
  userId: string
}

interface Used {
  month: string
  tokens: number
  at: number
}

const topic = 'token-limits'
/** Where others have models called as well, what was measured counts for so long. */
const freshMs = 1_000
/** The hint that the limits were changed elsewhere may get lost. */
const rereadMs = 10_000

export interface TokenLimitsOptions {
  db: Database
  clock: Clock
  bus: Bus
  /** Others on the same store use tokens, and set limits, too. */
  isShared: boolean
}

/** The nearest first. */
const scopesOf = ({ tenantId, userId }: Spender): [string, UsedBy][] => [
  [keyOf('user', tenantId, userId), { tenantId, userId }],
  [keyOf('tenant', tenantId, ''), { tenantId }],
  [keyOf('operator', '', ''), {}],
]

/**
 * What may be used in a calendar month, and what is used of it. The limits are held in memory, and what is used by whom
 * they are for is measured once a month and counted up from there, so that a call costs no question.
 */
export class TokenLimits {
  readonly #db: Database
  readonly #clock: Clock
  readonly #options: TokenLimitsOptions
  #readAt = 0
  #rows: ReadonlyMap<string, TokenLimitRow> = new Map()
  readonly #used = new Map<string, Used>()
  readonly #measuring = new Map<string, Promise<Used>>()

  constructor(options: TokenLimitsOptions) {
    this.#options = options
    this.#db = options.db
    this.#clock = options.clock
    options.bus.followHints(topic, () => (this.#readAt = 0))
  }

  /** They are others now, for all who have models called. */
  async changed(): Promise<void> {
    await this.read()
    this.#options.bus.announce(topic)
  }

  /** At the start. */
  async read(): Promise<void> {
    this.#readAt = this.#clock.now()
    const rows = await listTokenLimits(this.#db)
    this.#rows = new Map(rows.map((row) => [keyOf(row.scope, row.tenant_id, row.scope_id), row]))
    for (const key of this.#used.keys()) if (!this.#rows.has(key)) this.#used.delete(key)
  }

  /** For whoever is about to have a model called for somebody: refuses where a hard limit is reached; else what to be told. */
  async admit(spender: Spender, provider: string): Promise<LimitInfo[]> {
    const reached = await this.reached(spender, provider)
    const hard = reached.find(isHard)
    if (!hard) return reached
    const { message = '', severity: _, ...fields } = hard
    throw new RuntimeError('token_limit_exceeded', message, { ...fields, message })
  }

  /** The limits that are reached, of each scope the harder one. Code takes no tokens. */
  async reached(spender: Spender, provider: string): Promise<LimitInfo[]> {
    if (provider === codeJs) return []
    if (this.#options.isShared && this.#clock.now() - this.#readAt >= rereadMs) await this.read()
    if (this.#rows.size === 0) return []
    const reached: LimitInfo[] = []
    for (const [key, of] of scopesOf(spender)) {
      const row = this.#rows.get(key)
      const info = row && toInfo(row, await this.#tokens(key, of), this.#clock.now())
      if (info) reached.push(info)
    }
    return reached
  }

  /** In the order of the commits in which they are booked. */
  count(spender: Spender, tokens: number, at: number) {
    if (this.#rows.size === 0) return
    for (const [key] of scopesOf(spender)) {
      const used = this.#used.get(key)
      if (used?.month === monthOf(at)) used.tokens += tokens
    }
  }

  async #tokens(key: string, of: UsedBy): Promise<number> {
    const now = this.#clock.now()
    const month = monthOf(now)
    const known = this.#used.get(key)
    const isFresh = known && (!this.#options.isShared || now - known.at < freshMs)
    if (isFresh && known.month === month) return known.tokens
    let measuring = this.#measuring.get(key)
    if (!measuring) {
      measuring = this.#measure(key, month, of).finally(() => this.#measuring.delete(key))
      this.#measuring.set(key, measuring)
    }
    return (await measuring).tokens
  }

  /** In the line of commits: what is committed later is counted later, since whoever writes hears of it in that order. */
  async #measure(key: string, month: string, of: UsedBy): Promise<Used> {
    const at = this.#clock.now()
    const used = { month, tokens: await this.#db.transaction((tx) => usedSince(tx, month, of)), at }
    this.#used.set(key, used)
    return used
  }
}

export function isHard({ severity }: LimitInfo): boolean {
  return severity === 'hard'
}

function keyOf(scope: string, tenantId: string, userId: string): string {
  return JSON.stringify([scope, tenantId, userId])
}

function toInfo(row: TokenLimitRow, tokens: number, now: number): LimitInfo | undefined {
  const { scope, tenant_id: tenantId, scope_id: userId, soft_limit: soft, hard_limit: hard } = row
  const isOver = hard !== null && tokens >= hard
  const limit = isOver ? hard : soft
  if (limit === null || tokens < limit) return undefined
  const scope_id = scope === 'user' ? userId : tenantId
  // What others have used is none of their business.
  const used = scope === 'operator' ? Math.min(tokens, limit) : tokens
  const resets_at = nextMonth(now).toISOString()
  return {
    scope,
    ...(scope_id === '' ? {} : { scope_id }),
    severity: isOver ? 'hard' : 'soft',
    window: 'month',
    used,
    limit,
    message: isOver
      ? `${who(row)} used ${used} tokens this month, and there are ${limit}: no model is called until the next month begins, ${inWords(resets_at)}, or the limit is raised.`
      : `${who(row)} used ${used} tokens this month, and the soft limit is ${limit}; the next month begins ${inWords(resets_at)}.`,
    resets_at,
  }
}

function who({ scope, tenant_id: tenantId, scope_id: userId }: TokenLimitRow): string {
  if (scope === 'operator') return 'All users of this runtime together have'
  return scope === 'tenant' ? `The tenant ${tenantId} has` : `The user ${userId} has`
}

function inWords(at: string): string {
  return `on ${at.slice(0, 10)} at 00:00 UTC`
}
