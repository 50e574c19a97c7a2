import { StoreError } from '../../store-error.ts'

type Listener = (error: StoreError | undefined) => void

/** Whether the store is in service, as every connection to it finds; whoever has to tell others follows it. */
export class StoreHealth {
  readonly #listeners = new Set<Listener>()
  /** The files are not there any more, or not ours. */
  #lost: StoreError | undefined
  #failure: StoreError | undefined
  #failedLately = false

  get error(): StoreError | undefined {
    return this.#lost ?? this.#failure
  }

  /** Called at once where it is out of service, and whenever that begins or ends. */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.error) listener(this.error)
    return () => this.#listeners.delete(listener)
  }

  /** What is not there any more still answers, from files that nobody will see again. */
  requireOurs() {
    if (this.#lost) throw this.#lost
  }

  lost(error: StoreError | undefined) {
    this.#change(() => {
      this.#lost = error
    })
  }

  failed(error: unknown) {
    if (!(error instanceof StoreError)) return
    this.#failedLately = true
    const isWorse = error.isDamage && !this.#failure?.isDamage
    if (this.#failure && !isWorse) return
    this.#change(() => {
      this.#failure = error
    })
  }

  /**
   * A write has succeeded. It ends an outage once nothing has failed since the last one: where some writes still fit on
   * a full disk and others do not, it is not over. Damage does not mend itself.
   */
  proved() {
    const isOver = !this.#failedLately && !this.#failure?.isDamage
    this.#failedLately = false
    if (!this.#failure || !isOver) return
    this.#change(() => {
      this.#failure = undefined
    })
  }

  #change(change: () => void) {
    const before = this.error
    change()
    if (before?.trouble === this.error?.trouble) return
    for (const listener of this.#listeners) listener(this.error)
  }
}
