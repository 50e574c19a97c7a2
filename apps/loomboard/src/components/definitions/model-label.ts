import type { wire } from '@loomcycle/client'
import { formatBytes } from '../../lib/format.ts'

/** A model by its name, with what there is to say of it. */
export function modelLabel({ id, size_bytes, loaded }: wire.CatalogueModel, usual?: string): string {
  const notes = [
    ...(id === usual ? ['usual'] : []),
    ...(size_bytes === undefined ? [] : [formatBytes(size_bytes)]),
    ...(loaded ? ['loaded'] : []),
  ]
  return notes.length > 0 ? `${id} (${notes.join(', ')})` : id
}
