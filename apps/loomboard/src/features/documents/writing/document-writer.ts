import type { Chunk, DocumentChange, wire } from '@loomcycle/client'
import { createStore, type Store } from '../../../lib/browser/store.ts'
import { plural } from '../../../lib/format.ts'
import { ancestorsOf } from '../model/outline.ts'
import { atMost } from './at-most.ts'
import type { Bulk } from './bulk.ts'
import type { CardMove } from './card-move.ts'
import { type ChunkEdit, isStuck, type Known, unsaved } from './chunk-edit.ts'
import { ChunkWriter, isNoSuchChunk, type WriterEnvironment } from './chunk-writer.ts'
import type { NewComment } from './comment.ts'
import type { DocumentEnvironment } from './document-environment.ts'
import { Gathered } from './gathered.ts'
import { OwnChanges } from './own-changes.ts'
import { keyName, keysOf, merged, type Patch, partOf, same, type toContent, withPatch } from './patch.ts'
import { type Direction, type Place, toDestination } from './place.ts'
import { type DocumentEdits, noEdits } from './shown-chunks.ts'
import { Structure } from './structure.ts'
import { type Undoable, UndoStack } from './undo-stack.ts'

export interface NewChunk {
  title: string
  to: Place
  /** What it says from the beginning. */
  content?: ReturnType<typeof toContent>
}

/** Saves of the same words within this time are one change to whoever undoes it. */
const oneChange = 30_000

/** More are not asked for at once. */
const mostRequests = 4
/** Of very many chunks, what is answered within this time is shown together. */
const togetherFor = 120
const many = 20

/** Writes a document: its chunks one by one, and their coming, going and changing places. */
export class DocumentWriter {
  readonly state: Store<DocumentEdits> = createStore(noEdits)
  readonly done = new UndoStack()
  /** What was last done to several chunks at once. */
  readonly bulk: Store<Bulk | undefined> = createStore<Bulk | undefined>(undefined)
  private readonly documentId: string
  private readonly env: DocumentEnvironment
  private readonly chunkEnv: WriterEnvironment
  private readonly kept: Gathered<ChunkEdit | undefined>
  private readonly own = new OwnChanges()
  private readonly structure: Structure
  private readonly writers = new Map<string, ChunkWriter>()
  /** Taking back what is not saved yet, of which chunk. */
  private readonly unsaved = new Map<string, Undoable>()
  private readonly undoing = new Map<string, Patch>()
  private readonly bulks = new Map<string, Bulk>()
  /** Of those, what is not on its way any more. */
  private readonly ended = new Set<string>()
  /** What is noted together later. */
  private held: Map<string, ChunkEdit | undefined> | undefined
  private heldSaved: Chunk[] = []
  private lastSaved: { id: string; at: number; before: Patch; after: Patch; change: Undoable } | undefined
  private lastCreated: { said: string; key: string } | undefined

  constructor(env: DocumentEnvironment, documentId: string) {
    const slot = atMost(mostRequests)
    const document = ((...asked: Parameters<typeof env.client.document>) =>
      slot(() => env.client.document(...asked))) as typeof env.client.document
    this.env = env
    this.chunkEnv = { ...env, client: { document } }
    this.documentId = documentId
    this.kept = new Gathered(env.after, (id, edit) => this.keep(id, edit))
    const { state, done, own } = this
    // What was not saved of what is gone by one's own will is not wanted either.
    const onGone = (id: string) => {
      for (const writer of this.within(new Set([id]))) writer.discard()
    }
    this.structure = new Structure(env, { state, done, own, onGone })
    this.takeUp()
  }

  /** Goes on with what an earlier page, or a tab that is gone, has left. */
  takeUp(): void {
    for (const [id, edit] of this.env.kept.edits.take()) this.chunk(id).takeUp(edit)
    this.structure.takeUp()
  }

