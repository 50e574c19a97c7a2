import {
  type AgentEvent,
  BackpressureError,
  type BranchPoint,
  type CompactRunResult,
  type LoomcycleClient,
  NotFoundError,
  type PromptSegment,
  SessionBusyError,
  type StreamStatus,
  type TranscriptEvent,
} from '@loomcycle/client'
import type { Copy } from '../../lib/copies.ts'
import { describeError, isNetworkError } from '../../lib/describe-error.ts'
import { createStore, type Store } from '../../lib/store.ts'
import type { Attachment } from './attachments/attachment.ts'
import { endRun, prependEarlier, withLatestRun } from './model/attach.ts'
import { type ChatCopy, fromCopy, toCopy } from './model/chat-copy.ts'
import {
  addPending,
  dropPending,
  markQueued,
  markSending,
  missingPictures,
  withPictures,
  withQueued,
  writtenIn,
  writtenOf,
} from './model/inputs.ts'
import { applyEvents } from './model/run-view.ts'
import { type Picture, picturesOf } from './model/typed.ts'
import { emptyView, isBusy, isLive, type LoggedEvent, type RunView, type Written } from './model/types.ts'

export interface ConversationEnvironment {
  client: LoomcycleClient
  now(): number
  /** Runs soon, at most once a frame; returns how to call it off. */
  schedule(run: () => void): () => void
  after(ms: number, run: () => void): () => void
  newId(): string
  watchStream(): (status: StreamStatus) => void
  /** Whatever failed, for those who watch the connection. */
  noteError(error: unknown): void
  /** The list of conversations has changed. */
  onChange(): void
  /** Keeps what can be read when the runtime does not answer, and finds it again. */
  keepCopy(sessionId: string, copy: ChatCopy): void
  findCopy(sessionId: string): Promise<Copy<ChatCopy> | undefined>
  /** Under which key this tab takes back what runs of a session did not read; kept until the composer has it. */
  claims: { read(sessionId: string): string | undefined; write(sessionId: string, key: string | undefined): void }
}

/** A message that nobody has read: it belongs back in the composer, with the reason. */
export interface ReturnedMessage extends Written {
  reason: string
  /** It may have arrived all the same: the request got no answer. */
  unsure: boolean
}

/** What goes along with a message's text. */
export interface Along {
  /** What somebody typed, where the text says more. */
  typed: string
  segments: PromptSegment[]
  pictures: readonly Picture[]
  attachments: readonly Attachment[]
}

export interface ConversationState {
  status: 'new' | 'loading' | 'ready' | 'failed'
  error?: unknown
  view: RunView
  agent: string
  title: string
  hasEarlier: boolean
  loadingEarlier: boolean
  /** The turn was told to stop and has not yet. */
  stopping: boolean
  /** What is shown was kept here at that time; the runtime does not answer. */
  copyFrom?: number
  compacting: boolean
  /** Where this one left the conversation it is a branch of. */
  branchedFrom?: BranchPoint
  returned?: ReturnedMessage
}

interface Message {
  /** Its local id. */
  pending: string
  text: string
  along?: Along | undefined
}

const firstPage = 500
const earlierPage = 1000
const backPage = 5000
const retryDelay = 2_000
/** How long other tabs leave a message to the one that sent it. */
const senderFirst = 1_500

/** One conversation: its log, the stream that continues it, and everything a person can do to it. */
export class Conversation {
  /** Stays the same when a new conversation learns its session's id. */
  readonly key: string
  readonly state: Store<ConversationState>
  sessionId: string | undefined
  private readonly env: ConversationEnvironment
  private queue: LoggedEvent[] = []
  private cancelFlush: (() => void) | undefined
  private stream: AbortController | undefined
  private loading: Promise<void> | undefined
  private loadingEarlier: Promise<boolean> | undefined
  private leaveWhenKnown = false
  private lastFailed: { said: string; key: string } | undefined
  private watched = false
  private endedHere = false
  /** What is on its way to the composer was taken back from the runtime. */
  private claimed = false
  private takingBack: Promise<void> | undefined
  private readonly fetching = new Set<number>()

