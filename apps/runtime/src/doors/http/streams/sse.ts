import type { ServerResponse } from 'node:http'

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
} as const

/** Bytes that may wait in one response before the reader counts as behind. */
const maxBacklog = 256 * 1024
/** Keepalives a reader may leave unread before its socket counts as dead. */
const patience = 3

/** One for all: the usual reason takes its time to note where it was made. */
const readerGone = new Error('The reader is gone, or the stream has ended.')

/** One stream of server-sent events: knows when its reader is behind, and when it is gone. */
export class SseResponse {
  readonly #raw: ServerResponse
  readonly #closed = new AbortController()
  #stopBeats: () => void = () => {}
  #unread = 0

  constructor(raw: ServerResponse, options: { keepaliveMs: number; extraHeaders?: Record<string, string> }) {
    this.#raw = raw
    const { socket } = raw
    socket?.setNoDelay(true)
    // The headers leave together with what is written right after them.
    socket?.cork()
    process.nextTick(() => socket?.uncork())
    raw.writeHead(200, { ...options.extraHeaders, ...headers })
    raw.flushHeaders()
    raw.once('close', () => this.#onClose())
    if (raw.destroyed) this.#onClose()
    else if (options.keepaliveMs > 0) this.#stopBeats = onBeat(options.keepaliveMs, this)
  }

  /** Aborted when the reader is gone or the stream has ended. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  get isBehind(): boolean {
    return this.#raw.writableLength > maxBacklog
  }

  write(bytes: Buffer | string) {
    if (!this.closed.aborted) this.#raw.write(bytes)
  }

  /** Resolves once the reader has taken what was written, or is gone. */
  async drained(): Promise<void> {
    if (this.closed.aborted || !this.#raw.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#raw.off('drain', done)
        this.closed.removeEventListener('abort', done)
        resolve()
      }
      this.#raw.once('drain', done)
      this.closed.addEventListener('abort', done, { once: true })
    })
  }

  end() {
    if (!this.closed.aborted) this.#raw.end()
  }

  /** Ends it so that the reader comes back. */
  cut() {
    this.#raw.destroy()
  }

  /** Shows both ends that the line is alive. */
  beat() {
    // A reader that takes nothing for this long is a half-open socket; it comes back by its cursor if it lives.
    this.#unread = this.#raw.writableNeedDrain ? this.#unread + 1 : 0
    if (this.#unread >= patience) this.#raw.destroy()
    else if (this.#unread === 0) this.#raw.write(': keepalive\n\n')
  }

  #onClose() {
    this.#stopBeats()
    this.#closed.abort(readerGone)
  }
}

interface Beating {
  beat(): void
}

/** Streams with the same interval share one timer: an idle reader is to cost as little as can be. */
const beating = new Map<number, { timer: NodeJS.Timeout; streams: Set<Beating> }>()

function onBeat(everyMs: number, stream: Beating): () => void {
  let group = beating.get(everyMs)
  if (!group) {
    const streams = new Set<Beating>()
    const timer = setInterval(() => {
      for (const one of streams) one.beat()
    }, everyMs)
    beating.set(everyMs, (group = { timer, streams }))
  }
  const { timer, streams } = group
  streams.add(stream)
  return () => {
    streams.delete(stream)
    if (streams.size > 0) return
    clearInterval(timer)
    if (beating.get(everyMs)?.timer === timer) beating.delete(everyMs)
  }
}
