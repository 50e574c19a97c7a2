import type { PlaceScope } from '../../ground/identity/place.ts'
import type { Caller } from '../../tools/caller.ts'
import { placeFor } from '../paths/access.ts'
import type { DocumentDeps } from './deps.ts'
import type { Within } from './find.ts'
import { findPlace } from './store/places.ts'

/** For ops that only read. */
export async function look(
  { db }: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
): Promise<Within & { headSeq: number }> {
  const place = placeFor(caller, scope ?? 'user')
  const { id, headSeq } = await findPlace(db.read, place)
  return { tx: db.read, place, placeId: id, headSeq }
}
