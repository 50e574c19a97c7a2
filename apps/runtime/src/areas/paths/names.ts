import type { PathKind } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place } from '../../ground/identity/place.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { namesBelow } from './below.ts'
import { getEntry } from './find-entry.ts'
import { parsePath } from './path.ts'
import { deleteNames, findDirent, listContaining, listNames, putDirent } from './store.ts'

type Db = Kysely<Schema>

/** A thing that can have names: a document, a volume, a memory entry. */
export interface Resource {
  kind: Exclude<PathKind, 'directory'>
  ref: Record<string, string>
}

/** Gives a thing a name; a name that stands for another thing of the same kind now stands for this one. */
export async function nameResource(tx: Db, place: Place, text: string, resource: Resource, now: number) {
  const path = parsePath(text)
  if (path === '/') throw new ToolError('the root cannot be given to anything')
  const existing = await findDirent(tx, place, path)
  if (existing && existing.kind !== resource.kind) throw new ToolError(`${path} exists as a ${existing.kind}`)
  await putDirent(tx, place, { path, kind: resource.kind, resource_ref: JSON.stringify(resource.ref) }, now)
  return path
}

/** Like `nameResource`, at the first of `path`, `path-2`, `path-3` … that is free. */
export async function nameResourceNear(tx: Db, place: Place, path: string, resource: Resource, now: number) {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`
    if (await findDirent(tx, place, candidate)) continue
    return nameResource(tx, place, candidate, resource, now)
  }
}

export async function resolveResource(db: Db, place: Place, text: string, kind: Resource['kind']) {
  const entry = await getEntry(db, place, parsePath(text))
  if (entry.kind !== kind) throw new ToolError(`${entry.path} is a ${entry.kind}, not a ${kind}`)
  return JSON.parse(entry.resource_ref ?? '{}') as Record<string, string>
}

/** The things of a kind at or below a path. */
export async function listResources(db: Db, place: Place, text: string, kind: Resource['kind']) {
  const path = parsePath(text)
  const at = await findDirent(db, place, path)
  const entries = [...(at ? [at] : []), ...(await namesBelow(db, place, path))]
  return entries
    .filter((entry) => entry.kind === kind)
    .map((entry) => JSON.parse(entry.resource_ref ?? '{}') as Record<string, string>)
}

export async function namesOf(db: Db, place: Place, resource: Resource): Promise<string[]> {
  return (await listNames(db, place, [JSON.stringify(resource.ref)])).map((entry) => entry.path)
}

/** The names of many documents, by their ids. */
export async function namesOfDocuments(
  db: Db,
  place: Place,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const refs = ids.map((document_id) => JSON.stringify({ document_id }))
  const names = Map.groupBy(await listNames(db, place, refs), ({ resource_ref }) => resource_ref)
  return new Map(ids.map((id, i) => [id, (names.get(refs[i]!) ?? []).map(({ path }) => path)]))
}

/** The documents with a name that contains this. */
export async function findDocumentsByName(db: Db, place: Place, part: string): Promise<string[]> {
  const entries = await listContaining(db, place, 'document', part)
  return entries.flatMap(({ resource_ref }) => JSON.parse(resource_ref ?? '{}').document_id ?? [])
}

export async function forgetNames(tx: Db, place: Place, resource: Resource): Promise<void> {
  await deleteNames(tx, place, JSON.stringify(resource.ref))
}