  constructor(env: ConversationEnvironment, sessionId?: string) {
    this.env = env
    this.sessionId = sessionId
    this.key = env.newId()
    this.state = createStore<ConversationState>({
      status: sessionId ? 'loading' : 'new',
      view: emptyView,
      agent: '',
      title: '',
      hasEarlier: false,
      loadingEarlier: false,
      stopping: false,
      compacting: false,
    })
  }

  get view(): RunView {
    return this.state.get().view
  }

  /** Whether events of the latest run are on their way here. */
  get attached(): boolean {
    return this.stream !== undefined
  }

  /** Reads what is new in the log, then follows the latest run while it lives. Safe to call at any time. */
  open(): Promise<void> {
    this.leaveWhenKnown = false
    this.watched = true
    if (!this.sessionId || this.stream) return Promise.resolve()
    this.loading ??= this.load(this.sessionId).finally(() => {
      this.loading = undefined
    })
    return this.loading
  }

  /** Reads what is new in the log, and follows nothing. */
  look(): Promise<void> {
    if (!this.sessionId || this.stream) return Promise.resolve()
    this.loading ??= this.load(this.sessionId, false).finally(() => {
      this.loading = undefined
    })
    return this.loading
  }

  /** Lets the stream go; `open()` picks it up exactly where it was. A run that is just starting is let start. */
  detach(): void {
    this.watched = false
    this.letGo()
  }

  private letGo(): void {
    if (this.view.run.phase === 'starting') {
      this.leaveWhenKnown = true
      return
    }
    this.stream?.abort()
    this.stream = undefined
    this.flush()
  }

  /** The agent may be one that is not known yet: the message is shown as waiting until it is. */
  async start(agent: string | Promise<string>, text: string, along?: Along): Promise<boolean> {
    this.change({ status: 'ready' })
    const pending = this.echo(
      text,
      true,
      along,
      typeof agent === 'string' ? undefined : 'Waiting for the list of agents',
    )
    const accepted = await this.begin(agent, { pending, text, along })
    if (!accepted) this.change({ status: 'new' })
    return accepted
  }

  private async begin(chosen: string | Promise<string>, message: Message): Promise<boolean> {
    let agent: string
    try {
      agent = await chosen
    } catch (error) {
      return this.refuse(message, error)
    }
    const { pending, text, along } = message
    this.change({ agent, view: markSending(this.view, pending) })
    const abort = new AbortController()
    const session = this.env.client.interactiveSession({
      agent,
      segments: along?.segments ?? userSegments(text),
      signal: abort.signal,
      resume: { onStatus: this.env.watchStream() },
    })
    return this.follow(session.events(), abort, message)
  }

  /** Routes by itself: a live run is told, an ended one is continued. False when the text came back. */
  async send(text: string, along?: Along): Promise<boolean> {
    const { run } = this.view
    if (!isLive(run)) return this.continue(text, along)
    const pending = this.echo(text, false, along)
    const said = along ? JSON.stringify(along.segments) : text
    const key = this.lastFailed?.said === said ? this.lastFailed.key : pending
    try {
      const input = along ? { segments: along.segments } : text
      const { input_id, delivered } = await this.env.client.sendRunInput(run.runId, input, { idempotencyKey: key })
      if (!delivered) throw new Error('The run did not take the message.')
      this.change({ view: markQueued(this.view, pending, input_id) })
      if (!this.stream) void this.open()
      return true
    } catch (error) {
      if (error instanceof NotFoundError) {
        this.change({ view: dropPending(endRun(this.view, 'completed', this.env.now()), pending) })
        this.returnUnread()
        return this.continue(text, along)
      }
      this.lastFailed = { said, key }
      this.giveBack(pending, error)
      return false
    }
  }

  /** Stops the turn in progress; the conversation stays. */
  async stop(): Promise<void> {
    const { run } = this.view
    if (!isBusy(run) || !run.runId) return
    this.change({ stopping: true })
    try {
      await this.env.client.cancelTurn(run.runId)
    } catch (error) {
      // The turn had ended by itself: what was wanted is so.
      this.change({ stopping: false })
      if ((error as { status?: number }).status !== 409) throw error
    }
  }

  /** Ends the run; the next message starts another one in the same session. */
  async end(): Promise<void> {
    const { run } = this.view
    if (!run.agentId) return
    this.endedHere = true
    await this.env.client.cancelAgent(run.agentId)
    if (!this.stream) await this.open()
  }

