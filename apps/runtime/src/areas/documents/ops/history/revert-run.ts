import { RuntimeError } from '@loomcycle/proto'
import type { PlaceScope } from '../../../../ground/identity/place.ts'
import { asOneOfMany, nextSlice } from '../../../../ground/in-slices.ts'
import type { Caller } from '../../../../tools/caller.ts'
import { requireMayUndo } from '../../board/follow-team.ts'
import { changeChunk } from '../../chunks/change-chunk.ts'
import type { ChunkState, StoredChunk } from '../../chunks/chunk.ts'
import type { Destination } from '../../chunks/destination.ts'
import { fewChunks, markBranch, unmarkBranch } from '../../chunks/mark-branch.ts'
import { formerRank } from '../../chunks/rank.ts'
import { type Removed, type RemovedBatch, removeSubtree } from '../../chunks/remove-chunks.ts'
import { declareType } from '../../declare-type.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type Edit, edit } from '../../edit.ts'
import { restoreBranch, restoreDocument, restoreSubtree } from '../../history/restore.ts'
import { type ChunkEffect, effectsOf, type RunEffects } from '../../history/undo-run.ts'
import { look } from '../../look.ts'
import { removeDocument } from '../../remove-document.ts'
import {
  type By,
  findForeignChange,
  findForeignEdgeChange,
  findForeignTypeChange,
  lastChange,
  listChangesOfRun,
} from '../../store/changes.ts'
import { findChunk, isWithin, listBatchTitles, listSubtreeTitles, type TitledChunk } from '../../store/chunks.ts'
import { findDocument } from '../../store/documents.ts'
import { deleteEdge, findEdge, insertEdges } from '../../store/edges.ts'
import { deleteType, findTypeAt } from '../../store/types.ts'

type What = 'chunk' | 'document' | 'edge' | 'type'

interface Outcome {
  reverted: Array<{ what: What; id: string; how: 'restored' | 'deleted' | 'recreated'; title?: string }>
  skipped: Array<{ what: What; id: string; title?: string; reason: string }>
}

const op = 'revert_run'
/** A change may have a long text with it. */
const pageSize = 100
const stepMs = 8

/** So much is undone in one step; what is more than that, thing by thing in the same order. */
const fewThings = 100
const fewChanges = 500

/** Undoes each thing the run did, unless somebody else has done something to it since; that stays, and is named. */
export function revertRun(deps: DocumentDeps): DocumentOp<'revert_run'> {
  return async (caller, { scope, run_id, document_id }) => {
    const { tx, placeId, headSeq } = await look(deps, caller, scope)
    const filter = { runId: run_id, documentId: document_id }
    const undoing = (): Undoing => ({
      by: { runId: run_id, actor: caller.actor, since: headSeq },
      gone: new Set(),
      outcome: { reverted: [], skipped: [] },
    })
    const effects = await effectsOf(changesOfRun(tx, placeId, filter, nextSlice))
    if (isLittle(effects)) {
      return await edit(deps, caller, scope, async (current) => {
        const inOne = undoing()
        // As it is now that nobody comes in between.
        const now = await effectsOf(changesOfRun(current.tx, current.placeId, filter, async () => {}))
        for (const step of stepsOf(inOne, now)) if ('work' in step) await step.work(current)
        return { run_id, ...inOne.outcome }
      })
    }
    // What is to come back has to be gone first.
    await deps.leftovers.run()
    const { keyed: _, ...inBetween } = caller
    const inMany = undoing()
    for (const step of stepsOf(inMany, effects)) {
      if ('bring' in step) await step.bring(deps, inBetween, scope)
      else await asOneOfMany(() => edit(deps, inBetween, scope, step.work))
    }
    return await edit(deps, caller, scope, async () => ({ run_id, ...inMany.outcome }))
  }
}

function isLittle({ changes, documents, chunks, edges, types }: RunEffects): boolean {
  if (changes > fewChanges) return false
  if (documents.length + chunks.length + edges.length + types.length > fewThings) return false
  return documents.every(({ created }) => created) && !chunks.some(({ removed }) => removed && 'batch' in removed)
}

