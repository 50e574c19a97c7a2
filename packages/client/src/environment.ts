/** What the client takes from its surroundings to keep streams alive; tests bring their own. */
export interface ClientEnvironment {
  /** Milliseconds by the wall clock: unlike the monotonic one it goes on while a laptop sleeps. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  /** Calls `fn` once after `ms` milliseconds; returns how to call it off. */
  after(ms: number, fn: () => void): () => void
  /**
   * Calls `fn` whenever the network or the tab may have come back; `cut` where connections from before are not to be
   * trusted: another network, or a page that was frozen. Returns how to stop that.
   */
  onWake(fn: (cut?: boolean) => void): () => void
}

interface Listenable {
  addEventListener(type: string, listener: (event: { persisted?: boolean }) => void): void
  removeEventListener(type: string, listener: (event: { persisted?: boolean }) => void): void
}

const surroundings = globalThis as { document?: Listenable & { visibilityState?: string } } & Partial<Listenable>

/** Real timers; in a browser the network, the tab and the page coming back count as waking up. */
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
    const cut = () => fn(true)
    const shown = ({ persisted }: { persisted?: boolean }) => {
      if (persisted) fn(true)
    }
    surroundings.addEventListener?.('online', cut)
    surroundings.addEventListener?.('pageshow', shown)
    document?.addEventListener('visibilitychange', visible)
    document?.addEventListener('resume', cut)
    return () => {
      surroundings.removeEventListener?.('online', cut)
      surroundings.removeEventListener?.('pageshow', shown)
      document?.removeEventListener('visibilitychange', visible)
      document?.removeEventListener('resume', cut)
    }
  },
}
