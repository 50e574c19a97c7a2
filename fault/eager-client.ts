import { LoomcycleClient } from '../packages/client/src/index.ts'

const longestWaitMs = 100
/** Silence is no reason to come back here; with shortened timers it would be one all the time. */
const neverMs = 2 ** 30

/** The published client, coming back sooner than it would by itself: what it reaches is never gone for long. */
export function eagerClient(baseUrl: string): LoomcycleClient {
  return new LoomcycleClient({
    baseUrl,
    resume: { maxAttempts: 600, idleTimeoutMs: neverMs },
    environment: {
      now: () => Date.now(),
      random: () => 0,
      after(ms, fn) {
        if (ms >= neverMs) return () => {}
        const timer = setTimeout(fn, Math.min(ms, longestWaitMs))
        return () => clearTimeout(timer)
      },
      onWake: () => () => {},
    },
  })
}