  chunk(id: string): ChunkWriter {
    const known = this.writers.get(id)
    if (known) return known
    const { env } = this
    const writer = new ChunkWriter(this.chunkEnv, id, {
      keep: (edit, how) => this.kept[how](id, edit),
      onSaved: (chunk, change) => this.saved(chunk, change),
      onMet: (chunk) => env.cache.put(chunk),
      onGoneBack: () => env.cache.reread(),
    })
    writer.state.subscribe(() => this.note(id, writer.state.get()))
    this.writers.set(id, writer)
    return writer
  }

  /** These have just been read: what is typed here goes on from them. */
  met(chunks: readonly (Known & { id: string })[]): void {
    for (const chunk of chunks) this.writers.get(chunk.id)?.found(chunk)
  }

  /** Somebody has deleted these, with what was under them. */
  gone(tops: ReadonlySet<string>): void {
    for (const writer of this.within(tops)) writer.orphan()
  }

  /** Chunks that are gone, with words that are kept of them. */
  orphans(): string[] {
    return [...this.state.get().edits].flatMap(([id, { problem }]) => (problem?.kind === 'gone' ? [id] : []))
  }

  /** It was written here, and whoever wrote it need not be told. */
  isOwn(change: DocumentChange): boolean {
    return this.own.has(change)
  }

  /** The connection is back. */
  tryAgain(): void {
    for (const writer of this.writers.values()) writer.tryAgain()
    this.structure.tryAgain()
  }

  /** Changes parts of a chunk that the page knows, and saves them. */
  edit(id: string, patch: Omit<Patch, 'body'>): void {
    const known = this.env.cache.chunk(id)
    if (known) this.chunk(id).edit(known, patch)
  }

  /** Changes several chunks at once; `label` says what is undone with it. */
  editAll(changes: readonly { id: string; patch: Omit<Patch, 'body'> }[], label: string): void {
    const known = changes.filter(({ id }) => this.env.cache.chunk(id))
    const bulk: Bulk = { label, ids: known.map(({ id }) => id), saved: new Map() }
    this.together(() => {
      for (const { id, patch } of known) {
        this.bulks.set(id, bulk)
        this.ended.delete(id)
        this.edit(id, patch)
      }
    })
    this.done.push({ label, undo: () => this.undoAll(bulk) })
    this.bulk.set(bulk)
  }

  /** Moves several chunks, in this order, to the end of what is in another one. */
  moveAll(ids: readonly string[], parentId: string): void {
    this.structure.moveAll(ids, parentId)
  }

  /** Takes several out of sight; one undo brings all of them back. */
  removeAll(ids: readonly string[]): void {
    this.structure.removeAll(ids)
  }

  /** Rejects where it was not made; the same again is the same chunk. */
  async create({ title, to, content }: NewChunk): Promise<Chunk> {
    const { cache, client } = this.env
    const said = JSON.stringify([title, to, content])
    const key = this.lastCreated?.said === said ? this.lastCreated.key : this.env.newId()
    this.lastCreated = { said, key }
    const { new_parent_id: parent_id, ...beside } = { new_parent_id: undefined, ...toDestination(to) }
    const place = parent_id === undefined ? beside : { ...beside, parent_id }
    const seen = cache.seq()
    const input = { op: 'create_chunk' as const, document_id: this.documentId, title, ...content, ...place }
    const chunk = await client.document(input, { idempotencyKey: key })
    this.lastCreated = undefined
    this.own.saved(chunk)
    cache.put(chunk)
    cache.place({ id: chunk.id, to })
    this.done.push({ label: `adding “${title}”`, undo: () => this.structure.takeBack(chunk.id, title, seen) })
    return chunk
  }

  /** Moves it one step from where it is by now; answers with where it is then. */
  step(id: string, direction: Direction, rootId: string): Place | undefined {
    return this.structure.step(id, direction, rootId)
  }

  /** Shows it where it goes, at once. */
  move(id: string, to: Place): void {
    this.structure.move(id, to)
  }

  /** Puts a card into a column, which is called `into`, and to its place there. */
  moveCard(card: CardMove, into: string): void {
    // It was to have another status.
    this.chunk(card.id).withdraw(['status'])
    this.structure.moveCard(card, into)
  }

