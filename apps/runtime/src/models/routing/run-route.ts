import type { ModelChoice, UserTier } from '../../ground/config/config.ts'

/**
 * What a run may run on, as that was when it began; kept with it, so that what is configured later is for later runs.
 */
export interface RunRoute {
  /** The models of its tier, in the order they are tried; its model, where it has one by name. */
  cascade: readonly ModelChoice[]
  userTier?: string
  /** So often may it go on with another of them, until somebody says something. */
  maxFallbacks?: number
  /** For an agent that does not say itself. */
  retryAttempts?: number
  cooldownMs?: number
  /** What it goes on with, since what it had before failed. */
  now?: ModelChoice
  /** How often it has since somebody last said something. */
  fallbacks?: number
}

export function routeFor(cascade: readonly ModelChoice[], user: UserTier | undefined): RunRoute {
  return {
    cascade,
    ...(user && { userTier: user.name }),
    ...(user?.fallbackOnError && user.maxFallbackAttempts > 0 && { maxFallbacks: user.maxFallbackAttempts }),
    ...(user?.retryAttempts !== undefined && { retryAttempts: user.retryAttempts }),
    ...(user?.rateLimitCooldownMs !== undefined && { cooldownMs: user.rateLimitCooldownMs }),
  }
}

/** Somebody has said something: the run stays with what it has, and may fall back as often again. */
export function begunAnew(route: RunRoute | null): RunRoute | undefined {
  return route?.fallbacks ? { ...route, fallbacks: 0 } : undefined
}
