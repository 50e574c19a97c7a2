import { ChangedSinceError, type DocumentChange } from '@loomcycle/client'
import type { Store } from '../../../lib/browser/store.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { plural } from '../../../lib/format.ts'
import { actorName } from '../model/changes.ts'
import { ancestorsOf } from '../model/outline.ts'
import { type CardMove, cardPlace, columnsOf, formerPlace, withCardMoves } from './card-move.ts'
import { isNoSuchChunk } from './chunk-writer.ts'
import { type NewComment, toCreate } from './comment.ts'
import type { DocumentEnvironment } from './document-environment.ts'
import { type Errand, Errands } from './errands.ts'
import type { OwnChanges } from './own-changes.ts'
import { type Direction, type Move, type Place, placeInside, placeOf, step, toDestination, withMoves } from './place.ts'
import type { DocumentEdits } from './shown-chunks.ts'
import type { Undoable, UndoStack } from './undo-stack.ts'

interface Removal {
  ids: readonly string[]
  titles: ReadonlyMap<string, string>
  /** The last change of the document that whoever removes it has seen. */
  seen: number
  change: Undoable
  cancel(): void
}

/** A removal waits here for second thoughts: no op brings a removed chunk back as it was. */
const secondThoughts = 6_000

/** The going and changing places of chunks: shown at once, done in order, and kept until it is done. */
export class Structure {
  private readonly env: DocumentEnvironment
  private readonly state: Store<DocumentEdits>
  private readonly done: UndoStack
  private readonly own: OwnChanges
  private readonly onGone: (id: string) => void
  private readonly errands: Errands
  private readonly removals = new Map<string, Removal>()
  /** Who hears why an errand was refused, by its key. */
  private readonly hearing = new Map<string, (reason: string) => void>()

  constructor(
    env: DocumentEnvironment,
    shared: { state: Store<DocumentEdits>; done: UndoStack; own: OwnChanges; onGone(id: string): void },
  ) {
    this.env = env
    this.state = shared.state
    this.done = shared.done
    this.own = shared.own
    this.onGone = shared.onGone
    this.errands = new Errands(env, env.kept.errands, {
      run: (errand) => this.run(errand),
      onRefused: (errand, error) => this.refused(errand, error),
      onWaiting: (waiting) => this.change({ waiting }),
    })
  }

  /** What an earlier page has left undone is seen as done, and gets done. */
  takeUp(): void {
    for (const errand of this.errands.takeUp()) this.show(errand)
  }

  tryAgain(): void {
    this.errands.tryAgain()
  }

  /** Moves it one step from where it is by now; answers with where it is then. */
  step(id: string, direction: Direction, rootId: string): Place | undefined {
    const to = step(this.shown(), id, direction, rootId)
    if (to) this.move(id, to)
    return to
  }

  move(id: string, to: Place): void {
    const { cache } = this.env
    const shown = this.shown()
    const from = placeOf(shown, id)
    const title = shown.get(id)?.title || 'Untitled'
    const seen = cache.seq()
    this.do({ title, move: { id, to } })
    const undo = () => this.do({ title, move: { id, to: from }, seen, isUndo: true })
    this.done.push({ label: `moving “${title}”`, undo })
  }

  /** Puts a card into a column, and to its place there. */
  moveCard(card: CardMove, into: string): void {
    const shown = this.shown()
    const from = cardPlace(shown, card.id)
    const title = shown.get(card.id)?.title || 'Untitled'
    this.do({ title, card })
    const undo = () => {
      const { status = '' } = this.shown().get(card.id) ?? {}
      if (status === card.status) return this.do({ title, card: from, isUndo: true })
      this.env.say.info('Nothing was undone', `“${title}” has been moved again since.`)
    }
    this.done.push({ label: `moving “${title}”${from.status === card.status ? '' : ` to ${into}`}`, undo })
  }

  /** Puts several cards, in this order, to the end of a column; `onRefused` hears of each that it does not take. */
  moveCards(ids: readonly string[], status: string, label: string, onRefused: (id: string, reason: string) => void) {
    const shown = this.shown()
    const wanted = new Set(ids)
    const columns = [...columnsOf(shown, ids)]
    const from = columns.flatMap(([was, column]) =>
      column.filter((id) => wanted.has(id)).map((id) => ({ id, was, column })),
    )
    const titleOf = (id: string) => shown.get(id)?.title || 'Untitled'
    const errands = ids.map((id) => ({ ...this.errand({ title: titleOf(id), card: { id, status } }), id }))
    this.change({ cardMoves: [...this.state.get().cardMoves, ...errands.map(({ card }) => card!)] })
    for (const { id, ...errand } of errands) {
      this.hearing.set(errand.key, (reason) => onRefused(id, reason))
      this.errands.add(errand)
    }
    const undo = () => {
      const now = this.shown()
      const statusOf = (id: string) => now.get(id)?.status ?? ''
      for (const { id, was, column } of from.filter(({ id }) => statusOf(id) === status)) {
        this.do({ title: titleOf(id), card: formerPlace(was, column, id, this.shown()), isUndo: true })
      }
      const others = from.filter(({ id, was }) => statusOf(id) !== status && statusOf(id) !== was).length
      if (others > 0) {
        this.env.say.info('Not everything was undone', `${plural(others, 'chunk')} changed again since.`)
      }
    }
    this.done.push({ label, undo })
  }

