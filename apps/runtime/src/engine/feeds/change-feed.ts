/** Tells whoever follows a log of changes that it has grown; what was done they read from the log. */
export class ChangeFeed {
  readonly #followers = new Map<string, Set<() => void>>()

  follow(log: string, wake: () => void): () => void {
    let set = this.#followers.get(log)
    if (!set) this.#followers.set(log, (set = new Set()))
    set.add(wake)
    return () => {
      set.delete(wake)
      if (set.size === 0 && this.#followers.get(log) === set) this.#followers.delete(log)
    }
  }

  announce(log: string) {
    for (const wake of this.#followers.get(log) ?? []) wake()
  }

  announceAll() {
    for (const log of this.#followers.keys()) this.announce(log)
  }
}
