import { type ChangeActor, type Chunk, type DocumentChange, RevisionConflictError } from '@loomcycle/client'
import { createStore, type Store } from '../../../lib/browser/store.ts'
import { actorName } from '../model/changes.ts'
import type { OutlineChunk } from '../model/outline.ts'
import type { ChunkEdit, Known } from './chunk-edit.ts'
import { ChunkWriter, type WriterEnvironment } from './chunk-writer.ts'
import { Errands } from './errands.ts'
import { keyName, keysOf, type Patch, partOf, same } from './patch.ts'
import { type Direction, type Move, type Place, placeOf, step, toDestination, withMoves } from './place.ts'
import { type DocumentEdits, noEdits } from './shown-chunks.ts'
import { type Undoable, UndoStack } from './undo-stack.ts'

/** What this browser knows of the document, and where answers of the server go. */
export interface DocumentCache {
  chunks(): ReadonlyMap<string, OutlineChunk>
  /** With its text, where that is known. */
  chunk(id: string): (Known & { id: string }) | undefined
  put(chunk: Chunk): void
  place(move: Move): void
  drop(id: string): void
}

export interface DocumentEnvironment extends WriterEnvironment {
  now(): number
  cache: DocumentCache
  kept: { read(): Map<string, ChunkEdit>; write(chunkId: string, edit: ChunkEdit | undefined): void }
  /** Who writes here. */
  self(): string | undefined
  say: {
    info(title: string, description: string): void
    error(title: string, error: unknown): void
    /** Offers to undo it until it is dismissed. */
    undoable(id: string, title: string, undo: () => void): void
    dismiss(id: string): void
  }
}

export interface NewChunk {
  title: string
  to: Place
}

interface Removal {
  title: string
  revision: number
  change: Undoable
  cancel(): void
}

/** A removal waits here for second thoughts: no op brings a removed chunk back as it was. */
const secondThoughts = 6_000
/** Saves of the same words within this time are one change to whoever undoes it. */
const oneChange = 30_000

/** Writes a document: its chunks one by one, and their coming, going and changing places. */
export class DocumentWriter {
  readonly state: Store<DocumentEdits> = createStore(noEdits)
  readonly done = new UndoStack()
  private readonly documentId: string
  private readonly env: DocumentEnvironment
  private readonly errands: Errands
  private readonly writers = new Map<string, ChunkWriter>()
  private readonly removals = new Map<string, Removal>()
  private readonly undoing = new Map<string, Patch>()
  private readonly own = new Set<string>()
  private lastSaved: { id: string; at: number; before: Patch; after: Patch; change: Undoable } | undefined
  private lastCreated: { said: string; key: string } | undefined

  constructor(env: DocumentEnvironment, documentId: string) {
    this.env = env
    this.documentId = documentId
    this.errands = new Errands(env, (waiting) => this.change({ waiting }))
    for (const [id, edit] of env.kept.read()) this.writerOf(id, edit).tryAgain()
  }

  chunk(id: string): ChunkWriter {
    return this.writerOf(id)
  }

  /** Others have changed these, or nobody has: what is typed here goes on from them. */
  met(chunks: readonly (Known & { id: string })[]): void {
    for (const chunk of chunks) this.writers.get(chunk.id)?.met(chunk)
  }

  /** It was written here, and whoever wrote it need not be told. */
  isOwn({ chunk_id, revision }: DocumentChange): boolean {
    return this.own.has(`${chunk_id} ${revision}`)
  }

  /** The connection is back. */
  tryAgain(): void {
    for (const writer of this.writers.values()) writer.tryAgain()
    this.errands.tryAgain()
  }

  /** Rejects where it was not made; the same again is the same chunk. */
  async create({ title, to }: NewChunk): Promise<Chunk> {
    const { cache, client } = this.env
    const { id: _, new_parent_id, ...beside } = toDestination(cache.chunks(), { id: '', to })
    const place = new_parent_id === undefined ? beside : { parent_id: new_parent_id }
    const said = JSON.stringify([title, place])
    const key = this.lastCreated?.said === said ? this.lastCreated.key : this.env.newId()
    this.lastCreated = { said, key }
    const input = { op: 'create_chunk' as const, document_id: this.documentId, title, ...place }
    const chunk = await client.document(input, { idempotencyKey: key })
    this.lastCreated = undefined
    this.own.add(`${chunk.id} ${chunk.revision}`)
    cache.put(chunk)
    cache.place({ id: chunk.id, to })
    this.done.push({
      label: `adding “${title}”`,
      undo: () => this.takeAway(chunk.id, title, cache.chunk(chunk.id)?.revision ?? 1),
    })
    return chunk
  }

  /** Moves it one step from where it is by now; answers with where it is then. */
  step(id: string, direction: Direction, rootId: string): Place | undefined {
    const to = step(withMoves(this.env.cache.chunks(), this.state.get().moves), id, direction, rootId)
    if (to) this.move(id, to)
    return to
  }

  /** Shows it where it goes, at once. */
  move(id: string, to: Place): void {
    const { cache } = this.env
    const shown = withMoves(cache.chunks(), this.state.get().moves)
    const from = placeOf(shown, id)
    const title = shown.get(id)?.title ?? ''
    this.doMove({ id, to }, title)
    this.done.push({ label: `moving “${title}”`, undo: () => this.doMove({ id, to: from }, title) })
  }

