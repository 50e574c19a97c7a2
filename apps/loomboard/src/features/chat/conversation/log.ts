import { isNetworkError } from '../../../lib/describe-error.ts'
import { fromCopy, toCopy } from '../model/chat-copy.ts'
import { emptyView } from '../model/types.ts'
import { readerPart } from '../model/view/reader-part.ts'
import type { Shared } from './state.ts'

const firstPage = 500
const earlierPage = 1000
const backPage = 5000

export interface LogNeighbours {
  /** Events of the latest run come in by themselves. */
  isFollowing(): boolean
  /** The end of the log has been read; `returnedInputs`: a run has left messages that nobody has taken back. */
  onLoaded(returnedInputs: number): void
}

/** What a conversation reads of its log: the end of it, earlier pages, and the copy this browser has kept. */
export class ConversationLog {
  private readonly shared: Shared
  private readonly neighbours: LogNeighbours
  private loading: Promise<void> | undefined
  private loadingEarlier: Promise<boolean> | undefined

  constructor(shared: Shared, neighbours: LogNeighbours) {
    this.shared = shared
    this.neighbours = neighbours
  }

  /** Reads what is new; whoever asks meanwhile waits for the same answer. `follows`: neighbours hear of it. */
  load(sessionId: string, follows: boolean): Promise<void> {
    this.loading ??= this.read(sessionId, follows).finally(() => {
      this.loading = undefined
    })
    return this.loading
  }

  /** Puts the page before in front; false when nothing came. */
  loadEarlier(limit = earlierPage): Promise<boolean> {
    const { sessionId } = this.shared
    if (!sessionId || !this.shared.state.get().hasEarlier) return Promise.resolve(false)
    this.loadingEarlier ??= this.fetchEarlier(sessionId, limit).finally(() => {
      this.loadingEarlier = undefined
    })
    return this.loadingEarlier
  }

  /** Goes back to this event, page by page; 1 is where everything began. */
  async loadBack(seq: number): Promise<void> {
    while (this.shared.state.get().hasEarlier && this.shared.view.firstSeq > seq) {
      if (!(await this.loadEarlier(backPage))) return
    }
  }

  /** Keeps what is shown, to be read without the runtime; a copy is not copied. */
  keep(): void {
    const { env, sessionId, state } = this.shared
    const { copyFrom, title, agent, view, hasEarlier } = state.get()
    const copy = copyFrom === undefined ? toCopy({ title, agent, view, hasEarlier }) : undefined
    if (sessionId && copy) env.keepCopy(sessionId, copy)
  }

  private async read(sessionId: string, follows: boolean): Promise<void> {
    const { shared } = this
    if (shared.state.get().status === 'failed') shared.change({ status: 'loading', error: undefined })
    try {
      const [page, { withPage }] = await Promise.all([
        shared.env.client.getTranscript(sessionId, { limit: firstPage }),
        readerPart.load(),
      ])
      if (this.neighbours.isFollowing()) return
      const { view, afresh } = withPage(shared.view, sessionId, page, shared.env.now())
      const { session } = page
      shared.change({
        status: 'ready',
        error: undefined,
        view,
        agent: session.agent,
        title: session.title ?? '',
        branchedFrom: session.branched_from,
        ...(afresh ? { hasEarlier: page.has_more ?? false } : {}),
        stopping: false,
        copyFrom: undefined,
      })
      this.keep()
      if (follows) this.neighbours.onLoaded(page.returned_inputs ?? 0)
    } catch (error) {
      shared.env.noteError(error)
      // What is on the screen stays there; only a conversation that never loaded shows the failure.
      if (shared.state.get().status === 'loading') await this.showCopy(sessionId, error)
    }
  }

  private async showCopy(sessionId: string, error: unknown): Promise<void> {
    const { shared } = this
    const copy = isNetworkError(error) ? await shared.env.findCopy(sessionId) : undefined
    if (shared.state.get().status !== 'loading') return
    if (!copy) return shared.change({ status: 'failed', error })
    const { title, agent, view, hasEarlier } = fromCopy(copy.value)
    shared.change({ status: 'ready', title, agent, view, hasEarlier, copyFrom: copy.savedAt })
  }

  private async fetchEarlier(sessionId: string, limit: number): Promise<boolean> {
    const { shared } = this
    shared.change({ loadingEarlier: true })
    try {
      const [page, { applyEvents, prependEarlier, toLogged }] = await Promise.all([
        shared.env.client.getTranscript(sessionId, { limit, beforeSeq: shared.view.firstSeq }),
        readerPart.load(),
      ])
      const earlier = applyEvents(emptyView, page.events.map(toLogged))
      shared.change({ view: prependEarlier(shared.view, earlier), hasEarlier: page.has_more ?? false })
      return true
    } catch (error) {
      shared.env.noteError(error)
      return false
    } finally {
      shared.change({ loadingEarlier: false })
    }
  }
}
