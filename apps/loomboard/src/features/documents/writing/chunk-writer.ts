import type { LoomcycleClient } from '@loomcycle/client'
import { AuthError, BackpressureError, type Chunk, LoomcycleError, RevisionConflictError } from '@loomcycle/client'
import { createStore, type Store } from '../../../lib/browser/store.ts'
import { describeError, isNetworkError } from '../../../lib/describe-error.ts'
import {
  again,
  type ChunkEdit,
  confirmed,
  decided,
  edited,
  type Known,
  keepMine,
  met,
  orphaned,
  overtaken,
  refused,
  sent,
  takeTheirs,
  unanswered,
  withdrawn,
} from './chunk-edit.ts'
import type { Choice } from './merge/merge-text.ts'
import { type PutTogether, putTogether } from './merge/put-together.ts'
import { type Key, type Patch, toChange } from './patch.ts'

export interface WriterEnvironment {
  client: Pick<LoomcycleClient, 'document'>
  after(ms: number, run: () => void): () => void
  newId(): string
  /** Whatever failed, for those who watch the connection. */
  noteError(error: unknown): void
}

export interface WriterNeighbours {
  /** What is not acknowledged, to be found again after a reload; soon, where it is being typed. */
  keep(edit: ChunkEdit | undefined, how: 'now' | 'soon'): void
  /** The server has written it. */
  onSaved(chunk: Chunk, change: { before: Patch; after: Patch }): void
  /** The chunk as it is meanwhile: the server has said so with a refusal. */
  onMet(chunk: Chunk): void
  /** The server knows less than this page: what was read before is of no use. */
  onGoneBack(): void
}

/** Whoever types is not interrupted by saving; whoever stops is saved after this long. */
const typingPause = 1_500
const firstRetry = 2_000
const lastRetry = 30_000
/** Of others' changes that were put together with one's own, so many are told. */
const mostTold = 50

/** Writes one chunk: one request at a time, the newest words wait; nothing is given up before the server has it. */
export class ChunkWriter {
  readonly state: Store<ChunkEdit | undefined>
  /** What others have changed of the text that was being written here, until it has been seen. */
  readonly together: Store<readonly PutTogether[]> = createStore<readonly PutTogether[]>([])
  private readonly id: string
  private readonly env: WriterEnvironment
  private readonly neighbours: WriterNeighbours
  private cancelPause: (() => void) | undefined
  private cancelRetry: (() => void) | undefined
  private retryAfter = firstRetry

  constructor(env: WriterEnvironment, id: string, neighbours: WriterNeighbours) {
    this.env = env
    this.id = id
    this.neighbours = neighbours
    this.state = createStore<ChunkEdit | undefined>(undefined)
  }

  /** Goes on with what an earlier page has left unsaved, unless something is here already. */
  takeUp(kept: ChunkEdit): void {
    if (this.state.get()) return
    this.set(kept.problem?.kind === 'refused' ? again(kept) : kept)
    this.tryAgain()
  }

  /** Changes something and saves it. */
  edit(known: Known, patch: Patch): void {
    this.write(known, patch)
    this.flush()
  }

  /** The same, but for what is still being typed: it is saved when the typing pauses, or by `flush`. */
  type(known: Known, patch: Patch, { untilFlush = false } = {}): void {
    this.write(known, patch)
    this.cancelPause?.()
    this.cancelPause = untilFlush ? undefined : this.env.after(typingPause, () => this.flush())
  }

  /** Saves what waits, at once. */
  flush(): void {
    this.cancelPause?.()
    this.cancelPause = undefined
    const edit = this.state.get()
    const next = edit && sent(edit, this.env.newId())
    if (!next) return
    this.set(next)
    void this.send(next)
  }

  /** The server has a newer state of the chunk. */
  met(known: Known): void {
    const edit = this.state.get()
    if (!edit) return
    this.meet(edit, met(edit, known), known)
    // There is nothing to decide any more: they have taken back what stood against it.
    if (edit.problem?.kind === 'conflict' && !this.state.get()?.problem) this.flush()
  }

  /** It is there, as the server has just said; also where it was said to be gone. */
  found(known: Known): void {
    const edit = this.state.get()
    const wasGone = edit?.problem?.kind === 'gone'
    if (edit && wasGone) this.set(again(edit))
    this.met(known)
    if (wasGone) this.flush()
  }

  /** The connection is back, or somebody asks for it: what was kept is tried at once. */
  tryAgain(): void {
    this.cancelRetry?.()
    this.cancelRetry = undefined
    const edit = this.state.get()
    if (!edit || edit.problem?.kind === 'gone') return
    const next = edit.problem?.kind === 'conflict' ? edit : again(edit)
    this.set(next)
    if (next.sending) void this.send(next)
    else this.flush()
  }

