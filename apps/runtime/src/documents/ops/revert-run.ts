import { changeChunk } from '../change-chunk.ts'
import type { ChunkState, StoredChunk } from '../chunk.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import type { Destination } from '../destination.ts'
import { type Edit, edit } from '../edit.ts'
import { removeSubtree } from '../remove-chunks.ts'
import { removeDocument } from '../remove-document.ts'
import { restoreDocument, restoreSubtree } from '../restore.ts'
import { findForeignChange, findForeignEdgeChange, findForeignTypeChange, listChangesOfRun } from '../store/changes.ts'
import { findChunk, isWithin, listSubtree } from '../store/chunks.ts'
import { findDocument } from '../store/documents.ts'
import { deleteEdge, findEdge, insertEdges } from '../store/edges.ts'
import { deleteType, findTypeAt, putType } from '../store/types.ts'
import { type ChunkEffect, effectsOf, type RunEffects } from '../undo-run.ts'

type What = 'chunk' | 'document' | 'edge' | 'type'

interface Outcome {
  reverted: Array<{ what: What; id: string; how: 'restored' | 'deleted' | 'recreated'; title?: string }>
  skipped: Array<{ what: What; id: string; title?: string; reason: string }>
}

const op = 'revert_run'

/** Undoes each thing the run did, unless somebody else has done something to it since; that stays, and is named. */
export function revertRun(deps: DocumentDeps): DocumentOp<'revert_run'> {
  return (caller, { scope, run_id, document_id }) =>
    edit(deps, caller, scope, async (current) => {
      const changes = await listChangesOfRun(current.tx, current.placeId, run_id)
      const effects = effectsOf(
        changes.filter((change) => document_id === undefined || change.document_id === document_id),
      )
      const outcome: Outcome = { reverted: [], skipped: [] }
      const gone = await undoDocuments(current, run_id, effects.documents, outcome)
      for (const effect of effects.chunks.filter(({ removed, created }) => removed && !created)) {
        await bringBack(current, effect, outcome)
      }
      const own = new Set(effects.chunks.filter(({ created }) => created).map(({ id }) => id))
      for (const effect of effects.chunks) {
        if (!gone.has(effect.document_id)) await undoChunk(current, run_id, effect, own, outcome)
      }
      await undoEdges(current, run_id, effects.edges, outcome)
      await undoTypes(current, run_id, effects.types, outcome)
      for (const { id, title } of effects.names) {
        if (!gone.has(id))
          outcome.skipped.push({ what: 'document', id, title, reason: 'the name it was given is kept' })
      }
      return { run_id, ...outcome }
    })
}

/** The documents that are gone now, with everything that was done in them. */
async function undoDocuments(current: Edit, runId: string, effects: RunEffects['documents'], outcome: Outcome) {
  const { tx, placeId } = current
  const gone = new Set<string>()
  for (const { id, title, since, created, removed } of effects) {
    const document = await findDocument(tx, placeId, id)
    if (created && !document) gone.add(id)
    else if (created && document) {
      const foreign = await findForeignChange(tx, placeId, { documentId: id }, { after: since, runId })
      if (foreign) outcome.skipped.push({ what: 'document', id, title, reason: byWhom(foreign.actor) })
      else {
        await removeDocument(current, document, op)
        gone.add(id)
        outcome.reverted.push({ what: 'document', id, title, how: 'deleted' })
      }
    } else if (removed && !document) {
      await restoreDocument(current, removed, op)
      outcome.reverted.push({ what: 'document', id, title, how: 'recreated' })
    }
  }
  return gone
}

async function bringBack(current: Edit, { id, title, removed }: ChunkEffect, outcome: Outcome) {
  const { tx, placeId } = current
  const [top] = removed!.chunks
  if (!top || (await findChunk(tx, placeId, id))) return
  const parentIsThere = top.parent_id === '' || (await findChunk(tx, placeId, top.parent_id))
  if (!parentIsThere || !(await findDocument(tx, placeId, top.document_id))) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: 'what it was under is gone' })
    return
  }
  await restoreSubtree(current, removed!, op)
  outcome.reverted.push({ what: 'chunk', id, title, how: 'recreated' })
}

