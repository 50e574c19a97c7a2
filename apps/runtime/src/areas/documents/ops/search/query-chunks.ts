import { afterCursor, type Listing, toPage } from '../../../../ground/cursor.ts'
import type { Actor } from '../../../../ground/identity/place.ts'
import { nextSlice } from '../../../../ground/in-slices.ts'
import { parseJson } from '../../../../ground/json.ts'
import { type Caller, personOf } from '../../../../tools/caller.ts'
import { placeFor } from '../../../paths/access.ts'
import { type Fields, labels, type StoredChunk } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import type { Within } from '../../find.ts'
import { look } from '../../look.ts'
import { toFilter } from '../../search/match.ts'
import { requirePredicates } from '../../search/predicates.ts'
import { querySql } from '../../search/query-sql.ts'
import { findChunk } from '../../store/chunks.ts'
import {
  type ChunkQuery,
  type FoundNumber,
  findNumbers,
  hasFewChunks,
  isFollowingAnIndex,
  listQueried,
  type QueriedChunk,
} from '../../store/query.ts'
import { idsUnder } from '../../under-path.ts'

const usualLimit = 100
const chunksAtOnce = 100

export function queryChunks(deps: DocumentDeps): DocumentOp<'query_chunks'> {
  return async (caller, { scope, sql, args, under_path, document_id, include = [], cursor, ...asked }) => {
    if (sql !== undefined) {
      const asking = { place: placeFor(caller, scope ?? 'user'), person: personOf(caller) }
      return querySql(deps, asking, sql, args ?? [])
    }
    const within = await look(deps, caller, scope)
    const documentIds = await idsUnder(within, under_path, document_id === undefined ? undefined : [document_id])
    const where = asked.where ?? []
    requirePredicates(where)
    const sort = asked.sort ?? 'position'
    const limit = asked.limit ?? asked.ids?.length ?? usualLimit
    const descending = asked.order === 'desc'
    const { limit: _, offset = 0, ...filter } = asked
    const listing: Listing = ['chunks', { ...within.place, ...filter, sort, descending, under_path, document_id }]
    const byPosition = sort === 'position'
    const key = afterCursor(cursor, listing, byPosition ? 6 : 2)
    const after = key && byPosition ? await placeNow(within, key, descending) : key
    const question: ChunkQuery = {
      documentIds,
      ids: asked.ids,
      type: asked.type,
      status: asked.status,
      parentId: asked.parent_id,
      tag: asked.tag,
      tagPrefix: asked.tag_prefix || undefined,
      match: toFilter(asked.text),
      where,
      sort,
      descending,
      after,
      limit: limit + 1,
      offset,
    }
    const found = await findNumbers(await whereToAsk(deps, caller, within, question), within.placeId, question)
    const keyOf = ({ key, id }: FoundNumber, next: FoundNumber) => (byPosition ? [...key, id, next.id] : key)
    const { rows: numbers, next } = toPage(found, limit, listing, keyOf)
    const rows = await readPage(within, numbers, include)
    return {
      chunks: rows.map((row) => ({
        id: row.id,
        document_id: row.document_id,
        title: row.title,
        position: row.position,
        revision: row.revision,
        ...labels(row),
        ...(row.natural_key === null ? {} : { natural_key: row.natural_key }),
        updated_at: new Date(row.updated_at).toISOString(),
        ...(row.body === undefined ? {} : { body: row.body }),
        ...(row.fields ? { fields: parseJson(row.fields) as Fields } : {}),
        ...(row.tags && row.tags !== '[]' ? { tags: JSON.parse(row.tags) } : {}),
        ...(row.actor ? actorsOf(row.actor, row) : {}),
      })),
      ...next,
      seq: within.headSeq,
    }
  }
}

/** What came with many others has no change of its own, and is whoever's who has written it since. */
function actorsOf(actor: string, { maker, created_at = 0 }: QueriedChunk) {
  return {
    created_at: new Date(created_at).toISOString(),
    created_by: JSON.parse(maker ?? actor) as Actor,
    updated_by: JSON.parse(actor) as Actor,
  }
}

/** The question may be about much more than its answer. */
async function whereToAsk({ db }: DocumentDeps, caller: Caller, { tx, placeId }: Within, question: ChunkQuery) {
  const isSoonAnswered =
    isFollowingAnIndex(question) || (question.match === undefined && (await hasFewChunks(tx, placeId)))
  return isSoonAnswered ? tx : db.aside(caller)
}

async function readPage({ tx, placeId }: Within, found: readonly FoundNumber[], include: readonly string[]) {
  const page: QueriedChunk[] = []
  for (let from = 0; from < found.length; from += chunksAtOnce) {
    await nextSlice()
    const numbers = found.slice(from, from + chunksAtOnce).map(({ n }) => n)
    const byNumber = new Map((await listQueried(tx, placeId, numbers, include)).map((row) => [row.n, row]))
    page.push(...numbers.flatMap((n) => byNumber.get(n) ?? []))
  }
  return page
}

/**
 * Where a page begins now, since others that came or went have moved its chunks along: behind the one before it, or, if
 * that is gone from among its siblings, with the first that was to be on it.
 */
async function placeNow({ tx, placeId }: Within, key: unknown[], descending: boolean) {
  const [documentId, parentId, shelf, slot, lastId, nextId] = key
  const last = await findChunk(tx, placeId, String(lastId))
  if (last && last.document_id === documentId && last.parent_id === parentId) return placeOf(last)
  const next = await findChunk(tx, placeId, String(nextId))
  return next ? placeOf({ ...next, slot: next.slot + (descending ? 1 : -1) }) : [documentId, parentId, shelf, slot]
}

function placeOf({ document_id, parent_id, shelf, slot }: StoredChunk) {
  return [document_id, parent_id, shelf, slot]
}
