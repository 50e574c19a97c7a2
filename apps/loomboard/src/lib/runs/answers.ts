import type { LoomcycleClient } from '@loomcycle/client'
import { createStore, type Store } from '../browser/store.ts'
import { tabDrafts } from '../browser/tab-drafts.ts'
import { describeError } from '../describe-error.ts'
import type { Question, QuestionState } from './question.ts'

/** How answering a question goes, before its conversation says how it went. */
export interface Answering {
  sending?: boolean
  /** Why it did not work; it can be tried again. */
  problem?: string
  outcome?: { state: QuestionState; answer?: string }
  /** Somebody else was faster, or it was too late: what was to be said was not. */
  unused?: string
}

export interface AnswersEnvironment {
  client: Pick<LoomcycleClient, 'resolveInterrupt' | 'cancelInterrupt'>
  noteError(error: unknown): void
  /** Some question is no longer open. */
  onSettled(): void
}

const draftKey = (interruptId: string) => `loomboard.answer.${interruptId}`
const kept = 200

/** What this tab has answered, wherever the question was shown: in its conversation, in the inbox, or in both. */
export class Answers {
  readonly state: Store<ReadonlyMap<string, Answering>> = createStore<ReadonlyMap<string, Answering>>(new Map())
  private readonly env: AnswersEnvironment

  constructor(env: AnswersEnvironment) {
    this.env = env
  }

  answer({ runId, interruptId }: Question, said: string): Promise<void> {
    const call = () => this.env.client.resolveInterrupt(runId, interruptId, { answer: said, resolvedBy: 'webui' })
    return this.settle(interruptId, call, { state: 'answered', answer: said })
  }

  decline({ runId, interruptId }: Question): Promise<void> {
    const call = () => this.env.client.cancelInterrupt(runId, interruptId, { resolvedBy: 'webui' })
    return this.settle(interruptId, call, { state: 'declined' })
  }

  readDraft(interruptId: string): string {
    return tabDrafts.read(draftKey(interruptId))
  }

  writeDraft(interruptId: string, text: string): void {
    tabDrafts.write(draftKey(interruptId), text)
  }

  private async settle(
    interruptId: string,
    call: () => Promise<unknown>,
    outcome: { state: QuestionState; answer?: string },
  ): Promise<void> {
    if (this.state.get().get(interruptId)?.sending) return
    this.set(interruptId, { sending: true })
    try {
      await call()
      this.set(interruptId, { outcome })
    } catch (error) {
      this.env.noteError(error)
      const now = outcomeOf(error)
      if (!now) {
        const { reason, hint } = describeError(error)
        this.set(interruptId, { problem: [reason, hint].filter(Boolean).join(' ') })
        return
      }
      this.set(interruptId, { outcome: { state: now }, unused: outcome.answer })
    }
    this.writeDraft(interruptId, '')
    this.env.onSettled()
  }

  private set(interruptId: string, answering: Answering): void {
    const entries = [...this.state.get()].filter(([id]) => id !== interruptId).slice(-kept)
    this.state.set(new Map([...entries, [interruptId, answering]]))
  }
}

/** What has become of a question that takes no answer any more; undefined where it may still take one. */
function outcomeOf(error: unknown): QuestionState | undefined {
  const { status, message = '' } = error as { status?: number; message?: string }
  if (status === 410) return 'expired'
  if (status === 404) return 'cancelled'
  if (status !== 409) return undefined
  return /declined/.test(message) ? 'declined' : /cancelled/.test(message) ? 'cancelled' : 'answered'
}
