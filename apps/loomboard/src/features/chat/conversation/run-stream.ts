import type { AgentEvent } from '@loomcycle/client'
import { picturesOf } from '../model/typed.ts'
import { isBusy, isLive, type LoggedEvent } from '../model/types.ts'
import { missingPictures, withPictures } from '../model/view/inputs.ts'
import { readerPart } from '../model/view/reader-part.ts'
import { retryDelay, type Shared } from './state.ts'

export interface StreamNeighbours {
  /** Joins the latest run where it is by now. */
  open(): Promise<void>
  /** The turn is over, or the run is. */
  onSettled(): void
  onEnded(): void
}

/** What a stream that breaks off may mean to a message: whether that was taken; undefined where it means nothing to it. */
export type OnBreak = (error: unknown) => boolean | Promise<boolean> | undefined

/** The stream that continues a conversation's log: one at a time, taken in once a frame. */
export class RunStream {
  private readonly shared: Shared
  private readonly neighbours: StreamNeighbours
  private open: AbortController | undefined
  private queue: LoggedEvent[] = []
  private cancelFlush: (() => void) | undefined
  private leaveWhenKnown = false
  private readonly fetching = new Set<number>()

  constructor(shared: Shared, neighbours: StreamNeighbours) {
    this.shared = shared
    this.neighbours = neighbours
  }

  get isOpen(): boolean {
    return this.open !== undefined
  }

  /** A run that is just starting is let start. */
  letGo(): void {
    if (this.shared.view.run.phase === 'starting') {
      this.leaveWhenKnown = true
      return
    }
    this.open?.abort()
    this.open = undefined
    this.flush()
  }

  /** Somebody wants it after all. */
  stay(): void {
    this.leaveWhenKnown = false
  }

  /** Follows the latest run from where the view ends. */
  attach(): void {
    const { env, view } = this.shared
    const abort = new AbortController()
    const session = env.client.attachInteractiveSession(view.run.runId, {
      fromSeq: view.lastSeq,
      signal: abort.signal,
      resume: { onStatus: env.watchStream() },
    })
    void this.follow(session.events(), abort)
  }

  /** Takes a stream's events in to its end. Resolves early, once the run is known to exist. */
  follow(events: AsyncIterable<AgentEvent>, abort: AbortController, onBreak?: OnBreak): Promise<boolean> {
    this.open = abort
    const { promise, resolve } = Promise.withResolvers<boolean>()
    void this.pump(events, abort, () => resolve(true)).then(
      () => resolve(true),
      (error) => {
        if (this.open === abort) this.open = undefined
        this.flush()
        if (abort.signal.aborted) return resolve(true)
        const taken = onBreak?.(error)
        if (taken !== undefined) return resolve(taken)
        this.shared.env.noteError(error)
        this.shared.env.after(retryDelay, () => void this.neighbours.open())
        resolve(true)
      },
    )
    return promise
  }

  private async pump(events: AsyncIterable<AgentEvent>, abort: AbortController, onKnown: () => void): Promise<void> {
    const { env } = this.shared
    // Beside the request, which does not wait for it.
    const reader = readerPart.load()
    for await (const event of events) {
      await reader
      if (abort.signal.aborted) return
      this.queue.push({ seq: event.seq, at: env.now(), event: event as LoggedEvent['event'] })
      if (event.type === 'agent') {
        this.flush()
        this.learnSession(event)
        onKnown()
      } else {
        this.cancelFlush ??= env.schedule(() => this.flush())
      }
    }
    if (abort.signal.aborted) return
    this.open = undefined
    this.flush()
    env.onChange()
    // The stream ended without saying how: the run's row knows.
    if (isLive(this.shared.view.run)) await this.neighbours.open()
  }

  private learnSession(event: AgentEvent): void {
    const { shared } = this
    const isNew = shared.sessionId === undefined
    shared.sessionId ??= event.session_id
    const { view, agent } = shared.state.get()
    shared.change({ view: { ...view, run: { ...view.run, agent, interactive: true } } })
    if (isNew) shared.env.onChange()
    if (!this.leaveWhenKnown) return
    shared.watched = false
    this.letGo()
  }

  private flush(): void {
    this.cancelFlush?.()
    this.cancelFlush = undefined
    const reader = readerPart.loaded()
    if (this.queue.length === 0 || !reader) return
    const { shared } = this
    const batch = this.queue
    this.queue = []
    const before = shared.view.run.phase
    const view = reader.applyEvents(shared.view, batch)
    const stopped = !isBusy(view.run) || batch.some(({ event }) => event.type === 'turn_cancelled')
    shared.change({ view, ...(stopped ? { stopping: false } : {}) })
    const moved = view.run.phase !== before
    if (moved && (!isBusy(view.run) || before !== 'starting')) shared.env.onChange()
    if (moved && !isBusy(view.run)) this.neighbours.onSettled()
    this.fetchPictures()
    if (moved && view.run.phase === 'ended') this.neighbours.onEnded()
  }

  /** What another tab sent came without its pictures. */
  private fetchPictures(): void {
    const { shared } = this
    const { env, sessionId } = shared
    if (!sessionId) return
    for (const seq of missingPictures(shared.view)) {
      if (this.fetching.has(seq)) continue
      this.fetching.add(seq)
      env.client
        .getTranscript(sessionId, { limit: 1, beforeSeq: seq + 1 })
        .then(({ events }) => shared.change({ view: withPictures(shared.view, seq, picturesOf(events[0]?.payload)) }))
        .catch((error) => {
          this.fetching.delete(seq)
          env.noteError(error)
        })
    }
  }
}
