import type { ChangeActor, DocumentChange } from '@loomcycle/client'
import { plural } from '../../../lib/format.ts'
import type { OutlineChunk } from './outline.ts'

/** What has to be read again after something was done to a document. */
export interface Stale {
  /** Chunks whose content changed. */
  chunks: ReadonlySet<string>
  /** Chunks whose children came, went or changed places; `''` is the top. */
  parents: ReadonlySet<string>
  removed: ReadonlySet<string>
  /** More than that. */
  everything: boolean
  /** Declared types. */
  types: boolean
  /** Links between chunks. */
  edges: boolean
}

/** More than this are read faster with everything else. */
const mostChunks = 24

const quiet = new Set(['link_chunks', 'unlink_chunks', 'set_path'])

export function staleAfter(changes: readonly DocumentChange[]): Stale {
  const chunks = new Set<string>()
  const parents = new Set<string>()
  const removed = new Set<string>()
  let everything = false
  let types = false
  let edges = false
  for (const change of changes) {
    const { op, chunk_id, parent_id, position, count, keys, ranks } = change
    // Said whole, or named one by one.
    if (ranks) continue
    if (!keys || keys.includes('body') || keys.includes('title')) edges = true
    if (op === 'define_type') types = true
    else if (quiet.has(op)) continue
    else if (op === 'delete_chunk' && chunk_id) removed.add(chunk_id)
    else if (!chunk_id || count !== undefined) everything = true
    else if (position !== undefined) {
      chunks.add(chunk_id)
      parents.add(parent_id ?? '')
    } else chunks.add(chunk_id)
  }
  for (const id of removed) chunks.delete(id)
  return { chunks, parents, removed, types, edges, everything: everything || chunks.size + parents.size > mostChunks }
}

/** What the outline does not know of a chunk. */
const untold = new Set(['body', 'preamble'])

/** A chunk after a change that says all of what became of it; undefined where it has to be read. */
export function toldBy(change: DocumentChange, known: OutlineChunk | undefined): OutlineChunk | undefined {
  const { keys, changed = {}, revision, count, position, at } = change
  if (!known || !keys || revision === undefined || count !== undefined || position !== undefined) return undefined
  const isNext = revision === known.revision || revision === known.revision + 1
  const isWhole = keys.every((key) => key in changed || untold.has(key))
  return isNext && isWhole ? { ...known, ...changed, revision, updated_at: at } : undefined
}

/** Cards that have made room for another one: nothing else of them is new. */
export function toldRanks(
  { ranks = {} }: DocumentChange,
  known: (id: string) => OutlineChunk | undefined,
): OutlineChunk[] {
  return Object.entries(ranks).flatMap(([id, rank]) => {
    const chunk = known(id)
    return chunk ? [{ ...chunk, rank }] : []
  })
}

/** The chunks with these read again, and without these and what was under them; an answer that is overtaken is old. */
export function patchChunks(
  chunks: ReadonlyMap<string, OutlineChunk>,
  read: readonly OutlineChunk[],
  removed: ReadonlySet<string>,
): ReadonlyMap<string, OutlineChunk> {
  const next = new Map(chunks)
  for (const chunk of read) if (chunk.revision >= (next.get(chunk.id)?.revision ?? 0)) next.set(chunk.id, chunk)
  if (removed.size === 0) return next
  const isGone = (chunk: OutlineChunk | undefined): boolean => {
    for (let at = chunk, depth = 0; at && depth < 100; depth++) {
      if (removed.has(at.id)) return true
      at = next.get(at.parent_id ?? '')
    }
    return false
  }
  const gone = [...next.values()].filter(isGone)
  for (const { id } of gone) next.delete(id)
  return next
}

/** The children of a chunk, as of a change or later. */
export interface Siblings {
  parentId: string
  asOf: number
  chunks: readonly OutlineChunk[]
}

/** As of which change the chunks of a document stand where they do: all of them, and those that were read since. */
export interface Placed {
  chunks: ReadonlyMap<string, OutlineChunk>
  placed: { all: number; under: ReadonlyMap<string, number> }
}

