/** Frames that were made lately, so that one is made once, however many follow the same log. */
export class SharedFrames {
  readonly #most: number
  readonly #frames = new Map<string, string>()

  constructor(most = 256) {
    this.#most = most
  }

  get(log: string, seq: number, make: () => string): string {
    const key = `${seq} ${log}`
    const known = this.#frames.get(key)
    if (known !== undefined) return known
    const frame = make()
    this.#frames.set(key, frame)
    const [oldest] = this.#frames.keys()
    if (this.#frames.size > this.#most && oldest !== undefined) this.#frames.delete(oldest)
    return frame
  }
}

const framesOfFeeds = new WeakMap<object, SharedFrames>()

/** Those of one feed. */
export function framesOf(feed: object): SharedFrames {
  let frames = framesOfFeeds.get(feed)
  if (!frames) framesOfFeeds.set(feed, (frames = new SharedFrames()))
  return frames
}
