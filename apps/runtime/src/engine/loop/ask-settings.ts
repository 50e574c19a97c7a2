import type { Clock } from '../../ground/clock.ts'
import type { AskSettings } from '../../models/calls/ask-model.ts'
import { backoffsMs, MAX_ATTEMPTS, type RetrySettings, USUAL_ATTEMPTS } from '../../models/providers/retries.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import { hasFallback } from './fall-back.ts'
import type { WorkingRun } from './working-run.ts'

/** A model that asks for no more than this is waited for, even where another one could take over. */
export const shortWaitMs = 5_000

/**
 * How patient a run is with its model's service: as its agent says, else as its user's tier says. It may want no second
 * try at all, and where another model could take over, none is waited for long.
 */
export function askSettings(run: WorkingRun, answering: ResolvedModel): AskSettings {
  const { agent, deps, record } = run
  const { clock, config } = deps
  const usual = {
    cooldownMs: record.route?.cooldownMs,
    whose: { tenantId: record.tenantId, userId: record.userId },
    onWait: run.onWait,
  }
  const wanted = agent.retryAttempts ?? record.route?.retryAttempts
  const patience = { clock, patienceMs: config.timings.providerPatience, wanted }
  return { ...usual, ...settingsFor(patience, hasFallback(run, answering)) }
}

interface Wanted {
  clock: Clock
  /** For a service that is away. */
  patienceMs: number
  /** So often; as usual unless given. */
  wanted: number | undefined
}

export function settingsFor({ clock, patienceMs, wanted }: Wanted, hasFallback: boolean): RetrySettings {
  if (wanted === 0) return { clock, patienceMs: 0, attempts: 0, throttledMs: 0 }
  const attempts = Math.min(wanted ?? USUAL_ATTEMPTS, MAX_ATTEMPTS)
  if (!hasFallback) return { clock, patienceMs, attempts }
  return { clock, patienceMs: Math.min(patienceMs, backoffsMs(attempts)), attempts, throttledMs: shortWaitMs }
}