/** With siblings that were read again; where a newer reading has come before, they stand as that says. */
export function withSiblings<P extends Placed>(known: P, { parentId, asOf, chunks }: Siblings): P {
  const { all, under } = known.placed
  const isNewer = (parent: string) => Math.max(all, under.get(parent) ?? 0) > asOf
  if (isNewer(parentId)) return known
  const fresh = chunks.filter(({ id }) => !isNewer(known.chunks.get(id)?.parent_id ?? ''))
  const placed = { all, under: new Map(under).set(parentId, asOf) }
  return { ...known, chunks: patchChunks(known.chunks, fresh, new Set()), placed }
}

/** Who did something last to which chunk, and since when it is told. */
export interface Mark {
  actor: ChangeActor
  at: number
  /** When it was told, where the page was open: Unix milliseconds of this browser. */
  arrived?: number
  /** The revision that was seen before all of it; 0 where there was none. */
  from: number
  /** What it was called that has been deleted. */
  gone?: string
}

export type Marks = ReadonlyMap<string, Mark>

/** `from` stays what it was: several changes are one to whoever has seen none of them. */
export function markChanges(marks: Marks, changes: readonly DocumentChange[], arrived?: number): Marks {
  const next = new Map(marks)
  for (const change of changes) {
    const { chunk_id, actor, at, op, title = '' } = change
    if (!chunk_id) continue
    next.set(chunk_id, {
      ...{ actor, at: Date.parse(at), from: next.get(chunk_id)?.from ?? revisionBefore(change) },
      ...(arrived === undefined ? {} : { arrived }),
      ...(op === 'delete_chunk' ? { gone: title } : {}),
    })
  }
  return next
}

/** What was told late, and what has come since. */
export function joinMarks(before: Marks, since: Marks): Marks {
  const later = [...since].map(([id, mark]): [string, Mark] => [
    id,
    { ...mark, from: before.get(id)?.from ?? mark.from },
  ])
  return new Map([...before, ...later])
}

const withoutRevision = new Set(['tags', 'rank'])

/** Tags and places make none. */
function revisionBefore({ op, revision = 1, keys }: DocumentChange): number {
  if (op === 'create_chunk') return 0
  return keys?.some((key) => !withoutRevision.has(key)) ? revision - 1 : revision
}

export function actorName({ kind, id }: ChangeActor, self: string | undefined): string {
  return kind === 'user' && id === self ? 'you' : id
}

const verbs: Record<string, string> = { create_chunk: 'added', delete_chunk: 'deleted', move_chunk: 'moved' }

/** What happened just now, in a sentence: who, and how much of what. `titleOf` knows cards that something was said about. */
export function tellChanges(
  changes: readonly DocumentChange[],
  self: string | undefined,
  titleOf: (id: string) => string | undefined = () => undefined,
): string {
  const deeds = changes.filter(({ ranks }) => !ranks)
  const told = [...Map.groupBy(deeds, ({ actor }) => actorName(actor, self))]
    .map(([name, theirs]) => {
      const said = theirs.filter(isComment)
      const done = theirs.filter((change) => !isComment(change))
      return `${name} ${[tellComments(said, titleOf), tellDone(done)].filter(Boolean).join(' and ')}`
    })
    .join(', ')
  return told.replace(/^you /, 'You ')
}

function isComment({ changed, title = '' }: DocumentChange): boolean {
  return changed?.type === 'comment' || title.startsWith('Comment by ')
}

function tellComments(said: readonly DocumentChange[], titleOf: (id: string) => string | undefined): string {
  const [first] = said
  if (!first) return ''
  if (!said.every(({ op }) => op === 'create_chunk'))
    return said.every(({ op }) => op === 'delete_chunk') ? 'deleted a comment' : 'changed a comment'
  const cards = new Set(said.flatMap(({ parent_id }) => parent_id ?? []))
  const title = cards.size === 1 ? titleOf([...cards][0]!) : undefined
  return `commented on ${title ? `“${title}”` : plural(Math.max(cards.size, 1), 'card')}`
}

function tellDone(done: readonly DocumentChange[]): string {
  if (done.length === 0) return ''
  const verb = done.every(({ op }) => op === done[0]?.op) ? verbs[done[0]?.op ?? ''] : undefined
  const ids = new Set(done.flatMap(({ chunk_id }) => chunk_id ?? []))
  if (ids.size === 0) return 'changed the document'
  const title = done.findLast(({ title }) => title)?.title
  return `${verb ?? 'changed'} ${ids.size === 1 && title ? `“${title}”` : plural(ids.size, 'chunk')}`
}
