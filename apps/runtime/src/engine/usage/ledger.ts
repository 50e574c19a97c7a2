import type { Usage } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import { codeJs } from '../../ground/config/code-agents.ts'
import type { Config } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { newTokens } from '../rows/run-record.ts'
import { costOf, type PricedCall, perMicro, toAmount } from './cost.ts'
import { dayOf } from './month.ts'
import { addToDay, addToRun } from './store.ts'
import type { Spender, TokenLimits } from './token-limits.ts'

/** A model was called, and this is what it took. */
export interface ModelCall extends Spender, PricedCall {
  /** Of whoever asked; none where no agent did. */
  agent?: string
  /** That made it; none for a call from outside of runs. */
  runId?: string
}

/** What has a call counted: with the commit that tells of it, or not at all. */
export interface Booking {
  statements: Statement[]
  onCommit(): void
  /** As events tell it; none where nothing had a price. */
  cost?: Pick<Usage, 'cost' | 'cost_currency'>
}

/** Whose keys all calls are made with. */
export const credentialSource = 'operator'

/**
 * Counts every model call once, in the commit that tells of it, at the price that it has then: what prices become later
 * changes nothing of what was spent.
 */
export class Ledger {
  readonly #db: Database
  readonly #clock: Clock
  readonly #config: Pick<Config, 'pricing'>
  readonly #limits: TokenLimits

  constructor({
    db,
    clock,
    config,
    limits,
  }: {
    db: Database
    clock: Clock
    /** Asked for its prices at each call. */
    config: Pick<Config, 'pricing'>
    limits: TokenLimits
  }) {
    this.#db = db
    this.#clock = clock
    this.#config = config
    this.#limits = limits
  }

  book(call: ModelCall): Booking {
    // Code is no model.
    if (call.provider === codeJs) return { statements: [], onCommit() {} }
    const { tenantId, userId, agent = '', runId, provider, model } = call
    const { usage } = call
    const at = this.#clock.now()
    const cost = costOf(this.#config.pricing, call) ?? reportedCost(usage)
    const booked = { day: dayOf(at), provider, model, source: credentialSource, usage, cost }
    return {
      statements: [addToDay({ tenantId, userId, agent }, booked), ...(runId ? [addToRun(runId, booked)] : [])],
      onCommit: () => this.#limits.count(call, newTokens(usage), at),
      ...(cost && { cost: { cost: toAmount(cost), cost_currency: cost.currency } }),
    }
  }

  /** For a call that nothing else tells of. */
  async record(call: ModelCall): Promise<void> {
    const { statements, onCommit } = this.book(call)
    if (statements.length > 0) await this.#db.write(statements, onCommit)
  }
}

/** What its service says of a call that has no price here. */
function reportedCost({ provider_reported_cost: cost, provider_cost_currency: currency }: Usage) {
  if (cost === undefined || cost < 0 || currency === undefined) return undefined
  const picos = BigInt(Math.round(cost * 1e12))
  return { currency, micros: Number(picos / perMicro), picos: Number(picos % perMicro) }
}
