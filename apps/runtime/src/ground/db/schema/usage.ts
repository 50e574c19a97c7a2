interface UsageSums {
  input_tokens: number
  output_tokens: number
  cache_creation_tokens: number
  cache_read_tokens: number
  calls: number
  /** Whole millionths of the currency. */
  cost_micros: number
  /** What is left of each call, in millionths of those. */
  cost_picos: number
}

interface UsageKey {
  /** YYYY-MM-DD, in UTC. */
  day: string
  provider: string
  model: string
  /** Whose key paid. */
  source: string
  /** Empty for calls that had no price. */
  currency: string
}

/** What model calls took, of a day. */
export interface UsageDaysTable extends UsageKey, UsageSums {
  tenant_id: string
  user_id: string
  /** Empty for calls that no agent made. */
  agent: string
}

/** The same of those that a run made. */
export interface UsageRunsTable extends UsageKey, UsageSums {
  run_id: string
}

/** What may be used in a calendar month. */
export interface TokenLimitsTable {
  scope: 'operator' | 'tenant' | 'user'
  /** Empty for the whole runtime. */
  tenant_id: string
  /** The user; empty for a tenant and for the whole runtime. */
  scope_id: string
  soft_limit: number | null
  hard_limit: number | null
  updated_at: number
  updated_by: string
}
