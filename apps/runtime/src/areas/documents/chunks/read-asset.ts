import { RuntimeError } from '@loomcycle/proto'
import type { Place } from '../../../ground/identity/place.ts'
import type { DocumentDeps } from '../deps.ts'
import { type Asset, findAsset } from '../store/assets.ts'
import { findChunk } from '../store/chunks.ts'
import { findPlace } from '../store/places.ts'

/** The image of a chunk; whatever is missing, the answer is the same. */
export async function readAsset({ db }: DocumentDeps, place: Place, chunkId: string): Promise<Asset> {
  const { id: placeId } = await findPlace(db.read, place)
  const chunk = await findChunk(db.read, placeId, chunkId)
  const asset = chunk?.asset && (await findAsset(db.read, placeId, chunk.asset.hash))
  if (!asset) throw new RuntimeError('asset_not_found', 'asset not found')
  return asset
}
