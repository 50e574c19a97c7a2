import type { StreamStatus } from '@loomcycle/client'
import { createStore, type Store } from './browser/store.ts'

export type ConnectionState =
  | { kind: 'live' }
  /** The runtime answers and a stream is on its way back. */
  | { kind: 'catching-up' }
  | { kind: 'offline'; since: number }
  | { kind: 'signed-out' }

export interface ConnectionEnvironment {
  now(): number
  /** Asks whether the runtime answers. */
  probe(): Promise<unknown>
  after(ms: number, run: () => void): () => void
}

const patience = [500, 1000, 2000, 4000, 5000]

/** What the app knows about its runtime, from its streams and requests; while nothing answers it keeps asking. */
export class Connection {
  readonly state: Store<ConnectionState> = createStore<ConnectionState>({ kind: 'live' })
  private readonly env: ConnectionEnvironment
  private readonly wakeListeners = new Set<(cut: boolean) => void>()
  private readonly returnListeners = new Set<() => void>()
  private reconnecting = 0
  private attempt = 0
  private cancelProbe: (() => void) | undefined

  constructor(env: ConnectionEnvironment) {
    this.env = env
  }

  /** A watcher for one stream, to be given to it as `onStatus`. */
  streamWatcher(): (status: StreamStatus) => void {
    let counted = false
    return (status) => {
      const lost = status === 'reconnecting'
      if (lost !== counted) this.reconnecting += lost ? 1 : -1
      counted = lost
      if (lost) this.ask()
      else if (status === 'live') this.answered()
      else this.settle()
    }
  }

  /** A request reached nobody. */
  unanswered(): void {
    const { kind } = this.state.get()
    if (kind !== 'offline') this.state.set({ kind: 'offline', since: this.env.now() })
    this.ask()
  }

  answered(): void {
    const wasAway = this.state.get().kind === 'offline'
    this.attempt = 0
    this.cancelProbe?.()
    this.cancelProbe = undefined
    if (this.state.get().kind === 'signed-out') return
    this.state.set(this.reconnecting > 0 ? { kind: 'catching-up' } : { kind: 'live' })
    if (!wasAway) return
    this.wake()
    for (const listener of [...this.returnListeners]) listener()
  }

  signedOut(): void {
    this.state.set({ kind: 'signed-out' })
  }

  signedIn(): void {
    this.state.set({ kind: 'live' })
    for (const listener of [...this.returnListeners]) listener()
  }

  /** Streams that wait for their next attempt try now; `cut`: those that are open do not trust their connection. */
  wake(cut = false): void {
    for (const listener of [...this.wakeListeners]) listener(cut)
  }

  onWake(listener: (cut: boolean) => void): () => void {
    this.wakeListeners.add(listener)
    return () => this.wakeListeners.delete(listener)
  }

  /** Called when the runtime is back, or somebody has signed in: what was read before may be old. */
  onReturn(listener: () => void): () => void {
    this.returnListeners.add(listener)
    return () => this.returnListeners.delete(listener)
  }

  private settle(): void {
    if (this.state.get().kind === 'catching-up' && this.reconnecting === 0) this.state.set({ kind: 'live' })
  }

  private ask(): void {
    if (this.cancelProbe) return
    let current = true
    const wait = patience[Math.min(this.attempt++, patience.length - 1)]!
    const cancelTimer = this.env.after(this.attempt === 1 ? 0 : wait, () => {
      this.env.probe().then(
        () => current && this.answered(),
        () => {
          if (!current) return
          this.cancelProbe = undefined
          this.unanswered()
        },
      )
    })
    this.cancelProbe = () => {
      current = false
      cancelTimer()
    }
  }
}
