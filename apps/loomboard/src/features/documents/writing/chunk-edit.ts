import type { ChangeActor } from '@loomcycle/client'
import { type Choice, decidedPieces, mergeText, type Piece, rebasedText, textOf } from './merge/merge-text.ts'
import { type Content, type Key, keysOf, merged, type Patch, partOf, partsOf, pick, same, withPatch } from './patch.ts'

/** A chunk as the server has it. */
export interface Known extends Content {
  revision: number
  parent_id?: string
  updated_by?: ChangeActor
}

export type Problem =
  /** Somebody else changed these parts since they were read. */
  | { kind: 'conflict'; keys: readonly Key[]; theirs: Known }
  /** These parts are not taken as they are. */
  | { kind: 'refused'; keys: readonly Key[]; reason: string }
  /** The chunk has been deleted. */
  | { kind: 'gone' }
  /** It may have arrived or not, and is tried again. */
  | { kind: 'unanswered'; reason: string }

/** What somebody has changed of a chunk and the server has not acknowledged. */
export interface ChunkEdit {
  /** What it was called, and under what it was, where it was first changed here. */
  origin?: { title: string; parentId: string }
  /** The revision that it is based on, and what the parts were there. */
  revision: number
  before: Patch
  /** Not on its way yet; the newest values alone. */
  waiting: Patch
  /** On its way, or without an answer: it is sent again as it is. */
  sending?: { key: string; revision: number; before: Patch; patch: Patch }
  problem?: Problem
  /** Some parts were refused together: they are sent one by one, so that none holds up the others. */
  apart?: true
}

/** Somebody changes something; undefined where nothing is different any more. */
export function edited(edit: ChunkEdit | undefined, known: Known, patch: Patch): ChunkEdit | undefined {
  const origin = { title: known.title, parentId: known.parent_id ?? '' }
  const base = edit ?? { origin, revision: known.revision, before: {}, waiting: {} }
  const inConflict = base.problem?.kind === 'conflict' ? base.problem.keys : []
  const before: Record<string, unknown> = { ...base.before }
  const waiting: Record<string, unknown> = { ...base.waiting }
  for (const key of keysOf(patch)) {
    const sent = base.sending?.patch
    if (!(key in before)) before[key] = sent && key in sent ? sent[key] : partOf(known, key)
    waiting[key] = patch[key]
    if (!same(waiting[key], before[key]) || inConflict.includes(key)) continue
    delete before[key]
    delete waiting[key]
  }
  // Other words are another try.
  const refused = base.problem?.kind === 'refused' ? keysOf(patch) : []
  const next = settled(without(refused, { ...base, before, waiting }))
  // The words were written on what this was, and only then is it met by what it is now.
  return next && met(next, known)
}

/** Puts what waits on its way; undefined where there is nothing to send that nothing stands against. */
export function sent(edit: ChunkEdit, key: string): ChunkEdit | undefined {
  const { before, waiting, sending, problem } = edit
  if (sending || problem?.kind === 'gone' || problem?.kind === 'unanswered') return undefined
  const free = keysOf(waiting).filter((each) => !problem?.keys.includes(each))
  const keys = edit.apart ? free.slice(0, 1) : free
  if (keys.length === 0) return undefined
  const left = keysOf(waiting).filter((each) => !keys.includes(each))
  // What they have of the disputed parts is known; the others go on from there.
  const revision = problem?.kind === 'conflict' ? problem.theirs.revision : edit.revision
  return {
    ...edit,
    before: pick(before, left),
    waiting: pick(waiting, left),
    sending: { key, revision, before: pick(before, keys), patch: pick(waiting, keys) },
  }
}

/** The server has taken what was sent; `known` is what it made of the chunk. */
export function confirmed({ sending, ...edit }: ChunkEdit, known: Known): ChunkEdit | undefined {
  // What was sent is theirs by now, however they write it.
  return onto(edit, known, keysOf(sending?.patch ?? {}))
}

