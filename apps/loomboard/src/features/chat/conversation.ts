import type { CompactRunResult } from '@loomcycle/client'
import type { Store } from '../../lib/browser/store.ts'
import { ConversationLog } from './conversation/log.ts'
import { Returns } from './conversation/returns.ts'
import { RunControl } from './conversation/run-control.ts'
import { RunStream } from './conversation/run-stream.ts'
import { Sender } from './conversation/sender.ts'
import { type Along, type ConversationEnvironment, type ConversationState, Shared } from './conversation/state.ts'
import { isLive, type RunView } from './model/types.ts'

export type { Along, ConversationEnvironment, ConversationState, ReturnedMessage } from './conversation/state.ts'

/** One conversation: its log, the stream that continues it, and everything a person can do to it. */
export class Conversation {
  /** Stays the same when a new conversation learns its session's id. */
  readonly key: string
  private readonly shared: Shared
  private readonly log: ConversationLog
  private readonly stream: RunStream
  private readonly sender: Sender
  private readonly returns: Returns
  private readonly control: RunControl

  constructor(env: ConversationEnvironment, sessionId?: string) {
    this.key = env.newId()
    this.shared = new Shared(env, sessionId)
    const open = () => this.open()
    this.returns = new Returns(this.shared)
    this.log = new ConversationLog(this.shared, {
      isFollowing: () => this.attached,
      onLoaded: (returnedInputs) => {
        this.returns.onLoaded(returnedInputs)
        if (isLive(this.view.run)) this.stream.attach()
      },
    })
    this.stream = new RunStream(this.shared, {
      open,
      onSettled: () => this.log.keep(),
      onEnded: () => this.returns.onEnded(),
    })
    this.sender = new Sender(this.shared, this.stream, {
      open,
      giveBack: (message, reason, unsure) => this.returns.hand([message], reason, unsure),
      onEnded: () => this.returns.onEnded(),
    })
    this.control = new RunControl(this.shared, { follow: open, onEnding: () => this.returns.ending() })
  }

  get state(): Store<ConversationState> {
    return this.shared.state
  }

  get sessionId(): string | undefined {
    return this.shared.sessionId
  }

  get view(): RunView {
    return this.shared.view
  }

  /** Whether events of the latest run are on their way here. */
  get attached(): boolean {
    return this.stream.isOpen
  }

  /** Reads what is new in the log, then follows the latest run while it lives. Safe to call at any time. */
  open(): Promise<void> {
    this.stream.stay()
    this.shared.watched = true
    return this.read(true)
  }

  /** Reads what is new in the log, and follows nothing. */
  look(): Promise<void> {
    return this.read(false)
  }

  /** Lets the stream go; `open()` picks it up exactly where it was. */
  detach(): void {
    this.shared.watched = false
    this.stream.letGo()
  }

  /** The agent may be one that is not known yet: the message is shown as waiting until it is. */
  start(agent: string | Promise<string>, text: string, along?: Along): Promise<boolean> {
    return this.sender.start(agent, text, along)
  }

  /** Routes by itself: a live run is told, an ended one is continued. False when the text came back. */
  send(text: string, along?: Along): Promise<boolean> {
    return this.sender.send(text, along)
  }

  /** Stops the turn in progress; the conversation stays. */
  stop(): Promise<void> {
    return this.control.stop()
  }

  /** Ends the run; the next message starts another one in the same session. */
  end(): Promise<void> {
    return this.control.end()
  }

  /** Replaces the older part of the conversation by a summary. */
  compact(): Promise<CompactRunResult> {
    return this.control.compact()
  }

  /** Puts the page before in front; false when nothing came. */
  loadEarlier(): Promise<boolean> {
    return this.log.loadEarlier()
  }

  /** Goes back to this event, page by page; 1 is where everything began. */
  loadBack(seq: number): Promise<void> {
    return this.log.loadBack(seq)
  }

  /** The composer has the message back. */
  takeReturned(): void {
    this.returns.taken()
  }

  private read(follows: boolean): Promise<void> {
    const { sessionId } = this.shared
    return sessionId && !this.attached ? this.log.load(sessionId, follows) : Promise.resolve()
  }
}
