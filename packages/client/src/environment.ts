/** What the client takes from its surroundings to keep streams alive; tests bring their own. */
export interface ClientEnvironment {
  /** Milliseconds by the wall clock: unlike the monotonic one it goes on while a laptop sleeps. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Calls `fn` once after `ms` milliseconds; returns how to call it off. */
  after(ms: number, fn: () => void): () => void
  /** Calls `fn` whenever the network or the tab may have come back; returns how to stop that. */
  onWake(fn: () => void): () => void
}

interface Listenable {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

const surroundings = globalThis as { document?: Listenable & { visibilityState?: string } } & Partial<Listenable>

/** Real timers; in a browser, `online` and the tab becoming visible count as waking up. */
export const defaultEnvironment: ClientEnvironment = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
  onWake(fn) {
    const { document } = surroundings
    const visible = () => {
      if (document?.visibilityState === 'visible') fn()
    }
    surroundings.addEventListener?.('online', fn)
    document?.addEventListener('visibilitychange', visible)
    return () => {
      surroundings.removeEventListener?.('online', fn)
      document?.removeEventListener('visibilitychange', visible)
    }
  },
}