/** All that a run changed, a page at a time. */
async function* changesOfRun(
  db: Edit['tx'],
  placeId: number,
  { runId, documentId }: { runId: string; documentId: string | undefined },
  letOthers: () => Promise<void>,
) {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    await letOthers()
    const page = await listChangesOfRun(db, placeId, { runId, documentId }, { before, limit: pageSize })
    yield* page
    if (page.length < pageSize) return
    before = page.at(-1)!.seq
  }
}

interface Undoing {
  by: By
  /** Documents, with everything that was done in them. */
  gone: Set<string>
  outcome: Outcome
}

/** One transaction, or several of its own. */
type Step =
  | { work: (current: Edit) => Promise<void> }
  | { bring: (deps: DocumentDeps, caller: Caller, scope: PlaceScope | undefined) => Promise<void> }

function* stepsOf(undoing: Undoing, { documents, chunks, edges, types, names }: RunEffects): Generator<Step> {
  const { by, gone, outcome } = undoing
  for (const document of documents) {
    if (document.created) yield { work: (current) => undoDocument(current, undoing, document) }
    else yield { bring: (...asking) => bringDocumentBack(asking, document, outcome) }
  }
  for (const chunk of chunks.filter(({ removed, created }) => removed && !created)) {
    if ('batch' in chunk.removed!) yield { bring: (...asking) => bringBranchBack(asking, chunk, outcome) }
    else yield { work: (current) => bringBack(current, chunk, outcome) }
  }
  const own = new Set(chunks.filter(({ created }) => created).map(({ id }) => id))
  for (let next = 0; next < chunks.length; ) {
    let large: ChunkEffect | undefined
    yield {
      work: async (current) => {
        const ends = performance.now() + stepMs
        do {
          const chunk = chunks[next++]!
          if (gone.has(chunk.document_id)) continue
          if ((await undoChunk(current, by, chunk, own, outcome)) === 'large') large = chunk
        } while (!large && next < chunks.length && performance.now() < ends)
      },
    }
    if (large) yield { bring: (...asking) => takeBranchAway(asking, undoing, large!, own) }
  }
  for (let next = 0; next < edges.length; ) {
    yield {
      work: async (current) => {
        const ends = performance.now() + stepMs
        do await undoEdge(current, by.runId, edges[next++]!, outcome)
        while (next < edges.length && performance.now() < ends)
      },
    }
  }
  yield { work: (current) => undoTypes(current, by.runId, types, outcome) }
  for (const { id, title } of names) {
    if (!gone.has(id)) outcome.skipped.push({ what: 'document', id, title, reason: 'the name it was given is kept' })
  }
}

async function undoDocument(
  current: Edit,
  { by, gone, outcome }: Undoing,
  { id, title, since }: RunEffects['documents'][number],
) {
  const { tx, placeId } = current
  const document = await findDocument(tx, placeId, id)
  if (!document) {
    gone.add(id)
    return
  }
  const foreign = await findForeignChange(tx, placeId, { documentId: id }, { after: since, by })
  if (foreign) {
    outcome.skipped.push({ what: 'document', id, title, reason: byWhom(foreign.actor) })
    return
  }
  await removeDocument(current, document, op)
  gone.add(id)
  outcome.reverted.push({ what: 'document', id, title, how: 'deleted' })
}

type Asking = [deps: DocumentDeps, caller: Caller, scope: PlaceScope | undefined]

async function bringDocumentBack(
  [deps, caller, scope]: Asking,
  { id, title, removed }: RunEffects['documents'][number],
  outcome: Outcome,
) {
  const { tx, placeId } = await look(deps, caller, scope)
  if (!removed || (await findDocument(tx, placeId, id))) return
  await restoreDocument(deps, caller, scope, removed, op)
  outcome.reverted.push({ what: 'document', id, title, how: 'recreated' })
}

async function bringBranchBack(
  [deps, caller, scope]: Asking,
  { id, document_id, title, removed }: ChunkEffect,
  outcome: Outcome,
) {
  const { tx, placeId } = await look(deps, caller, scope)
  const branch = removed as RemovedBatch
  if (await findChunk(tx, placeId, id)) return
  const parentIsThere = branch.parent_id === '' || (await findChunk(tx, placeId, branch.parent_id))
  if (!parentIsThere || !(await findDocument(tx, placeId, document_id))) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: 'what it was under is gone' })
    return
  }
  await restoreBranch(deps, caller, scope, { id, document_id, removed: branch, op })
  outcome.reverted.push({ what: 'chunk', id, title, how: 'recreated' })
}

