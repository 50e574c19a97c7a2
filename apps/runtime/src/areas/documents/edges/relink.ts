import type { Kysely } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { Edit } from '../edit.ts'
import { type Link, listAwaiting, listLinksTo, listLinksToOne, relink } from '../store/edges.ts'
import { deleteRelink, insertRelink, moveRelink, type Relink } from '../store/relinks.ts'

/** So many links are looked at in one step; where there are more, all of them are left for afterwards. */
const fewLinks = 1000

/** For chunks that have got these names: the links of others that have waited for such. */
export async function relinkAwaiting(edit: Edit, documentId: string, names: readonly string[]): Promise<void> {
  const { tx, placeId, now } = edit
  const links = await listAwaiting(tx, placeId, documentId, names, fewLinks + 1)
  if (links.length <= fewLinks) return relink(tx, links, now)
  for (const target of names) await insertRelink(tx, { place_id: placeId, document_id: documentId, target })
  edit.leave()
}

/** For chunks that have lost their names, or are gone: the links that led to them. */
export async function relinkLeading(edit: Edit, documentId: string, ids: readonly string[]): Promise<void> {
  const { tx, placeId, now } = edit
  const links = await listLinksTo(tx, ids, fewLinks + 1)
  if (links.length <= fewLinks) return relink(tx, links, now)
  for (const to_id of ids) await insertRelink(tx, { place_id: placeId, document_id: documentId, to_id })
  edit.leave()
}

/** One step of what was left. */
export async function relinkSome(tx: Kysely<Schema>, left: Relink, now: number): Promise<void> {
  const after = { from_id: left.after_from, target: left.after_target }
  const links: Link[] =
    left.to_id === null
      ? await listAwaiting(tx, left.place_id, left.document_id, [left.target ?? ''], fewLinks, after)
      : await listLinksToOne(tx, left.to_id, after, fewLinks)
  await relink(tx, links, now)
  const last = links.at(-1)
  if (last && links.length === fewLinks) await moveRelink(tx, left.id, last)
  else await deleteRelink(tx, left.id)
}