  /** Replaces the older part of the conversation by a summary. The mark in the log says what came of it. */
  async compact(): Promise<CompactRunResult> {
    this.change({ compacting: true })
    try {
      const result = await this.env.client.compactRun(this.view.run.runId)
      if (result.compacted && !this.stream) await this.open()
      return result
    } finally {
      this.change({ compacting: false })
    }
  }

  /** Puts the page before in front; false when nothing came. */
  loadEarlier(limit = earlierPage): Promise<boolean> {
    const { sessionId } = this
    if (!sessionId || !this.state.get().hasEarlier) return Promise.resolve(false)
    this.loadingEarlier ??= this.fetchEarlier(sessionId, limit).finally(() => {
      this.loadingEarlier = undefined
    })
    return this.loadingEarlier
  }

  /** Goes back to this event, page by page; 1 is where everything began. */
  async loadBack(seq: number): Promise<void> {
    while (this.state.get().hasEarlier && this.view.firstSeq > seq) {
      if (!(await this.loadEarlier(backPage))) return
    }
  }

  /** The composer has the message back. */
  takeReturned(): void {
    this.change({ returned: undefined })
    if (this.claimed && this.sessionId) this.env.claims.write(this.sessionId, undefined)
    this.claimed = false
  }

  private async fetchEarlier(sessionId: string, limit: number): Promise<boolean> {
    this.change({ loadingEarlier: true })
    try {
      const page = await this.env.client.getTranscript(sessionId, { limit, beforeSeq: this.view.firstSeq })
      const earlier = applyEvents(emptyView, page.events.map(toLogged))
      this.change({ view: prependEarlier(this.view, earlier), hasEarlier: page.has_more ?? false })
      return true
    } catch (error) {
      this.env.noteError(error)
      return false
    } finally {
      this.change({ loadingEarlier: false })
    }
  }

  private async continue(text: string, along?: Along): Promise<boolean> {
    if (!this.sessionId) return this.start(this.state.get().agent, text, along)
    this.letGo()
    const pending = this.echo(text, true, along)
    const abort = new AbortController()
    const events = this.env.client.continueSession({
      sessionId: this.sessionId,
      segments: along?.segments ?? userSegments(text),
      interactive: true,
      signal: abort.signal,
      resume: { onStatus: this.env.watchStream() },
    })
    return this.follow(events, abort, { pending, text, along })
  }

  private async load(sessionId: string, follow = true): Promise<void> {
    if (this.state.get().status === 'failed') this.change({ status: 'loading', error: undefined })
    try {
      const page = await this.env.client.getTranscript(sessionId, { limit: firstPage })
      if (this.stream) return
      const events = page.events.map(toLogged)
      const { view: known } = this.state.get()
      const gap = known.lastSeq > 0 && (events[0]?.seq ?? 0) > known.lastSeq + 1
      const base = gap ? { ...emptyView, pending: known.pending } : known
      let view = applyEvents(base, events)
      if (page.latest_run) view = withLatestRun(view, page.latest_run, this.env.now())
      view = withQueued(view, page.queued_inputs ?? [])
      this.change({
        status: 'ready',
        error: undefined,
        view: { ...view, run: { ...view.run, sessionId, agent: page.session.agent } },
        agent: page.session.agent,
        title: page.session.title ?? '',
        branchedFrom: page.session.branched_from,
        ...(known.lastSeq === 0 || gap ? { hasEarlier: page.has_more ?? false } : {}),
        stopping: false,
        copyFrom: undefined,
      })
      this.keep()
      const isUnread = view.pending.some(({ state }) => state === 'unread')
      if (follow && (isUnread || page.returned_inputs || this.env.claims.read(sessionId))) void this.takeBack()
      if (follow && isLive(view.run)) this.attach()
    } catch (error) {
      this.env.noteError(error)
      // What is on the screen stays there; only a conversation that never loaded shows the failure.
      if (this.state.get().status === 'loading') await this.showCopy(sessionId, error)
    }
  }

