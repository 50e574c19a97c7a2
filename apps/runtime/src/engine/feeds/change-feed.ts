import { Bus } from '../../ground/bus.ts'

/** Tells whoever follows a log of changes that it has grown; what was done they read from the log. */
export class ChangeFeed {
  readonly #bus: Bus
  readonly #of: string

  /** `of`: what changes. */
  constructor(bus = new Bus(), of = 'changes') {
    this.#bus = bus
    this.#of = of
  }

  follow(log: string, wake: () => void): () => void {
    return this.#bus.follow(this.#topic(log), wake)
  }

  announce(log: string) {
    this.#bus.announce(this.#topic(log))
  }

  announceAll() {
    this.#bus.announceAll(this.#topic(''))
  }

  #topic(log: string) {
    return `${this.#of}/${log}`
  }
}