  /** Takes it out of sight, with what is under it; a while later it is gone. */
  remove(id: string): void {
    const chunk = this.env.cache.chunk(id)
    if (!chunk || this.removals.has(id)) return
    const title = chunk.title || 'Untitled'
    const change: Undoable = { label: `deleting “${title}”`, undo: () => this.keepAfterAll(id) }
    const cancel = this.env.after(secondThoughts, () => this.settleRemoval(id))
    this.removals.set(id, { title, revision: chunk.revision, change, cancel })
    this.change({ removed: new Set([...this.state.get().removed, id]) })
    this.done.push(change)
    this.env.say.undoable(`removal ${id}`, `“${title}” is deleted`, () => {
      this.done.drop(change)
      this.keepAfterAll(id)
    })
  }

  /** Nobody looks at it any more: there are no second thoughts about what was deleted, and what was typed has had its pause. */
  leave(): void {
    for (const id of [...this.removals.keys()]) this.settleRemoval(id)
    for (const writer of this.writers.values()) writer.flush()
  }

  /** Takes the last change made here back. */
  undo(): void {
    this.done.undo()
  }

  private writerOf(id: string, kept?: ChunkEdit): ChunkWriter {
    const known = this.writers.get(id)
    if (known) return known
    const { env } = this
    const writer = new ChunkWriter(
      env,
      id,
      {
        keep: (edit) => env.kept.write(id, edit),
        onSaved: (chunk, change) => this.saved(chunk, change),
        onMet: (chunk) => env.cache.put(chunk),
      },
      kept,
    )
    writer.state.subscribe(() => this.note(id, writer.state.get()))
    this.writers.set(id, writer)
    if (kept) this.note(id, kept)
    return writer
  }

  private note(id: string, edit: ChunkEdit | undefined): void {
    const edits = new Map(this.state.get().edits)
    if (edit) edits.set(id, edit)
    else edits.delete(id)
    this.change({ edits })
  }

  private saved(chunk: Chunk, { before, after }: { before: Patch; after: Patch }): void {
    const { id, revision } = chunk
    this.own.add(`${id} ${revision}`)
    this.env.cache.put(chunk)
    const removal = this.removals.get(id)
    if (removal) removal.revision = revision
    const isUndo = same(this.undoing.get(id), after)
    this.undoing.delete(id)
    if (isUndo) return
    const last = this.lastSaved
    const goesOn =
      last !== undefined &&
      last.id === id &&
      last.change === this.done.next.get() &&
      this.env.now() - last.at < oneChange &&
      same(keysOf(last.after), keysOf(after)) &&
      keysOf(after).every((key) => key === 'body' || key === 'title')
    const from = goesOn ? last.before : before
    const change = this.undoOf(id, from, after)
    if (goesOn) this.done.extend(last.change, change)
    else this.done.push(change)
    this.lastSaved = { id, at: this.env.now(), before: from, after, change }
  }

  private undoOf(id: string, before: Patch, after: Patch): Undoable {
    const { cache, say } = this.env
    const title = cache.chunk(id)?.title || 'Untitled'
    const label = `changing ${keysOf(after).map(keyName).join(' and ')} of “${title}”`
    const undo = () => {
      const known = cache.chunk(id)
      if (!known) return say.info('Nothing was undone', `“${title}” is no longer in the document.`)
      if (!keysOf(after).every((key) => same(partOf(known, key), after[key]))) {
        return say.info('Nothing was undone', `“${title}” has been changed again since.`)
      }
      this.undoing.set(id, before)
      this.chunk(id).edit(known, before)
    }
    return { label, undo }
  }

  private doMove(move: Move, title: string): void {
    const { cache, client, say } = this.env
    const done = () => this.change({ moves: this.state.get().moves.filter((each) => each !== move) })
    this.change({ moves: [...this.state.get().moves, move] })
    this.errands.add({
      run: async (idempotencyKey) => {
        await client.document({ op: 'move_chunk', ...toDestination(cache.chunks(), move) }, { idempotencyKey })
        cache.place(move)
        done()
      },
      onRefused: (error) => {
        done()
        say.error(`“${title || 'Untitled'}” stays where it was`, error)
      },
    })
  }

  private keepAfterAll(id: string): void {
    this.closeRemoval(id)
    this.uncover(id)
  }

  private settleRemoval(id: string): void {
    const removal = this.removals.get(id)
    if (!removal) return
    this.closeRemoval(id)
    this.takeAway(id, removal.title, removal.revision)
  }

  private closeRemoval(id: string): void {
    const removal = this.removals.get(id)
    this.removals.delete(id)
    removal?.cancel()
    if (removal) this.done.drop(removal.change)
    this.env.say.dismiss(`removal ${id}`)
  }

  private uncover(id: string): void {
    this.change({ removed: new Set([...this.state.get().removed].filter((each) => each !== id)) })
  }

  private takeAway(id: string, title: string, revision: number): void {
    const { cache, client, say } = this.env
    this.change({ removed: new Set([...this.state.get().removed, id]) })
    const gone = () => {
      this.writers.get(id)?.discard()
      cache.drop(id)
      this.uncover(id)
    }
    this.errands.add({
      run: async (idempotencyKey) => {
        await client.document({ op: 'delete_chunk', id, revision }, { idempotencyKey })
        gone()
      },
      onRefused: (error) => {
        this.uncover(id)
        if (!(error instanceof RevisionConflictError)) return say.error(`“${title}” is still there`, error)
        cache.put(error.chunk)
        say.info(`“${title}” is still there`, `${this.nameOf(error.chunk.updated_by)} changed it meanwhile.`)
      },
    })
  }

  private nameOf(actor: ChangeActor): string {
    const name = actorName(actor, this.env.self())
    return name === 'you' ? 'You' : name
  }

  private change(change: Partial<DocumentEdits>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}
