import { nextSlice } from '../../../../ground/in-slices.ts'
import { parseJson } from '../../../../ground/json.ts'
import { type Caller, personOf } from '../../../../tools/caller.ts'
import { placeFor } from '../../../paths/access.ts'
import { type Fields, labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import type { Within } from '../../find.ts'
import { look } from '../../look.ts'
import { afterCursor, toCursor } from '../../search/cursor.ts'
import { toFilter } from '../../search/match.ts'
import { requirePredicates } from '../../search/predicates.ts'
import { querySql } from '../../search/query-sql.ts'
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
      after: cursor === undefined ? undefined : afterCursor(cursor, { sort, descending }),
      limit: limit + 1,
      offset: asked.offset ?? 0,
    }
    const found = await findNumbers(await whereToAsk(deps, caller, within, question), within.placeId, question)
    const last = found.length > limit ? found[limit - 1] : undefined
    const page = await readPage(within, found.slice(0, limit), include)
    return {
      chunks: page.map((row) => ({
        id: row.id,
        document_id: row.document_id,
        title: row.title,
        position: row.position,
        revision: row.revision,
        ...labels(row),
        updated_at: new Date(row.updated_at).toISOString(),
        ...(row.body === undefined ? {} : { body: row.body }),
        ...(row.fields ? { fields: parseJson(row.fields) as Fields } : {}),
        ...(row.tags && row.tags !== '[]' ? { tags: JSON.parse(row.tags) } : {}),
      })),
      ...(last ? { next_cursor: toCursor({ sort, descending }, last.key) } : {}),
    }
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