async function bringBack(current: Edit, { id, title, removed }: ChunkEffect, outcome: Outcome) {
  const { tx, placeId } = current
  const [top] = (removed as Removed).chunks
  if (!top || (await findChunk(tx, placeId, id))) return
  const parentIsThere = top.parent_id === '' || (await findChunk(tx, placeId, top.parent_id))
  if (!parentIsThere || !(await findDocument(tx, placeId, top.document_id))) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: 'what it was under is gone' })
    return
  }
  await restoreSubtree(current, removed as Removed, op)
  outcome.reverted.push({ what: 'chunk', id, title, how: 'recreated' })
}

/** `large`: something the run made, with so much under it that it goes in steps of its own. */
async function undoChunk(
  current: Edit,
  by: By,
  effect: ChunkEffect,
  own: ReadonlySet<string>,
  outcome: Outcome,
): Promise<'large' | undefined> {
  const { tx, placeId } = current
  const { id, since, title, created, before, removed } = effect
  const chunk = await findChunk(tx, placeId, id)
  if (!chunk) {
    if (!created && !removed) outcome.skipped.push({ what: 'chunk', id, title, reason: 'it is gone' })
    return undefined
  }
  const foreign = await findForeignChange(tx, placeId, { chunkId: id }, { after: since, by })
  if (foreign) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: byWhom(foreign.actor) })
  } else if (created) {
    return undoCreation(current, by.runId, chunk, own, outcome)
  } else if (Object.keys(before).length > 0) {
    const destination = await formerPlace(current, chunk, before)
    const { parent_id: _, position: __, rank: former, ...content } = before
    const rank = former ? { rank: await formerRank(current, chunk, content.status ?? chunk.status, former) } : {}
    const held = await whyHeld(current, chunk, content)
    if (held !== undefined) {
      outcome.skipped.push({ what: 'chunk', id, title, reason: held })
      return undefined
    }
    const newRevision = Object.keys(content).some((key) => key !== 'tags')
    const patch = { content, ...(destination ? { destination } : {}), ...rank }
    await changeChunk(current, chunk, patch, { op, newRevision })
    outcome.reverted.push({ what: 'chunk', id, title, how: 'restored' })
  }
  return undefined
}

/** In the words of its team, where that does not let go of it. */
async function whyHeld(current: Edit, chunk: StoredChunk, content: Partial<ChunkState>): Promise<string | undefined> {
  try {
    await requireMayUndo(current, chunk, content)
    return undefined
  } catch (error) {
    if (error instanceof RuntimeError && error.code === 'move_not_allowed') return error.message
    throw error
  }
}

async function undoCreation(
  current: Edit,
  runId: string,
  chunk: StoredChunk,
  own: ReadonlySet<string>,
  outcome: Outcome,
): Promise<'large' | undefined> {
  const { id, title } = chunk
  const some = await listSubtreeTitles(current.tx, chunk, runId, fewChunks + 1)
  const other = some.find((below) => isOfOthers(below, own))
  if (other) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: notOfTheRun(other) })
    return undefined
  }
  if (some.length > fewChunks) return 'large'
  await removeSubtree(current, chunk, op)
  outcome.reverted.push({ what: 'chunk', id, title, how: 'deleted' })
  return undefined
}