/** The server has a newer revision: what is unsent goes on from there, unless somebody else changed the same. */
export function met(edit: ChunkEdit, known: Known): ChunkEdit | undefined {
  const isFinal = edit.sending || edit.problem?.kind === 'gone'
  const seen = edit.problem?.kind === 'conflict' ? edit.problem.theirs.revision : edit.revision
  // What the outline knows of a chunk is not enough to go on from with a text.
  const isUnread = 'body' in edit.waiting && known.body === undefined
  return isFinal || isUnread || known.revision <= seen ? edit : onto(edit, known)
}

function onto(edit: ChunkEdit, known: Known, own: readonly Key[] = []): ChunkEdit | undefined {
  const keys = keysOf(edit.waiting).filter((key) => !own.includes(key) && mergedWith(edit, known, key) === undefined)
  if (keys.length > 0) {
    const problem = { kind: 'conflict' as const, keys, theirs: known }
    return keys.includes('body') ? withText({ ...edit, problem }, textPieces(edit, known)) : { ...edit, problem }
  }
  const { problem, ...rest } = edit
  return rebased(problem?.kind === 'refused' ? { ...rest, problem } : rest, known)
}

/** Somebody's text and what the chunk has by now, where both want the same and where not. */
export function textPieces({ before, waiting }: ChunkEdit, theirs: Known): Piece[] {
  return mergeText(before.body ?? '', waiting.body ?? '', theirs.body ?? '')
}

/** What is agreed about the text stands in it; only the rest is still to be decided. */
function withText(edit: ChunkEdit, pieces: readonly Piece[]): ChunkEdit {
  const { before, mine } = rebasedText(pieces)
  return { ...edit, before: { ...edit.before, body: before }, waiting: { ...edit.waiting, body: mine } }
}

/** One of the places where the texts differ is decided. */
export function decided(edit: ChunkEdit, conflict: number, choice: Choice): ChunkEdit | undefined {
  if (edit.problem?.kind !== 'conflict') return edit
  const { theirs } = edit.problem
  return onto(withText(edit, decidedPieces(textPieces(edit, theirs), conflict, choice)), theirs)
}

/** The server did not take what was sent, as the chunk is another by now; where a backup was restored, an older one. */
export function overtaken(edit: ChunkEdit, known: Known): ChunkEdit | undefined {
  return onto(recalled(edit), known)
}

/** The server did not take it and never will; of several parts it may have been one. */
export function refused(edit: ChunkEdit, reason: string): ChunkEdit {
  const tried = keysOf(edit.sending?.patch ?? {})
  const back = recalled(edit)
  if (tried.length > 1) return { ...back, apart: true }
  const known = edit.problem?.kind === 'refused' ? edit.problem.keys : []
  return { ...back, problem: { kind: 'refused', keys: [...new Set([...known, ...tried])], reason } }
}

/** There is no such chunk any more: what was written is still its author's. */
export function orphaned(edit: ChunkEdit): ChunkEdit {
  return { ...recalled(edit), problem: { kind: 'gone' } }
}

/** What is not on its way is not wanted after all; the same of some parts alone. */
export function withdrawn(edit: ChunkEdit, keys: readonly Key[] = keysOf(edit.waiting)): ChunkEdit | undefined {
  const left = keysOf(edit.waiting).filter((key) => !keys.includes(key))
  return settled(without(keys, { ...edit, before: pick(edit.before, left), waiting: pick(edit.waiting, left) }))
}

/** Nothing is to be decided any more about these parts. */
function without(keys: readonly Key[], { problem, ...edit }: ChunkEdit): ChunkEdit {
  if (problem?.kind !== 'conflict' && problem?.kind !== 'refused') return problem ? { ...edit, problem } : edit
  const left = problem.keys.filter((key) => !keys.includes(key))
  return left.length > 0 ? { ...edit, problem: { ...problem, keys: left } } : edit
}