  /** Puts several cards, in this order, to the end of a column; what it does not take stays, and says why. */
  moveCards(ids: readonly string[], status: string, label: string): void {
    const known = ids.filter((id) => this.env.cache.chunk(id))
    const bulk: Bulk = { label, ids: known, saved: new Map(), move: { status, refused: new Map() } }
    for (const id of known) {
      // It was to have another status.
      this.chunk(id).withdraw(['status'])
      this.bulks.delete(id)
    }
    this.bulk.set(bulk)
    this.structure.moveCards(known, status, label, (id, reason) => {
      const now = this.bulk.get()
      if (now?.ids !== known) this.env.say.info(`“${this.titleOf(id)}” stays where it was`, reason)
      else this.refuse(now, [...(now.move?.refused ?? []), [id, reason]])
    })
  }

  /** Tries to move those again that were refused. */
  moveAgain(ids: readonly string[]): void {
    const { move, label = '' } = this.bulk.get() ?? {}
    const refused = ids.filter((id) => move?.refused.has(id))
    if (move && refused.length > 0) this.moveCards(refused, move.status, label)
  }

  /** They stay where they are. */
  keepPlaces(ids: readonly string[]): void {
    const now = this.bulk.get()
    if (now?.move)
      this.refuse(
        now,
        [...now.move.refused].filter(([id]) => !ids.includes(id)),
      )
  }

  private refuse(bulk: Bulk, refused: readonly (readonly [string, string])[]): void {
    if (bulk.move) this.bulk.set({ ...bulk, move: { ...bulk.move, refused: new Map(refused) } })
  }

  /** Saves how a board of the document is set up, or a view of it; rejects where that was not taken. */
  async saveBoard(name: string, settings: wire.BoardSettings, title = 'Board'): Promise<void> {
    const { cache, client } = this.env
    const natural_key = `board:${name}`
    const seen = cache.seq()
    const known = [...cache.chunks().values()].find((chunk) => chunk.natural_key === natural_key)
    const before = Object.fromEntries(Object.keys(settings).map((key) => [key, known?.fields?.[key] ?? null]))
    const chunk = known
      ? await client.document({
          op: 'update_chunk',
          id: known.id,
          revision: known.revision,
          set_fields: { ...settings },
        })
      : await this.createBoard(natural_key, settings, title)
    this.own.saved(chunk)
    cache.put(chunk)
    const undo = () => {
      // A view that was made with it goes.
      if (!known && name !== 'main') return this.structure.takeBack(chunk.id, title, seen)
      void this.saveBoard(name, before).catch((error) => this.env.say.error('Nothing was undone', error))
    }
    this.done.push({ label: known || name === 'main' ? 'changing the board' : `saving the view “${title}”`, undo })
  }

  private async createBoard(natural_key: string, settings: wire.BoardSettings, title: string): Promise<Chunk> {
    const { client } = this.env
    const of = { document_id: this.documentId, natural_key, type: 'loom/board', title }
    const { id } = await client.document({ op: 'upsert_chunk', ...of, fields: { ...settings } })
    return client.document({ op: 'get_chunk', id })
  }

  /** Says something about a chunk: seen at once, kept until the server has it. */
  comment(said: Omit<NewComment, 'key' | 'at' | 'documentId'>): void {
    this.structure.comment({ ...said, documentId: this.documentId })
  }

  /** Takes it out of sight, with what is under it; a while later it is gone. */
  remove(id: string): void {
    this.structure.remove(id)
  }

  /** Nobody looks at it any more: there are no second thoughts about what was deleted, and what was typed has had its pause. */
  leave(): void {
    this.structure.settleAll()
    for (const writer of this.writers.values()) writer.flush()
    this.keepTyped()
  }

  /** The page may be gone without another word: what is typed is kept to the last letter. */
  keepTyped(): void {
    this.kept.flush()
  }

  /** Takes the last change made here back. */
  undo(): void {
    this.done.undo()
  }

