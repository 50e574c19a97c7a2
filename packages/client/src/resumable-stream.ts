import { backoffMs } from './backoff.ts'
import type { ClientEnvironment } from './environment.ts'
import { errorFromResponse, retryAfterMs } from './error-from-response.ts'
import type { ResumeSettings } from './resume.ts'
import { type SseFrame, SseParser } from './sse.ts'
import { Wait } from './wait.ts'

/** A connection that lasted this long was a working one, whether or not there was anything to say. */
const STEADY_MS = 5_000

/** What has been delivered of a stream, whatever number of connections it took, and where to go on. */
export interface StreamCursor<T> {
  /** Number of the last item delivered; grows with every step forward. */
  readonly lastSeq: number
  /** Whether a broken stream can go on without losing or repeating anything. */
  readonly resumable: boolean
  /** Whether asking for everything again loses and repeats nothing. */
  readonly mayStartOver: boolean
  connected(): void
  /** The item in a frame; undefined when the frame holds none, or one that was delivered before. */
  accept(frame: SseFrame): T | undefined
  /** Whether there is nothing more to come, after so many connections in a row that closed at once with nothing new. Throws where that cannot be. */
  isOver(emptyEnds: number): boolean
}

export interface ResumableStreamSpec<T> {
  cursor: StreamCursor<T>
  /** A later request for what comes after the cursor; answers of any status come back. */
  reopen: (signal: AbortSignal) => Promise<Response>
  environment: ClientEnvironment
  resume: ResumeSettings
  signal?: AbortSignal
}

/** The items of an event stream, over as many connections as it takes after the first. */
export class ResumableStream<T> {
  readonly #spec: ResumableStreamSpec<T>
  readonly #wait = new Wait()
  readonly #cleanups: Array<() => void> = []
  #reader: ReadableStreamDefaultReader<Uint8Array>
  #connecting: AbortController | undefined
  #isOpening = false
  #cutSleepShort: (() => void) | undefined
  #quietSince: number
  #attempt = 0

  constructor(spec: ResumableStreamSpec<T>, res: Response) {
    if (!res.body) throw new Error('the answer has no body')
    this.#spec = spec
    this.#reader = res.body.getReader()
    this.#quietSince = spec.environment.now()
    const { signal } = spec
    if (signal) {
      const abort = () => {
        this.#connecting?.abort(signal.reason)
        this.#wait.interrupt(signal.reason)
      }
      signal.addEventListener('abort', abort)
      this.#cleanups.push(() => signal.removeEventListener('abort', abort))
    }
    if (spec.resume.maxAttempts > 0) this.#cleanups.push(spec.environment.onWake((cut) => this.#wake(cut)))
  }

  async *events(): AsyncGenerator<T, void, undefined> {
    const { signal, environment, cursor } = this.#spec
    let emptyEnds = 0
    for (let reattached = false; ; reattached = true) {
      const connectedAt = environment.now()
      const seqBefore = cursor.lastSeq
      let failure: unknown
      try {
        yield* this.#connection()
      } catch (err) {
        failure = err
      }
      signal?.throwIfAborted()
      this.#cancelBody()
      const goesOn = this.#resumable || (failure !== undefined && this.#mayStartOver)
      if (!goesOn || nameOf(failure) === 'AbortError') {
        if (failure !== undefined) throw failure
        return
      }
      const progress = cursor.lastSeq > seqBefore
      const steady = environment.now() - connectedAt >= STEADY_MS
      if (progress || steady) this.#attempt = 0
      emptyEnds = reattached && failure === undefined && !progress && !steady ? emptyEnds + 1 : 0
      if (cursor.isOver(emptyEnds)) return

      this.#spec.resume.onStatus('reconnecting')
      await this.#reconnect(failure)
    }
  }

  close(): void {
    for (const cleanup of this.#cleanups) cleanup()
    this.#cancelBody()
    this.#spec.resume.onStatus('ended')
  }

  get #mayStartOver(): boolean {
    return this.#spec.resume.maxAttempts > 0 && this.#spec.cursor.mayStartOver
  }