  /** Somebody has deleted the chunk. */
  orphan(): void {
    const edit = this.state.get()
    if (!edit) return
    this.cancelPause?.()
    this.cancelRetry?.()
    this.cancelRetry = undefined
    this.set(orphaned(edit))
  }

  /** What is not on its way is not wanted after all; of some parts, or of all. */
  withdraw(keys?: readonly Key[]): void {
    const edit = this.state.get()
    if (edit) this.set(withdrawn(edit, keys))
  }

  keepMine(keys?: readonly Key[]): void {
    this.settle((edit) => keepMine(edit, keys))
  }

  takeTheirs(keys?: readonly Key[]): void {
    this.settle((edit) => takeTheirs(edit, keys))
  }

  /** One of the places where the texts differ is decided. */
  decide(conflict: number, choice: Choice): void {
    this.settle((edit) => decided(edit, conflict, choice))
  }

  /** What others have changed has been seen. */
  dismissTogether(): void {
    this.together.set([])
  }

  /** Nobody wants it any more. */
  discard(): void {
    this.cancelPause?.()
    this.cancelRetry?.()
    this.cancelRetry = undefined
    this.set(undefined)
  }

  private settle(how: (edit: ChunkEdit) => ChunkEdit | undefined): void {
    const edit = this.state.get()
    if (!edit) return
    this.set(how(edit))
    this.flush()
  }

  private async send({ sending }: ChunkEdit): Promise<void> {
    if (!sending) return
    const { key, revision, before, patch } = sending
    try {
      const input = { op: 'update_chunk' as const, id: this.id, revision, ...toChange(patch, before) }
      const chunk = await this.env.client.document(input, { idempotencyKey: key })
      this.retryAfter = firstRetry
      // What was sent twice, as the connection came back meanwhile, is one change.
      if (this.answered(key, (edit) => confirmed(edit, chunk))) {
        this.neighbours.onSaved(chunk, { before, after: patch })
      } else this.neighbours.onMet(chunk)
    } catch (error) {
      this.failed(key, error)
    }
    // What was typed meanwhile has had its pause, or gets it.
    if (!this.cancelPause) this.flush()
  }

  private failed(key: string, error: unknown): void {
    this.env.noteError(error)
    const { reason } = describeError(error)
    if (error instanceof RevisionConflictError) {
      const { revision = 0 } = this.state.get()?.sending ?? {}
      const edit = this.state.get()
      if (edit?.sending?.key === key) this.meet(edit, overtaken(edit, error.chunk), error.chunk)
      if (error.chunk.revision < revision) this.neighbours.onGoneBack()
      else this.neighbours.onMet(error.chunk)
    } else if (mayWorkLater(error)) {
      this.answered(key, (edit) => unanswered(edit, reason))
      if (this.state.get()?.sending?.key === key) this.retry()
    } else if (isNoSuchChunk(error, this.id)) this.answered(key, orphaned)
    else this.answered(key, (edit) => refused(edit, reason))
  }

  /** An answer counts, once, while what it answers is still wanted. */
  private answered(key: string, how: (edit: ChunkEdit) => ChunkEdit | undefined): boolean {
    const edit = this.state.get()
    if (edit?.sending?.key !== key) return false
    this.set(how(edit))
    return true
  }

  private write(known: Known, patch: Patch): void {
    const edit = this.state.get()
    const typed = edit && { ...edit, waiting: { ...edit.waiting, ...patch } }
    const next = edited(edit, known, patch)
    if (typed && !edit.sending && known.revision > edit.revision) this.meet(typed, next, known)
    else this.set(next, 'soon')
  }

  private meet(edit: ChunkEdit, next: ChunkEdit | undefined, known: Known): void {
    const change = putTogether(edit, next, known)
    if (change) this.together.set([...this.together.get(), change].slice(-mostTold))
    this.set(next)
  }

  private retry(): void {
    this.cancelRetry?.()
    this.cancelRetry = this.env.after(this.retryAfter, () => this.tryAgain())
    this.retryAfter = Math.min(2 * this.retryAfter, lastRetry)
  }

  private set(edit: ChunkEdit | undefined, how: 'now' | 'soon' = 'now'): void {
    this.state.set(edit)
    this.neighbours.keep(edit, how)
  }
}

/** Nobody has said no: it was not heard, or not now. */
export function mayWorkLater(error: unknown): boolean {
  if (isNetworkError(error) || error instanceof AuthError || error instanceof BackpressureError) return true
  return error instanceof LoomcycleError && (error.status ?? 0) >= 500
}

/** It has been deleted. */
export const isNoSuchChunk = (error: unknown, id: string): boolean => isNoSuch(error, `chunk: ${id}`)
export const isNoSuchDocument = (error: unknown, id: string): boolean => isNoSuch(error, `document: ${id}`)

function isNoSuch(error: unknown, what: string): boolean {
  return error instanceof LoomcycleError && error.code === 'tool_refused' && error.message.endsWith(`no such ${what}`)
}
