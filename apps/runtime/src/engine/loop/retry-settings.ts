import { MAX_ATTEMPTS, type RetrySettings, USUAL_ATTEMPTS } from '../../models/providers/retries.ts'
import type { WorkingRun } from './working-run.ts'

/** How patient a run is with its model's service; an agent may want no second try at all. */
export function retrySettings({ agent, deps }: WorkingRun): RetrySettings {
  const { clock, config } = deps
  if (agent.retryAttempts === 0) return { clock, patienceMs: 0, attempts: 0, throttledMs: 0 }
  const attempts = Math.min(agent.retryAttempts ?? USUAL_ATTEMPTS, MAX_ATTEMPTS)
  return { clock, patienceMs: config.timings.providerPatience, attempts }
}
