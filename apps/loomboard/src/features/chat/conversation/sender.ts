import { BackpressureError, NotFoundError, type PromptSegment, SessionBusyError } from '@loomcycle/client'
import { describeError, isNetworkError } from '../../../lib/describe-error.ts'
import { isLive, type PendingInput, type Written } from '../model/types.ts'
import { addPending, dropPending, markQueued, markSending, writtenIn } from '../model/view/inputs.ts'
import { readerPart } from '../model/view/reader-part.ts'
import type { OnBreak, RunStream } from './run-stream.ts'
import type { Along, Message, Shared } from './state.ts'

export interface SenderNeighbours {
  open(): Promise<void>
  /** A message goes back to the composer. */
  giveBack(message: Written, reason: string, unsure: boolean): void
  /** The run turns out to have ended. */
  onEnded(): void
}

/** How messages go out: the first starts a run, a live run is told, an ended one is continued. */
export class Sender {
  private readonly shared: Shared
  private readonly stream: RunStream
  private readonly neighbours: SenderNeighbours
  private lastFailed: { said: string; key: string } | undefined

  constructor(shared: Shared, stream: RunStream, neighbours: SenderNeighbours) {
    this.shared = shared
    this.stream = stream
    this.neighbours = neighbours
  }

  /** The agent may be one that is not known yet: the message is shown as waiting until it is. */
  async start(agent: string | Promise<string>, text: string, along?: Along): Promise<boolean> {
    this.shared.change({ status: 'ready' })
    const waits = typeof agent === 'string' ? undefined : 'Waiting for the list of agents'
    const pending = this.echo(text, true, along, waits)
    const accepted = await this.begin(agent, { pending, text, along })
    if (!accepted) this.shared.change({ status: 'new' })
    return accepted
  }

  /** Routes by itself: a live run is told, an ended one is continued. False when the text came back. */
  async send(text: string, along?: Along): Promise<boolean> {
    const { shared } = this
    const { run } = shared.view
    if (!isLive(run)) return this.continue(text, along)
    const pending = this.echo(text, false, along)
    const said = along ? JSON.stringify(along.segments) : text
    // What may have arrived without an answer is the same input when it is said again.
    const key = this.lastFailed?.said === said ? this.lastFailed.key : pending
    try {
      const input = along ? { segments: along.segments } : text
      const { input_id, delivered } = await shared.env.client.sendRunInput(run.runId, input, { idempotencyKey: key })
      if (!delivered) throw new Error('The run did not take the message.')
      shared.change({ view: markQueued(shared.view, pending, input_id) })
      if (!this.stream.isOpen) void this.neighbours.open()
      return true
    } catch (error) {
      if (error instanceof NotFoundError) {
        const { endRun } = await readerPart.load()
        shared.change({ view: dropPending(endRun(shared.view, 'completed', shared.env.now()), pending) })
        this.neighbours.onEnded()
        return this.continue(text, along)
      }
      this.lastFailed = { said, key }
      this.giveBack(pending, error)
      return false
    }
  }

  private async begin(chosen: string | Promise<string>, message: Message): Promise<boolean> {
    let agent: string
    try {
      agent = await chosen
    } catch (error) {
      return this.refuse(message, error)
    }
    const { shared } = this
    const { pending, text, along } = message
    shared.change({ agent, view: markSending(shared.view, pending) })
    const abort = new AbortController()
    const session = shared.env.client.interactiveSession({
      agent,
      segments: along?.segments ?? userSegments(text),
      signal: abort.signal,
      resume: { onStatus: shared.env.watchStream() },
    })
    return this.stream.follow(session.events(), abort, this.onBreakOf(message))
  }

  private async continue(text: string, along?: Along): Promise<boolean> {
    const { shared } = this
    if (!shared.sessionId) return this.start(shared.state.get().agent, text, along)
    this.stream.letGo()
    const pending = this.echo(text, true, along)
    const abort = new AbortController()
    const events = shared.env.client.continueSession({
      sessionId: shared.sessionId,
      segments: along?.segments ?? userSegments(text),
      interactive: true,
      signal: abort.signal,
      resume: { onStatus: shared.env.watchStream() },
    })
    return this.stream.follow(events, abort, this.onBreakOf({ pending, text, along }))
  }

  /** The stream that a message has opened breaks off: it may be refused, or somebody else's run is to be joined. */
  private onBreakOf(message: Message): OnBreak {
    return (error) => {
      if (error instanceof SessionBusyError) return this.join(message, error)
      const isPending = this.shared.view.pending.some(({ localId }) => localId === message.pending)
      return isPending ? this.refuse(message, error) : undefined
    }
  }

  /** Somebody else continued the session a moment ago. */
  private async join(message: Message, error: unknown): Promise<boolean> {
    const { shared } = this
    shared.change({ view: dropPending(shared.view, message.pending) })
    await this.neighbours.open()
    return isLive(shared.view.run) ? this.send(message.text, message.along) : this.refuse(message, error)
  }

  private echo(text: string, opens: boolean, along?: Along, waits?: string): string {
    const { shared } = this
    const input: PendingInput = {
      localId: shared.env.newId(),
      text,
      at: shared.env.now(),
      state: 'sending',
      opens,
      waits,
      ...(along?.pictures.length ? { pictures: along.pictures } : {}),
      ...(along ? { written: { text: along.typed, attachments: along.attachments } } : {}),
    }
    const view = addPending(shared.view, input)
    shared.change({ view: opens ? { ...view, run: { ...view.run, phase: 'starting' } } : view })
    return input.localId
  }

  private refuse({ pending }: Message, error: unknown): false {
    const { view } = this.shared
    this.shared.change({ view: { ...view, run: { ...view.run, phase: view.run.runId ? 'ended' : 'none' } } })
    this.giveBack(pending, error)
    return false
  }

  private giveBack(pending: string, error: unknown): void {
    const { shared } = this
    shared.env.noteError(error)
    const { reason, hint } = wordsFor(error)
    const input = shared.view.pending.find(({ localId }) => localId === pending)
    shared.change({ view: dropPending(shared.view, pending) })
    if (!input) return
    this.neighbours.giveBack(writtenIn(input), hint ? `${reason} ${hint}` : reason, isNetworkError(error))
  }
}

function wordsFor(error: unknown): { reason: string; hint?: string } {
  if (!(error instanceof BackpressureError)) return describeError(error)
  return { reason: 'The run has all the messages it can hold.', hint: 'Send it again when it has read some.' }
}

function userSegments(text: string): PromptSegment[] {
  return [{ role: 'user', content: [{ type: 'trusted-text', text }] }]
}
