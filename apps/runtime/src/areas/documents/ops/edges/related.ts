import { tellingTerms } from '../../../../ground/full-text/telling-terms.ts'
import { toMatch } from '../../../../ground/full-text/terms.ts'
import { inSlices } from '../../../../ground/in-slices.ts'
import { sorted } from '../../../../ground/lists-in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edgesOf } from '../../edges/edges-at.ts'
import { getChunk } from '../../find.ts'
import { look } from '../../look.ts'
import { listChunksByIds } from '../../store/chunks.ts'
import { type Found, searchChunks } from '../../store/search.ts'
import { listSharingTags } from '../../store/tags.ts'
import { toFound } from '../search/search.ts'

const weight = { edge: 10, tag: 3 }

/** Ranked by edges first, then by tags in common, then by words in common. */
export function related(deps: DocumentDeps): DocumentOp<'related'> {
  return async (caller, { scope, id, limit = 20 }) => {
    const within = await look(deps, caller, scope)
    const { tx, placeId } = within
    const aside = deps.db.aside(caller)
    const chunk = await getChunk(within, id)
    const scores = new Map<string, number>()
    const add = (other: string, score: number) => scores.set(other, (scores.get(other) ?? 0) + score)
    for (const { from_id, to_id } of await edgesOf(within, [id])) add(from_id === id ? to_id : from_id, weight.edge)
    for (const { chunk_id, shared } of await listSharingTags(aside, placeId, id)) add(chunk_id, weight.tag * shared)
    const match = toMatch(tellingTerms(`${chunk.title} ${chunk.body}`), 'any')
    const alike = match === undefined ? [] : await searchChunks(aside, placeId, match, { limit: limit + 1 })
    const closest = Math.max(...alike.map(({ score }) => score), 1)
    for (const other of alike) add(other.id, other.score / closest)
    scores.delete(id)
    const ranked = await inSlices(sorted([...scores], (a, b) => b[1] - a[1]))
    const best = ranked.slice(0, limit)
    const others = await listChunksByIds(
      tx,
      placeId,
      best.map(([other]) => other),
    )
    const byId = new Map(others.map((other) => [other.id, other]))
    return {
      related: best.flatMap(([other, score]) => {
        const found = byId.get(other)
        return found ? [toFound({ ...found, score } satisfies Found, [])] : []
      }),
    }
  }
}
