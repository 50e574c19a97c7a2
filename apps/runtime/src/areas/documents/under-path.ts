import { listResources } from '../paths/names.ts'
import type { Within } from './find.ts'

/** The documents at or below a path, of `among` if given; undefined: all there are. */
export async function idsUnder(
  { tx, place }: Within,
  path: string | undefined,
  among?: readonly string[],
): Promise<string[] | undefined> {
  if (path === undefined) return among && [...among]
  const named = await listResources(tx, place, path, 'document')
  const ids = named.flatMap(({ document_id }) => document_id ?? [])
  const wanted = among && new Set(among)
  return [...new Set(ids)].filter((id) => !wanted || wanted.has(id))
}
