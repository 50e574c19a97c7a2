import type { Clock } from '../../../ground/clock.ts'

/** Time stands still; a timer goes off when the test says so. */
export interface TestClock extends Clock {
  /** Waits until a timer of so many milliseconds is running, and lets it go off. */
  fire(ms: number): Promise<void>
  /** Resolves once a timer of so many milliseconds is running. */
  armed(ms: number): Promise<void>
  /** Resolves once none is. */
  disarmed(ms: number): Promise<void>
  running(): number
  /** Resolves when no timer is running. */
  idle(): Promise<void>
}

export function createTestClock(start = 0): TestClock {
  let now = start
  const timers = new Set<{ ms: number; callback: () => void }>()
  let changed = Promise.withResolvers<void>()
  const tell = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const find = (ms: number) => [...timers].find((timer) => timer.ms === ms)
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { ms, callback }
      timers.add(timer)
      tell()
      return () => {
        timers.delete(timer)
        tell()
      }
    },
    async fire(ms) {
      for (;;) {
        const found = find(ms)
        if (found !== undefined) {
          now += ms
          timers.delete(found)
          tell()
          return found.callback()
        }
        await changed.promise
      }
    },
    async armed(ms) {
      while (!find(ms)) await changed.promise
    },
    async disarmed(ms) {
      while (find(ms)) await changed.promise
    },
    running: () => timers.size,
    async idle() {
      while (timers.size > 0) await changed.promise
    },
  }
}