  /** Puts several, in this order, behind what is in another chunk. */
  moveAll(ids: readonly string[], parentId: string): void {
    const { cache } = this.env
    const tops = this.tops(ids).filter((id) => id !== parentId)
    const from = tops.map((id) => ({ id, to: placeOf(this.shown(), id) }))
    const seen = cache.seq()
    const titleOf = (id: string) => cache.chunk(id)?.title || 'Untitled'
    for (const id of tops) this.do({ title: titleOf(id), move: { id, to: placeInside(this.shown(), parentId) } })
    // In the same order: each goes back behind the one it was behind, which is there again.
    const undo = () => {
      for (const move of from) this.do({ title: titleOf(move.id), move, seen, isUndo: true })
    }
    this.done.push({ label: `moving ${plural(tops.length, 'chunk')}`, undo })
  }

  /** Takes it out of sight, with what is under it; a while later it is gone. */
  remove(id: string): void {
    this.removeAll([id])
  }

  /** The same of several: one undo brings all of them back. */
  removeAll(all: readonly string[]): void {
    const ids = this.tops(all).filter((id) => !this.removals.has(id) && this.env.cache.chunk(id))
    const [first] = ids
    if (first === undefined) return
    const titles = new Map(ids.map((id) => [id, this.env.cache.chunk(id)?.title || 'Untitled']))
    const what = ids.length === 1 ? `“${titles.get(first)}”` : plural(ids.length, 'chunk')
    const change: Undoable = { label: `deleting ${what}`, undo: () => this.keepAfterAll(first) }
    const cancel = this.env.after(secondThoughts, () => this.settle(first))
    const removal: Removal = { ids, titles, seen: this.env.cache.seq(), change, cancel }
    for (const id of ids) this.removals.set(id, removal)
    this.change({ removed: new Set([...this.state.get().removed, ...ids]) })
    this.done.push(change)
    this.env.say.undoable(`removal ${first}`, `${what} ${ids.length === 1 ? 'is' : 'are'} deleted`, () => {
      this.done.drop(change)
      this.keepAfterAll(first)
    })
  }

  /** There are no second thoughts any more about what was deleted. */
  settleAll(): void {
    for (const id of [...this.removals.keys()]) this.settle(id)
  }

  get wouldLose(): boolean {
    return this.errands.wouldLose
  }

  /** Shows it as said, and says it. */
  comment(said: Omit<NewComment, 'key' | 'at'>): void {
    const comment = { ...said, key: this.env.newId(), at: this.env.now() }
    this.do({ title: this.env.cache.chunk(said.cardId)?.title || 'Untitled', comment })
  }

  /** Takes away what was added after that change. */
  takeBack(id: string, title: string, seen: number): void {
    this.do({ title, remove: id, seen, isUndo: true })
  }

  private keepAfterAll(id: string): void {
    const removal = this.close(id)
    if (removal) this.uncover(removal.ids)
  }

  private settle(id: string): void {
    const removal = this.close(id)
    for (const each of removal?.ids ?? []) {
      this.do({ title: removal?.titles.get(each) ?? '', remove: each, seen: removal?.seen ?? 0 })
    }
  }

  private close(id: string): Removal | undefined {
    const removal = this.removals.get(id)
    if (!removal) return undefined
    for (const each of removal.ids) this.removals.delete(each)
    removal.cancel()
    this.done.drop(removal.change)
    this.env.say.dismiss(`removal ${removal.ids[0]}`)
    return removal
  }

  /** Without those that are in another one of them. */
  private tops(ids: readonly string[]): string[] {
    const all = new Set(ids)
    const chunks = this.shown()
    return ids.filter((id) => !ancestorsOf(chunks, id).some((above) => all.has(above.id)))
  }

  private do(what: Omit<Errand, 'key' | 'at'>): void {
    const errand = this.errand(what)
    this.show(errand)
    this.errands.add(errand)
  }

  private errand<W extends Omit<Errand, 'key' | 'at'>>(what: W): W & Errand {
    return { ...what, key: this.env.newId(), at: this.env.now() }
  }

