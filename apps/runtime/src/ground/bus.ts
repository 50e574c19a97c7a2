type Wake = (news: unknown) => void

/**
 * Tells those who follow a topic that there is something new. What it is stands in rows; whoever announces it may pass
 * it on besides, so that nobody here has to read it. From another process on the same store comes a hint: the topic alone.
 */
export class Bus {
  readonly #followers = new Map<string, Set<Wake>>()
  readonly #relays = new Set<(topic: string) => void>()

  /** `news` is undefined where somebody else has it: it is to be read. */
  follow<T = never>(topic: string, wake: (news: T | undefined) => void): () => void {
    let set = this.#followers.get(topic)
    if (!set) this.#followers.set(topic, (set = new Set()))
    set.add(wake as Wake)
    return () => {
      set.delete(wake as Wake)
      if (set.size === 0 && this.#followers.get(topic) === set) this.#followers.delete(topic)
    }
  }

  followersOf(topic: string): number {
    return this.#followers.get(topic)?.size ?? 0
  }

  /** To be called once it is on disk. */
  announce(topic: string, news?: unknown) {
    this.#wake(topic, news)
    for (const relay of this.#relays) relay(topic)
  }

  /** Whatever is followed under a name. */
  announceAll(prefix: string) {
    for (const topic of [...this.#followers.keys()]) if (topic.startsWith(prefix)) this.announce(topic)
  }

  /** Another process has announced it. */
  hint(topic: string) {
    this.#wake(topic, undefined)
  }

  /** Another process may have announced anything: whoever follows something looks. */
  hintAll() {
    for (const topic of [...this.#followers.keys()]) this.#wake(topic, undefined)
  }

  /** Hears every topic that is announced here, to hint at it elsewhere. */
  relay(to: (topic: string) => void): () => void {
    this.#relays.add(to)
    return () => this.#relays.delete(to)
  }

  #wake(topic: string, news: unknown) {
    for (const wake of this.#followers.get(topic) ?? []) wake(news)
  }
}
