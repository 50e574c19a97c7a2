import type { BranchPoint, LoomcycleClient, PromptSegment, StreamStatus } from '@loomcycle/client'
import type { Copy } from '../../../lib/browser/copies.ts'
import { createStore, type Store } from '../../../lib/browser/store.ts'
import type { Attachment } from '../attachments/attachment.ts'
import type { ChatCopy } from '../model/chat-copy.ts'
import type { Picture } from '../model/typed.ts'
import { emptyView, type RunView, type Written } from '../model/types.ts'

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

export interface Message {
  /** Its local id. */
  pending: string
  text: string
  along?: Along | undefined
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

/** How long what got no answer waits before it is tried again. */
export const retryDelay = 2_000

/** What all parts of a conversation know together. */
export class Shared {
  readonly env: ConversationEnvironment
  readonly state: Store<ConversationState>
  sessionId: string | undefined
  /** Somebody looks at it. */
  watched = false

  constructor(env: ConversationEnvironment, sessionId?: string) {
    this.env = env
    this.sessionId = sessionId
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

  change(change: Partial<ConversationState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}