  private async showCopy(sessionId: string, error: unknown): Promise<void> {
    const copy = isNetworkError(error) ? await this.env.findCopy(sessionId) : undefined
    if (this.state.get().status !== 'loading') return
    if (!copy) return this.change({ status: 'failed', error })
    const { title, agent, view, hasEarlier } = fromCopy(copy.value)
    this.change({ status: 'ready', title, agent, view, hasEarlier, copyFrom: copy.savedAt })
  }

  private keep(): void {
    const { copyFrom, title, agent, view, hasEarlier } = this.state.get()
    const copy = copyFrom === undefined ? toCopy({ title, agent, view, hasEarlier }) : undefined
    if (this.sessionId && copy) this.env.keepCopy(this.sessionId, copy)
  }

  private attach(): void {
    const { run, lastSeq } = this.view
    const abort = new AbortController()
    const session = this.env.client.attachInteractiveSession(run.runId, {
      fromSeq: lastSeq,
      signal: abort.signal,
      resume: { onStatus: this.env.watchStream() },
    })
    void this.follow(session.events(), abort)
  }

  /**
   * Takes a stream's events in to its end. Resolves early, once the run is known to exist; false when the server
   * refused and the text has gone back.
   */
  private follow(events: AsyncIterable<AgentEvent>, abort: AbortController, message?: Message): Promise<boolean> {
    this.stream = abort
    const { promise, resolve } = Promise.withResolvers<boolean>()
    void this.pump(events, abort, () => resolve(true)).then(
      () => resolve(true),
      async (error) => {
        if (this.stream === abort) this.stream = undefined
        this.flush()
        if (abort.signal.aborted) return resolve(true)
        if (error instanceof SessionBusyError && message) {
          // Somebody else continued it a moment ago: join that run.
          this.change({ view: dropPending(this.view, message.pending) })
          await this.open()
          const { text, along } = message
          return resolve(isLive(this.view.run) ? this.send(text, along) : this.refuse(message, error))
        }
        if (message && this.view.pending.some((input) => input.localId === message.pending)) {
          return resolve(this.refuse(message, error))
        }
        this.env.noteError(error)
        this.env.after(retryDelay, () => void this.open())
        resolve(true)
      },
    )
    return promise
  }

  private async pump(events: AsyncIterable<AgentEvent>, abort: AbortController, onKnown: () => void): Promise<void> {
    for await (const event of events) {
      if (abort.signal.aborted) return
      this.queue.push({ seq: event.seq, at: this.env.now(), event: event as LoggedEvent['event'] })
      if (event.type === 'agent') {
        this.flush()
        this.learnSession(event)
        onKnown()
      } else {
        this.cancelFlush ??= this.env.schedule(() => this.flush())
      }
    }
    if (abort.signal.aborted) return
    this.stream = undefined
    this.flush()
    this.env.onChange()
    // The stream ended without saying how: the run's row knows.
    if (isLive(this.view.run)) await this.open()
  }

  private learnSession(event: AgentEvent): void {
    const isNew = this.sessionId === undefined
    this.sessionId ??= event.session_id
    const { view, agent } = this.state.get()
    this.change({ view: { ...view, run: { ...view.run, agent, interactive: true } } })
    if (isNew) this.env.onChange()
    if (this.leaveWhenKnown) this.detach()
  }

  private flush(): void {
    this.cancelFlush?.()
    this.cancelFlush = undefined
    if (this.queue.length === 0) return
    const batch = this.queue
    this.queue = []
    const before = this.view.run.phase
    const view = applyEvents(this.view, batch)
    const stopped = !isBusy(view.run) || batch.some(({ event }) => event.type === 'turn_cancelled')
    this.change({ view, ...(stopped ? { stopping: false } : {}) })
    if (view.run.phase !== before && (!isBusy(view.run) || before !== 'starting')) this.env.onChange()
    if (view.run.phase !== before && !isBusy(view.run)) this.keep()
    this.fetchPictures()
    if (view.run.phase !== before && view.run.phase === 'ended') this.returnUnread()
  }

  /** What another tab sent came without its pictures. */
  private fetchPictures(): void {
    const { sessionId } = this
    if (!sessionId) return
    for (const seq of missingPictures(this.view)) {
      if (this.fetching.has(seq)) continue
      this.fetching.add(seq)
      this.env.client
        .getTranscript(sessionId, { limit: 1, beforeSeq: seq + 1 })
        .then(({ events }) => this.change({ view: withPictures(this.view, seq, picturesOf(events[0]?.payload)) }))
        .catch((error) => {
          this.fetching.delete(seq)
          this.env.noteError(error)
        })
    }
  }