  get #resumable(): boolean {
    return this.#spec.resume.maxAttempts > 0 && this.#spec.cursor.resumable
  }

  async *#connection(): AsyncGenerator<T, void, undefined> {
    const parser = new SseParser()
    this.#spec.cursor.connected()
    this.#spec.resume.onStatus('live')
    for (;;) {
      const bytes = await this.#read()
      yield* this.#accept(bytes ? parser.push(bytes) : this.#lastFrame(parser))
      if (!bytes) return
    }
  }

  *#accept(frames: SseFrame[]): Generator<T, void, undefined> {
    for (const frame of frames) {
      const event = this.#spec.cursor.accept(frame)
      if (!event) continue
      this.#spec.signal?.throwIfAborted()
      yield event
    }
  }

  /** An unfinished frame whose number may still have been to come is left to the next connection. */
  #lastFrame(parser: SseParser): SseFrame[] {
    const frames = parser.end()
    return this.#resumable ? frames.filter((frame) => frame.id !== '') : frames
  }

  async #read(): Promise<Uint8Array | undefined> {
    const { environment, resume, signal } = this.#spec
    signal?.throwIfAborted()
    const unwatch = this.#resumable ? environment.after(resume.idleTimeoutMs, () => this.#drop()) : () => {}
    try {
      const { value } = await this.#wait.for(this.#reader.read())
      this.#quietSince = environment.now()
      return value
    } finally {
      unwatch()
    }
  }

  async #reconnect(cause: unknown): Promise<void> {
    const { environment, resume } = this.#spec
    let failure = cause
    let atLeastMs = 0
    for (;;) {
      if (this.#attempt >= resume.maxAttempts) throw failure ?? new Error('the stream ended before its time')
      await this.#sleep(Math.max(atLeastMs, backoffMs(this.#attempt, environment.random())))
      this.#attempt++
      this.#quietSince = environment.now()
      try {
        const res = await this.#reopen()
        if (res.ok && res.body && !isPage(res)) {
          this.#reader = res.body.getReader()
          return
        }
        failure = res.ok ? new Error('the answer is not an event stream') : await errorFromResponse(res)
        if (res.status >= 400 && res.status < 500 && res.status !== 408 && res.status !== 429) break
        if (res.ok) void res.body?.cancel().catch(() => {})
        atLeastMs = Math.min(retryAfterMs(res) ?? 0, 60_000)
      } catch (err) {
        this.#spec.signal?.throwIfAborted()
        failure = err
        atLeastMs = 0
      }
    }
    throw failure
  }

  async #reopen(): Promise<Response> {
    const { environment, resume } = this.#spec
    const connecting = new AbortController()
    this.#connecting = connecting
    this.#isOpening = true
    const giveUp = environment.after(resume.idleTimeoutMs, () => this.#drop())
    const answer = this.#spec.reopen(connecting.signal)
    try {
      return await this.#wait.for(answer)
    } catch (err) {
      // A `fetch` that does not listen to its signal may still answer.
      answer.then((late) => late.body?.cancel()).catch(() => {})
      throw err
    } finally {
      this.#isOpening = false
      giveUp()
    }
  }

  async #sleep(ms: number): Promise<void> {
    this.#spec.signal?.throwIfAborted()
    if (ms === 0) return
    let stop = () => {}
    const slept = new Promise<void>((resolve) => {
      stop = this.#spec.environment.after(ms, resolve)
      this.#cutSleepShort = resolve
    })
    try {
      await this.#wait.for(slept)
    } finally {
      stop()
      this.#cutSleepShort = undefined
    }
  }

  /** Timers stood still and sockets may have died unnoticed: try now what was put off, and distrust long silence. */
  #wake(cut = false): void {
    const { environment, resume } = this.#spec
    const silent = environment.now() - this.#quietSince >= resume.idleTimeoutMs / 2
    const dead = this.#resumable && (silent || (cut && !this.#isOpening))
    if (!this.#cutSleepShort && !dead) return
    this.#attempt = 0
    if (this.#cutSleepShort) this.#cutSleepShort()
    else this.#drop()
  }

  /** Gives the connection up, open or opening; whoever waits for it goes on to the next. */
  #drop(): void {
    this.#wait.interrupt(new Error('the stream fell silent'))
    this.#connecting?.abort()
  }

  #cancelBody(): void {
    void this.#reader.cancel().catch(() => {})
  }
}

/** A sign-in page or an app's index in place of the stream, as proxies and captive portals send. */
function isPage(res: Response): boolean {
  return res.headers.get('Content-Type')?.startsWith('text/html') ?? false
}

export function nameOf(err: unknown): string {
  return (err as { name?: string } | undefined)?.name || 'error'
}