  /** Something of it would be gone with this page. */
  get wouldLose(): boolean {
    this.keepTyped()
    return this.state.get().unkept.size > 0 || this.structure.wouldLose
  }

  private keep(id: string, edit: ChunkEdit | undefined): void {
    const isKept = this.env.kept.edits.write(id, edit) || edit === undefined
    const { unkept } = this.state.get()
    if (isKept === !unkept.has(id)) return
    const others = [...unkept].filter((each) => each !== id)
    this.state.set({ ...this.state.get(), unkept: new Set(isKept ? others : [...others, id]) })
  }

  private note(id: string, edit: ChunkEdit | undefined): void {
    if (!this.held && this.state.get().edits.size > many) {
      this.held = new Map()
      this.env.after(togetherFor, () => this.release())
    }
    if (this.held) this.held.set(id, edit)
    else this.noteAll([[id, edit]])
  }

  private noteAll(noted: Iterable<[string, ChunkEdit | undefined]>): void {
    const edits = new Map(this.state.get().edits)
    for (const [id, edit] of noted) {
      if (edit) edits.set(id, edit)
      else edits.delete(id)
    }
    this.state.set({ ...this.state.get(), edits })
    for (const [id, edit] of noted) this.noteUndoable(id, edit)
  }

  /** What is done in between is seen at once. */
  private together(run: () => void): void {
    this.held ??= new Map()
    run()
    this.release()
  }

  private release(): void {
    const { held, heldSaved } = this
    this.held = undefined
    this.heldSaved = []
    for (const chunk of heldSaved) this.env.cache.put(chunk)
    if (held && held.size > 0) this.noteAll(held)
  }

  private put(chunk: Chunk): void {
    if (this.held) this.heldSaved.push(chunk)
    else this.env.cache.put(chunk)
  }

  private noteUndoable(id: string, edit: ChunkEdit | undefined): void {
    if (this.isOfBulk(id, edit)) {
      this.forgetUnsaved(id)
      return
    }
    const undone = this.undoing.get(id)
    const isUndone = edit && undone && (same(undone, edit.waiting) || same(undone, edit.sending?.patch))
    if (edit && !isUndone) this.undoing.delete(id)
    // What is not saved yet can be taken back, too; but for what waits for a decision of its own.
    const canBe = edit && !isUndone && !isStuck(edit)
    if (!canBe) this.forgetUnsaved(id)
    else if (!this.unsaved.has(id)) {
      const change = { label: this.labelOf(id, unsaved(edit)), undo: () => this.withdraw(id) }
      this.unsaved.set(id, change)
      this.done.push(change)
    }
  }

  /** Until it is saved or given up; what is written into it afterwards is a change of its own. */
  private isOfBulk(id: string, edit: ChunkEdit | undefined): boolean {
    if (edit && this.ended.delete(id)) this.bulks.delete(id)
    else if (!edit && this.bulks.has(id)) this.ended.add(id)
    return this.bulks.has(id)
  }

  private undoAll({ ids, saved }: Bulk): void {
    let others = 0
    this.together(() => {
      for (const id of ids) {
        const part = saved.get(id)
        this.bulks.delete(id)
        if (!part) {
          this.withdraw(id)
          continue
        }
        const known = this.env.cache.chunk(id)
        const back = known && takenBack(known, part.before, part.after)
        if (back) this.takeBack(id, known, back)
        else others++
      }
    })
    if (others === 0) return
    this.env.say.info('Not everything was undone', `${plural(others, 'chunk')} changed again since.`)
  }

  private forgetUnsaved(id: string): void {
    const change = this.unsaved.get(id)
    this.unsaved.delete(id)
    if (change) this.done.drop(change)
  }

  /** Takes back what is not sent; and what is on its way, by sending what was there before after it. */
  private withdraw(id: string): void {
    this.unsaved.delete(id)
    const writer = this.chunk(id)
    const edit = writer.state.get()
    const known = this.env.cache.chunk(id)
    if (edit && keysOf(edit.waiting).length > 0) writer.withdraw()
    else if (edit?.sending && known) this.takeBack(id, known, edit.sending.before)
  }

