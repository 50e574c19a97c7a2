import type { PlaceScope } from '../../ground/identity/place.ts'
import type { PlaceCaller } from '../paths/place.ts'
import type { DocumentDeps } from './deps.ts'
import type { Within } from './find.ts'
import { findPlace } from './store/places.ts'

/** For ops that only read. */
export async function look(
  { db }: DocumentDeps,
  caller: PlaceCaller,
  scope: PlaceScope | undefined,
): Promise<Within & { headSeq: number }> {
  const place = caller.placeFor(scope ?? 'user')
  const { id, headSeq } = await findPlace(db.read, place)
  return { tx: db.read, place, placeId: id, headSeq }
}
