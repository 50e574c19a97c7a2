type Wake = (news: unknown) => void

/**
 * Tells those who follow a topic that there is something new. What it is stands in rows; whoever announces it may pass
 * it on besides, so that nobody here has to read it. From another process on the same store comes a hint: the topic alone.
 */
export class Bus {
  readonly #followers = new Map<string, Set<Wake>>()
  readonly #relays = new Set<(topic: string) => void>()
  readonly #hinted = new Set<{ prefix: string; tell: (name: string) => void }>()

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

  /** What is followed under names that begin so: what comes after that. */
  followedUnder(prefix: string): string[] {
    return [...this.#followers.keys()]
      .filter((topic) => topic.startsWith(prefix))
      .map((topic) => topic.slice(prefix.length))
  }

  /** To be called once it is on disk. */
  announce(topic: string, news?: unknown) {
    this.#wake(topic, news)
    for (const relay of this.#relays) relay(topic)
  }

  /** Whatever is followed under a name. */
  announceAll(prefix: string) {
    for (const name of this.followedUnder(prefix)) this.announce(prefix + name)
  }

  /** Another process has announced it. */
  hint(topic: string) {
    this.#wake(topic, undefined)
    for (const { prefix, tell } of this.#hinted) if (topic.startsWith(prefix)) tell(topic.slice(prefix.length))
  }

  /** Others may have announced anything: hints of it were lost. */
  hintAll() {
    for (const topic of [...this.#followers.keys()]) this.#wake(topic, undefined)
  }

  /** What other processes announce under names that begin so; told what comes after that. */
  followHints(prefix: string, tell: (name: string) => void): () => void {
    const follower = { prefix, tell }
    this.#hinted.add(follower)
    return () => this.#hinted.delete(follower)
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
