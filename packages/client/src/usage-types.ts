import type { CallOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** What usage can be told apart by. */
export type UsageDimension = wire.UsageReport['group_by'][number]

/** What calls of a model took together; which members name them depends on what was asked for. */
export type UsageAggregate = wire.UsageAggregate

/** Body of `GET /v1/_usage`. */
export type UsageReportResponse = wire.UsageReport

/** Which usage, and how it is told apart. */
export interface UsageReportOptions extends CallOptions {
  /** One row for everything without it. */
  groupBy?: UsageDimension[]
  /** The first day that counts, as `2026-11-01`, or a time of it; days are those of UTC. */
  from?: string
  /** The last day that counts; of a time its day, of midnight the one that ends then. */
  to?: string
  /** Another tenant; for the operator. */
  tenant?: string
  userId?: string
  agent?: string
  sessionId?: string
  runId?: string
  /** Only of runs about cards of this document. */
  documentId?: string
  /** Only of runs about this card of the document. */
  chunkId?: string
  /** Rows at most. */
  limit?: number
}

/** Whose tokens are limited: those of the whole runtime, of a tenant, or of a user. */
export type LimitScope = wire.TokenLimit['scope']

/** What may be used in a calendar month, and what is used of it. */
export type TokenLimit = wire.TokenLimit

/** Body of `GET /v1/_limits`. */
export interface TokenLimitsResponse {
  limits: TokenLimit[]
}

/** A limit as it is to be; one that is left out is none. */
export type SetTokenLimitRequest = wire.SetTokenLimitBody

/** Whose limit. */
export interface LimitOptions extends CallOptions {
  /** The user. */
  scopeId?: string
  /** Another tenant; for the operator. */
  tenant?: string
}