  private show({ move, card, remove, comment }: Errand): void {
    if (comment) this.change({ comments: [...this.state.get().comments, comment] })
    if (card) this.change({ cardMoves: [...this.state.get().cardMoves, card] })
    if (move) this.change({ moves: [...this.state.get().moves, move] })
    if (remove) this.change({ removed: new Set([...this.state.get().removed, remove]) })
  }

  private async run({ key, move, card, remove, comment, seen }: Errand): Promise<void> {
    const { cache, client } = this.env
    const once = { idempotencyKey: key }
    if (move) {
      const unmoved = seen === undefined ? {} : { unmoved_since: seen }
      this.own.moved(
        await client.document({ op: 'move_chunk', id: move.id, ...toDestination(move.to), ...unmoved }, once),
      )
      cache.place(move)
      this.moved(move)
    }
    if (card) {
      const { id, status, afterId, beforeId } = card
      const place = { ...(afterId ? { after_id: afterId } : {}), ...(beforeId ? { before_id: beforeId } : {}) }
      const placed = await client.document({ op: 'move_card', id, status, ...place }, once)
      this.own.placed(placed)
      cache.placeCard(placed)
      this.cardMoved(card)
      this.hearing.delete(key)
    }
    if (comment) {
      const chunk = await client.document({ op: 'create_chunk', ...toCreate(comment, this.env.self()) }, once)
      this.own.saved(chunk)
      cache.put(chunk)
      this.said(comment)
      for (const { agent, reason } of chunk.not_started ?? []) {
        if (comment.asks.includes(agent)) this.env.say.info(`${agent} was not started`, `${reason}.`)
      }
    }
    if (remove) {
      const unchanged = seen === undefined ? {} : { unchanged_since: seen }
      await client.document({ op: 'delete_chunk', id: remove, ...unchanged }, once).catch((error) => {
        // Somebody else was faster, or nobody heard the answer.
        if (!isNoSuchChunk(error, remove)) throw error
      })
      this.onGone(remove)
      cache.drop(remove)
      this.uncover([remove])
    }
  }

  private refused(errand: Errand, error: unknown): Errand | undefined {
    const { move, card, remove, comment, title, isUndo } = errand
    const foreign =
      error instanceof ChangedSinceError ? error.changes.find((change) => !this.own.has(change)) : undefined
    // It was this page that has changed it since.
    if (error instanceof ChangedSinceError && !foreign) {
      return { ...errand, key: this.env.newId(), seen: error.changes.at(-1)?.seq ?? errand.seen }
    }
    if (move) this.moved(move)
    if (card) this.cardMoved(card)
    if (comment) {
      this.said(comment)
      this.env.giveBack(
        comment,
        isNoSuchChunk(error, comment.cardId) ? 'The card was deleted.' : describeError(error).reason,
      )
      return undefined
    }
    const hear = this.hearing.get(errand.key)
    if (hear) {
      this.hearing.delete(errand.key)
      hear(describeError(error).reason)
      return undefined
    }
    if (remove) this.uncover([remove])
    const still = remove ? 'is still there' : 'stays where it was'
    if (!foreign) this.env.say.error(`“${title}” ${still}`, error)
    else if (isUndo) this.env.say.info('Nothing was undone', `${this.tell(foreign, errand)}; it ${still}.`)
    else this.env.say.info(`“${title}” ${still}`, `${this.tell(foreign, errand)}.`)
    return undefined
  }

  /** In words, what somebody has done meanwhile. */
  private tell({ actor, op, chunk_id, title }: DocumentChange, { move, remove, title: own }: Errand): string {
    const name = actorName(actor, this.env.self())
    const who = name === 'you' ? 'You, elsewhere,' : name
    const isIt = chunk_id === (remove ?? move?.id)
    if (op === 'link_chunks') return `${who} linked “${title || 'Untitled'}” with “${own}” meanwhile`
    const did = op === 'create_chunk' ? 'added' : op === 'move_chunk' ? 'moved' : 'changed'
    return `${who} ${did} ${isIt ? `“${own}”` : `“${title || 'Untitled'}” in “${own}”`} meanwhile`
  }

  private shown() {
    const { moves, cardMoves } = this.state.get()
    return withCardMoves(withMoves(this.env.cache.chunks(), moves), cardMoves)
  }

  private moved(move: Move): void {
    this.change({ moves: this.state.get().moves.filter((each) => each !== move) })
  }

  private cardMoved(card: CardMove): void {
    this.change({ cardMoves: this.state.get().cardMoves.filter((each) => each !== card) })
  }

  private uncover(ids: readonly string[]): void {
    this.change({ removed: new Set([...this.state.get().removed].filter((each) => !ids.includes(each))) })
  }

  private said(comment: NewComment): void {
    this.change({ comments: this.state.get().comments.filter(({ key }) => key !== comment.key) })
  }

  private change(change: Partial<DocumentEdits>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}