  private echo(text: string, opens: boolean, along?: Along, waits?: string): string {
    const localId = this.env.newId()
    const pictures = along?.pictures.length ? { pictures: along.pictures } : {}
    const written = along ? { written: { text: along.typed, attachments: along.attachments } } : {}
    const input = {
      localId,
      text,
      at: this.env.now(),
      state: 'sending' as const,
      opens,
      waits,
      ...pictures,
      ...written,
    }
    const view = addPending(this.view, input)
    this.change({ view: opens ? { ...view, run: { ...view.run, phase: 'starting' } } : view })
    return localId
  }

  private refuse({ pending }: Message, error: unknown): boolean {
    const { view } = this.state.get()
    this.change({ view: { ...view, run: { ...view.run, phase: view.run.runId ? 'ended' : 'none' } } })
    this.giveBack(pending, error)
    return false
  }

  private giveBack(pending: string, error: unknown): void {
    this.env.noteError(error)
    const { reason, hint } =
      error instanceof BackpressureError
        ? { reason: 'The run has all the messages it can hold.', hint: 'Send it again when it has read some.' }
        : describeError(error)
    const input = this.view.pending.find(({ localId }) => localId === pending)
    this.change({ view: dropPending(this.view, pending) })
    if (!input) return
    this.hand([writtenIn(input)], hint ? `${reason} ${hint}` : reason, isNetworkError(error))
  }

  /** Into the composer, below what is on its way there. */
  private hand(back: readonly Written[], reason: string, unsure = false): void {
    const { returned } = this.state.get()
    const all = returned ? [returned, ...back] : back
    const text = all
      .map((message) => message.text)
      .filter(Boolean)
      .join('\n\n')
    this.change({ returned: { text, attachments: all.flatMap(({ attachments }) => attachments), reason, unsure } })
  }

  /** The tab where it was said asks first; the others leave it that long to do so. */
  private returnUnread(): void {
    const unread = this.view.pending.filter((input) => input.state === 'unread')
    if (unread.length === 0) return
    if (this.endedHere || unread.some((input) => !input.elsewhere)) void this.takeBack()
    else this.env.after(senderFirst, () => void (this.watched && this.takeBack()))
  }

  /** Whoever asks the runtime first has what its run did not read; an answer that gets lost is asked for again. */
  private takeBack(): Promise<void> {
    this.endedHere = false
    if (!this.sessionId || this.claimed) return Promise.resolve()
    this.takingBack ??= this.claim(this.sessionId).finally(() => {
      this.takingBack = undefined
    })
    return this.takingBack
  }

  private async claim(sessionId: string): Promise<void> {
    const key = this.env.claims.read(sessionId) ?? this.env.newId()
    this.env.claims.write(sessionId, key)
    try {
      const { inputs } = await this.env.client.takeReturnedInputs(sessionId, { idempotencyKey: key })
      const { pending } = this.view
      const back = inputs.map((input) => {
        const own = pending.find(({ inputId }) => inputId === input.input_id)
        return own && !own.elsewhere ? writtenIn(own) : writtenOf(input)
      })
      this.change({ view: { ...this.view, pending: pending.filter(({ state }) => state !== 'unread') } })
      this.claimed = back.length > 0
      if (this.claimed) this.hand(back, 'The run ended before it read this.')
      else this.env.claims.write(sessionId, undefined)
    } catch (error) {
      this.env.noteError(error)
      this.env.after(retryDelay, () => void (this.watched && this.takeBack()))
    }
  }

  private change(change: Partial<ConversationState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}

function userSegments(text: string): PromptSegment[] {
  return [{ role: 'user', content: [{ type: 'trusted-text', text }] }]
}

/** A row of the log as the view takes it in. */
export function toLogged(row: TranscriptEvent): LoggedEvent {
  const event = row.event && typeof row.event === 'object' ? row.event : {}
  return {
    seq: row.seq,
    runId: row.run_id,
    at: row.ts_ns / 1e6,
    event: { payload: row.payload, ...event, type: row.type },
  }
}
