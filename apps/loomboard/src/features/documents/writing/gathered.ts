/** What is typed is written down this often, and once more when the page is left. */
const gatheredFor = 300

/** Writes down the first of many changes at once, and of those that follow soon after the last. */
export class Gathered<Value> {
  private readonly after: (ms: number, run: () => void) => () => void
  private readonly write: (name: string, value: Value) => void
  /** By name, what is not written down yet; undefined where nothing has come since. */
  private readonly waiting = new Map<string, { value: Value } | undefined>()

  constructor(after: (ms: number, run: () => void) => () => void, write: (name: string, value: Value) => void) {
    this.after = after
    this.write = write
  }

  soon(name: string, value: Value): void {
    if (this.waiting.has(name)) this.waiting.set(name, { value })
    else this.writeAndWait(name, value)
  }

  now(name: string, value: Value): void {
    if (this.waiting.has(name)) this.waiting.set(name, undefined)
    this.write(name, value)
  }

  /** All that waits. */
  flush(): void {
    for (const [name, left] of this.waiting) if (left) this.now(name, left.value)
  }

  private writeAndWait(name: string, value: Value): void {
    this.waiting.set(name, undefined)
    this.write(name, value)
    this.after(gatheredFor, () => {
      const left = this.waiting.get(name)
      if (left) this.writeAndWait(name, left.value)
      else this.waiting.delete(name)
    })
  }
}
