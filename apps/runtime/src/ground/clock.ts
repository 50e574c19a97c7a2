import { inTurn } from './in-turn.ts'

/** Time, as the rest of the code gets it; tests pass one they can turn by hand. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number
  /** Calls back once, after 24 days at the latest; the returned function takes it back. */
  after(ms: number, callback: () => void): () => void
}

/** The wire has some times in nanoseconds. */
export const nanosPerMilli = 1_000_000

/** `setTimeout` fires at once for anything longer. */
export const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let isWanted = true
    const timer = setTimeout(inTurn, Math.min(ms, longestTimerMs), () => {
      if (isWanted) callback()
    })
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  },
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => {
      cancel()
      reject(signal.reason)
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