export function unanswered(edit: ChunkEdit, reason: string): ChunkEdit {
  return { ...edit, problem: { kind: 'unanswered', reason } }
}

/** What stood against it is out of the way. */
export function again({ problem: _, ...edit }: ChunkEdit): ChunkEdit {
  return edit
}

/** Mine instead of theirs; of all that is disputed, or of these parts. */
export function keepMine(edit: ChunkEdit, keys?: readonly Key[]): ChunkEdit | undefined {
  if (edit.problem?.kind !== 'conflict') return edit
  const { theirs } = edit.problem
  return onto({ ...edit, before: { ...edit.before, ...partsOf(theirs, keys ?? edit.problem.keys) } }, theirs)
}

/** Theirs instead of mine; what they did not touch is still mine. */
export function takeTheirs(edit: ChunkEdit, keys?: readonly Key[]): ChunkEdit | undefined {
  if (edit.problem?.kind !== 'conflict') return edit
  const { theirs } = edit.problem
  const taken = keys ?? edit.problem.keys
  const left = keysOf(edit.waiting).filter((key) => !taken.includes(key))
  const waiting = pick(edit.waiting, left)
  if (!taken.includes('body')) return onto({ ...edit, waiting }, theirs)
  const body = textOf(textPieces(edit, theirs), 'theirs')
  const before = { ...edit.before, body: theirs.body ?? '' }
  return onto({ ...edit, before, waiting: { ...waiting, body } }, theirs)
}

/** All that is not acknowledged, newest words. */
export function unsaved({ sending, waiting }: ChunkEdit): Patch {
  return { ...sending?.patch, ...waiting }
}

/** Nothing goes on with it before somebody has decided. */
export function isStuck({ problem }: ChunkEdit): boolean {
  return problem !== undefined && problem.kind !== 'unanswered'
}

/** The chunk as it is to be seen: with what is on its way, without what was refused or is disputed. */
export function shown<C extends Content>(content: C, edit: ChunkEdit | undefined): C {
  if (!edit || edit.problem?.kind === 'gone') return content
  const patch = unsaved(edit)
  const held = edit.problem && edit.problem.kind !== 'unanswered' ? edit.problem.keys : []
  return withPatch(
    content,
    pick(
      patch,
      keysOf(patch).filter((key) => !held.includes(key)),
    ),
  )
}

/** A part as its author has it in the field, whatever the server says about it. */
export function mine(content: Content, edit: ChunkEdit | undefined, key: Key): unknown {
  const patch = edit ? unsaved(edit) : {}
  return key in patch ? patch[key] : partOf(content, key)
}

/** Back into what waits, below what was typed since. */
function recalled(edit: ChunkEdit): ChunkEdit {
  const { sending, ...rest } = edit
  if (!sending) return rest
  return {
    ...rest,
    // What is disputed is based on what it was.
    revision: rest.problem?.kind === 'conflict' ? rest.revision : sending.revision,
    before: { ...rest.before, ...sending.before },
    waiting: { ...sending.patch, ...rest.waiting },
  }
}

function rebased(edit: ChunkEdit, known: Known): ChunkEdit | undefined {
  const waiting: Patch = Object.fromEntries(
    keysOf(edit.waiting).map((key) => [key, mergedWith(edit, known, key) ?? edit.waiting[key]]),
  )
  const said = keysOf(waiting).filter((key) => same(waiting[key], partOf(known, key)))
  const left = keysOf(waiting).filter((key) => !said.includes(key))
  return settled(
    without(said, {
      ...edit,
      revision: known.revision,
      before: partsOf(known, left),
      waiting: pick(waiting, left),
    }),
  )
}

function mergedWith({ before, waiting }: ChunkEdit, known: Known, key: Key): unknown {
  return merged(key, { before: before[key], mine: waiting[key], theirs: partOf(known, key) })
}

function settled(edit: ChunkEdit): ChunkEdit | undefined {
  return edit.sending || keysOf(edit.waiting).length > 0 ? edit : undefined
}
