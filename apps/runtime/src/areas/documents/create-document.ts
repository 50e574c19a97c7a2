import type { PlaceScope } from '../../ground/identity/place.ts'
import { inSlices } from '../../ground/in-slices.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
import { nameResource, nameResourceNear } from '../paths/names.ts'
import { toSlug } from '../paths/path.ts'
import { arrive } from './arrive.ts'
import { addChunks, type Draft } from './chunks/add-chunks.ts'
import type { FieldSpec } from './chunks/field-kinds.ts'
import { declareType } from './declare-type.ts'
import type { DocumentDeps } from './deps.ts'
import { type Edit, edit } from './edit.ts'
import { requireValidDrafts } from './exchange/import-sections.ts'
import { newDocumentId } from './ids.ts'
import { edgesInParts, inParts, isLittle } from './in-parts.ts'
import { look } from './look.ts'
import { insertDocument } from './store/documents.ts'
import { type Edge, insertEdges } from './store/edges.ts'

export interface NewDocument {
  document_id: string
  root_chunk_id: string
  chunks_created: number
  path?: string
  path_warning?: string
}

export interface NewType {
  name: string
  fields: readonly FieldSpec[]
}

/** Stores a document of these chunks, of which the first is the root, and names it. */
export async function createDocument(
  edit: Edit,
  op: string,
  drafts: readonly [Draft, ...Draft[]],
  path: string | undefined,
): Promise<NewDocument> {
  const made = newDocument(drafts)
  await insertNew(edit, made)
  await addChunks(edit, made.id, made.drafts)
  return announce(edit, op, made, path)
}

/** The same in one step or in many; `edges` are between the chunks. */
export async function bringDocument<T>(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  {
    op,
    drafts,
    edges,
    types = [],
    path,
  }: {
    op: string
    drafts: readonly [Draft, ...Draft[]]
    edges: readonly Edge[]
    /** That come with it, and hold in it alone. */
    types?: readonly NewType[]
    path: string | undefined
  },
  answer: (made: NewDocument) => T,
): Promise<T> {
  const ownTypes = new Set(types.map(({ name }) => name))
  const toCheck = drafts.filter(({ type = '' }) => !ownTypes.has(type))
  if (isLittle(drafts) && isLittle(edges)) {
    return edit(deps, caller, scope, async (current) => {
      await requireValidDrafts(current, '', toCheck)
      const made = await createDocument(current, op, drafts, path)
      await declareTypes(current, made.document_id, types)
      await insertEdges(current.tx, current.placeId, edges, current.now)
      return answer(made)
    })
  }
  await requireValidDrafts(await look(deps, caller, scope), '', toCheck, inSlices)
  const made = newDocument(drafts)
  return arrive(deps, caller, scope, {
    documentId: made.id,
    makeDocument: async (current) => {
      await insertNew(current, made)
      await declareTypes(current, made.id, types)
    },
    parts: [...inParts(made.id, made.drafts), ...edgesInParts(edges)],
    finish: async (current) => answer(await announce(current, op, made, path)),
  })
}

async function declareTypes(edit: Edit, documentId: string, types: readonly NewType[]) {
  for (const { name, fields } of types) {
    await declareType(edit, { name, document_id: documentId, fields: JSON.stringify(fields) }, undefined)
  }
}

function newDocument([root, ...rest]: readonly [Draft, ...Draft[]]) {
  const rootId = root.id ?? newDocumentId()
  return { id: newDocumentId(), rootId, title: root.title, drafts: [{ ...root, id: rootId }, ...rest] }
}

type Made = ReturnType<typeof newDocument>

async function insertNew({ tx, placeId, now, take }: Edit, { id, title, rootId }: Made) {
  take({ documents: 1 })
  const place_id = placeId
  await insertDocument(tx, { id, place_id, title, root_chunk_id: rootId, created_at: now, updated_at: now })
}

async function announce(edit: Edit, op: string, { id, rootId, title, drafts }: Made, path: string | undefined) {
  edit.record({
    op,
    document_id: id,
    chunk_id: rootId,
    revision: 1,
    detail: { title, count: drafts.length },
    before: { created: 'document' },
  })
  return {
    document_id: id,
    root_chunk_id: rootId,
    chunks_created: drafts.length,
    ...(await nameDocument(edit, id, title, path)),
  }
}

/** A document without its name is still there, so a name that cannot be had is only said. */
async function nameDocument({ tx, place, now }: Edit, id: string, title: string, path: string | undefined) {
  const resource = { kind: 'document', ref: { document_id: id } } as const
  try {
    return {
      path: path
        ? await nameResource(tx, place, path, resource, now)
        : await nameResourceNear(tx, place, `/documents/${toSlug(title)}`, resource, now),
    }
  } catch (error) {
    if (error instanceof ToolError) return { path_warning: error.message }
    throw error
  }
}