  private takeBack(id: string, known: Known, before: Patch): void {
    this.undoing.set(id, before)
    this.chunk(id).edit(known, before)
  }

  private saved(chunk: Chunk, { before, after }: { before: Patch; after: Patch }): void {
    const { id, revision } = chunk
    this.own.saved(chunk)
    this.put(chunk)
    const bulk = this.bulks.get(id)
    if (bulk) {
      this.bulks.delete(id)
      this.ended.delete(id)
      bulk.saved.set(id, { before, after })
      return
    }
    const left = this.chunk(id).state.get()
    const undone = this.undoing.get(id)
    // What is being taken back already, and then that it was, is no change to take back.
    if (undone && !same(undone, after) && same(undone, left?.waiting)) return
    this.undoing.delete(id)
    if (!same(undone, after)) this.noteSaved(id, revision, before, after)
    this.note(id, left)
  }

  private noteSaved(id: string, revision: number, before: Patch, after: Patch): void {
    this.forgetUnsaved(id)
    const last = this.lastSaved
    const goesOn =
      last !== undefined &&
      last.id === id &&
      last.change === this.done.next.get() &&
      this.env.now() - last.at < oneChange &&
      same(keysOf(last.after), keysOf(after)) &&
      keysOf(after).every((key) => key === 'body' || key === 'title')
    const from = goesOn ? last.before : before
    const change = this.undoOf(id, revision, from, after)
    if (goesOn) this.done.extend(last.change, change)
    else this.done.push(change)
    this.lastSaved = { id, at: this.env.now(), before: from, after, change }
  }

  private undoOf(id: string, revision: number, before: Patch, after: Patch): Undoable {
    const { say } = this.env
    const title = this.titleOf(id)
    const undo = async () => {
      try {
        const known = await this.read(id, revision, after)
        const back = takenBack(known, before, after)
        if (!back) return say.info('Nothing was undone', `“${title}” has been changed again since.`)
        this.takeBack(id, known, back)
      } catch (error) {
        if (isNoSuchChunk(error, id)) {
          return say.info('Nothing was undone', `“${title}” is no longer in the document.`)
        }
        this.done.push(change)
        say.error('Nothing was undone', error)
      }
    }
    const change = { label: this.labelOf(id, after), undo: () => void undo() }
    return change
  }

  /** A chunk as it is; where its text is not at hand, it is what was written, or is read. */
  private async read(id: string, revision: number, written: Patch): Promise<Known> {
    const known = this.env.cache.chunk(id)
    if (known?.revision === revision) return withPatch(known, written)
    if (known && ('body' in known || !('body' in written))) return known
    return this.env.client.document({ op: 'get_chunk', id })
  }

  private labelOf(id: string, patch: Patch): string {
    return `changing ${keysOf(patch).map(keyName).join(' and ')} of “${this.titleOf(id)}”`
  }

  private titleOf(id: string): string {
    return this.env.cache.chunk(id)?.title || 'Untitled'
  }

  private within(tops: ReadonlySet<string>): ChunkWriter[] {
    const chunks = this.env.cache.chunks()
    const isWithin = (id: string) => tops.has(id) || ancestorsOf(chunks, id).some((above) => tops.has(above.id))
    return [...this.writers].filter(([id]) => isWithin(id)).map(([, writer]) => writer)
  }
}

/** What undoing a change makes of the chunk; undefined where somebody has changed the same since. */
function takenBack(known: Known, before: Patch, after: Patch): Patch | undefined {
  const parts = keysOf(after).map((key) => {
    const theirs = partOf(known, key)
    const isFree = key === 'tags' || same(theirs, after[key])
    return [key, isFree ? merged(key, { before: after[key], mine: before[key], theirs }) : undefined] as const
  })
  return parts.some(([, part]) => part === undefined) ? undefined : Object.fromEntries(parts)
}