/** What the run made with all that is under it, in many steps. */
async function takeBranchAway(
  [deps, caller, scope]: Asking,
  { by: { runId }, outcome }: Undoing,
  { id }: ChunkEffect,
  own: ReadonlySet<string>,
) {
  const { tx, placeId } = await look(deps, caller, scope)
  const chunk = await findChunk(tx, placeId, id)
  if (!chunk) return
  const marked = await markBranch(deps, placeId, chunk)
  if (!marked) {
    await asOneOfMany(() =>
      edit(deps, caller, scope, async (current) => void (await undoCreation(current, runId, chunk, own, outcome))),
    )
    return
  }
  const { title } = chunk
  const skip = (reason: string) => void outcome.skipped.push({ what: 'chunk', id, title, reason })
  try {
    for (let after = 0; ; ) {
      await nextSlice()
      const page = await listBatchTitles(tx, marked.batch, runId, { after, limit: pageSize })
      const other = page.find((below) => isOfOthers(below, own))
      if (other) return skip(notOfTheRun(other))
      if (page.length < pageSize) break
      after = page.at(-1)!.n
    }
    await asOneOfMany(() =>
      edit(deps, caller, scope, async (current) => {
        const isUntouched = (await lastChange(current.tx, chunk.document_id)) === marked.asOf
        if (!isUntouched) return skip('others went on changing its document meanwhile; ask again')
        await removeSubtree(current, chunk, op, marked)
        outcome.reverted.push({ what: 'chunk', id, title, how: 'deleted' })
      }),
    )
  } finally {
    await unmarkBranch(deps, marked)
  }
}

function isOfOthers({ id, foreign }: TitledChunk, own: ReadonlySet<string>): boolean {
  return !own.has(id) || foreign !== 0
}

function notOfTheRun({ id, title }: TitledChunk): string {
  return `${title || id} under it is not the run’s`
}

/** Where it was, if that is still a place for it. */
async function formerPlace(
  { tx, placeId }: Edit,
  chunk: StoredChunk,
  before: Partial<ChunkState>,
): Promise<Destination | undefined> {
  const { parent_id: parentId = chunk.parent_id, position } = before
  if (position === undefined) return undefined
  const parent = parentId === '' ? undefined : await findChunk(tx, placeId, parentId)
  if (parentId !== '' && parent?.document_id !== chunk.document_id) return undefined
  if (parentId !== '' && (await isWithin(tx, parentId, chunk.id))) return undefined
  return { parentId, target: { at: 'position', position } }
}

async function undoEdge(
  { tx, placeId, now, record }: Edit,
  runId: string,
  { from_id, to_id, kind, since, drawn }: RunEffects['edges'][number],
  outcome: Outcome,
) {
  const id = `${from_id} -> ${to_id} [${kind}]`
  const from = await findChunk(tx, placeId, from_id)
  const to = await findChunk(tx, placeId, to_id)
  if (!from || !to) return
  const foreign = await findForeignEdgeChange(tx, placeId, { from_id, to_id, kind }, { after: since, runId })
  if (foreign) {
    outcome.skipped.push({ what: 'edge', id, reason: byWhom(foreign.actor) })
    return
  }
  const edge = await findEdge(tx, from_id, to_id, kind)
  if (drawn ? !edge : edge) return
  if (edge) await deleteEdge(tx, edge)
  else await insertEdges(tx, placeId, [{ from_id, to_id, kind, auto: 0 }], now)
  outcome.reverted.push({ what: 'edge', id, how: drawn ? 'deleted' : 'recreated' })
  const detail = { title: from.title, kind, to_id }
  const { document_id, revision } = from
  const undone = drawn ? 'unlink_chunks' : 'link_chunks'
  record({ op: undone, document_id, chunk_id: from_id, revision, detail, before: { kind, to_id } })
}

async function undoTypes(edit: Edit, runId: string, effects: RunEffects['types'], outcome: Outcome) {
  const { tx, placeId, record } = edit
  for (const { document_id, name, since, before } of effects) {
    const foreign = await findForeignTypeChange(tx, placeId, { document_id, name }, { after: since, runId })
    if (foreign) {
      outcome.skipped.push({ what: 'type', id: name, reason: byWhom(foreign.actor) })
      continue
    }
    const current = await findTypeAt(tx, placeId, document_id, name)
    if (current?.fields === before?.fields) continue
    if (before) await declareType(edit, before, current)
    else await deleteType(tx, placeId, { document_id, name })
    outcome.reverted.push({ what: 'type', id: name, how: before ? 'restored' : 'deleted' })
    record({ op, document_id, chunk_id: '', revision: 0, detail: { title: name }, before: undefined })
  }
}

function byWhom({ kind, id }: { kind: string; id: string }): string {
  return `changed since by ${kind === 'agent' ? 'the agent ' : ''}${id}`
}