async function undoChunk(
  current: Edit,
  runId: string,
  effect: ChunkEffect,
  own: ReadonlySet<string>,
  outcome: Outcome,
) {
  const { tx, placeId } = current
  const { id, since, title, created, before, removed } = effect
  const chunk = await findChunk(tx, placeId, id)
  if (!chunk) {
    if (!created && !removed) outcome.skipped.push({ what: 'chunk', id, title, reason: 'it is gone' })
    return
  }
  const foreign = await findForeignChange(tx, placeId, { chunkId: id }, { after: since, runId })
  if (foreign) {
    outcome.skipped.push({ what: 'chunk', id, title, reason: byWhom(foreign.actor) })
  } else if (created) {
    await undoCreation(current, runId, chunk, own, outcome)
  } else if (Object.keys(before).length > 0) {
    const destination = await formerPlace(current, chunk, before)
    const { parent_id: _, position: __, ...content } = before
    const newRevision = Object.keys(content).some((key) => key !== 'tags')
    await changeChunk(current, chunk, { content, ...(destination ? { destination } : {}) }, { op, newRevision })
    outcome.reverted.push({ what: 'chunk', id, title, how: 'restored' })
  }
}

async function undoCreation(
  current: Edit,
  runId: string,
  chunk: StoredChunk,
  own: ReadonlySet<string>,
  outcome: Outcome,
) {
  const { id, title } = chunk
  for (const below of await listSubtree(current.tx, chunk)) {
    const foreign = await findForeignChange(current.tx, current.placeId, { chunkId: below.id }, { after: 0, runId })
    if (own.has(below.id) && !foreign) continue
    outcome.skipped.push({ what: 'chunk', id, title, reason: `${below.title || below.id} under it is not the run’s` })
    return
  }
  await removeSubtree(current, chunk, op)
  outcome.reverted.push({ what: 'chunk', id, title, how: 'deleted' })
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
  if (parentId !== '' && (await isWithin(tx, chunk.document_id, parentId, chunk.id))) return undefined
  return { parentId, target: { at: 'position', position } }
}

async function undoEdges(
  { tx, placeId, now, record }: Edit,
  runId: string,
  effects: RunEffects['edges'],
  outcome: Outcome,
) {
  for (const { from_id, to_id, kind, since, drawn } of effects) {
    const id = `${from_id} -> ${to_id} [${kind}]`
    const from = await findChunk(tx, placeId, from_id)
    const to = await findChunk(tx, placeId, to_id)
    if (!from || !to) continue
    const foreign = await findForeignEdgeChange(tx, placeId, { from_id, to_id, kind }, { after: since, runId })
    if (foreign) {
      outcome.skipped.push({ what: 'edge', id, reason: byWhom(foreign.actor) })
      continue
    }
    const edge = await findEdge(tx, from_id, to_id, kind)
    if (drawn ? !edge : edge) continue
    if (edge) await deleteEdge(tx, edge)
    else await insertEdges(tx, placeId, [{ from_id, to_id, kind, auto: 0 }], now)
    outcome.reverted.push({ what: 'edge', id, how: drawn ? 'deleted' : 'recreated' })
    const detail = { title: from.title, kind, to_id }
    const { document_id, revision } = from
    const undone = drawn ? 'unlink_chunks' : 'link_chunks'
    record({ op: undone, document_id, chunk_id: from_id, revision, detail, before: { kind, to_id } })
  }
}

async function undoTypes(
  { tx, placeId, now, record }: Edit,
  runId: string,
  effects: RunEffects['types'],
  outcome: Outcome,
) {
  for (const { document_id, name, since, before } of effects) {
    const foreign = await findForeignTypeChange(tx, placeId, { document_id, name }, { after: since, runId })
    if (foreign) {
      outcome.skipped.push({ what: 'type', id: name, reason: byWhom(foreign.actor) })
      continue
    }
    const current = await findTypeAt(tx, placeId, document_id, name)
    if (current?.fields === before?.fields) continue
    if (before) await putType(tx, placeId, before, now)
    else await deleteType(tx, placeId, { document_id, name })
    outcome.reverted.push({ what: 'type', id: name, how: before ? 'restored' : 'deleted' })
    record({ op, document_id, chunk_id: '', revision: 0, detail: { title: name }, before: undefined })
  }
}

function byWhom({ kind, id }: { kind: string; id: string }): string {
  return `changed since by ${kind === 'agent' ? 'the agent ' : ''}${id}`
}
