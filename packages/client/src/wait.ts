/**
 * Waits for one promise at a time and can be torn out of it.
 * `Promise.race` against a long-lived promise would remember every wait until the stream ends.
 */
export class Wait {
  #reject: ((reason: unknown) => void) | undefined

  for<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject
      promise.then(resolve, reject)
    })
  }

  /** Rejects the wait in progress; does nothing when there is none. */
  interrupt(reason: unknown): void {
    this.#reject?.(reason)
  }
}
