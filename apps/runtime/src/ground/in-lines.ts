/** What has the same key is done one after another, in the order it was asked for. */
export class InLines {
  readonly #lines = new Map<string, Promise<void>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(key)
    const done = before ? before.then(work) : work()
    const line = done.then(
      () => {},
      () => {},
    )
    this.#lines.set(key, line)
    try {
      return await done
    } finally {
      if (this.#lines.get(key) === line) this.#lines.delete(key)
    }
  }
}
