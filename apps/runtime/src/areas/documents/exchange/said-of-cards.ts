import { boardType, commentType } from '@loomcycle/proto'
import type { StoredChunk } from '../chunks/chunk.ts'
import type { ReadDocument } from '../read-document.ts'

/** A document without what was said about its cards. */
export function* withoutComments({ chunks, edges }: ReadDocument): Generator<unknown, ReadDocument> {
  return yield* without({ chunks, edges }, ({ type }) => type === commentType)
}

/** For a reader who is shown words only: settings have none. */
export function* withoutSettings(document: ReadDocument): Generator<unknown, ReadDocument> {
  return yield* without(document, ({ type }) => type === boardType)
}

/** What is under a chunk goes with it. */
function* without({ chunks, edges }: ReadDocument, goes: (chunk: StoredChunk) => boolean) {
  const children = Map.groupBy(chunks, ({ parent_id }) => parent_id)
  const gone = new Set<string>()
  const open = chunks.filter(goes)
  for (let chunk = open.pop(); chunk; chunk = open.pop()) {
    yield
    if (gone.has(chunk.id)) continue
    gone.add(chunk.id)
    open.push(...(children.get(chunk.id) ?? []))
  }
  if (gone.size === 0) return { chunks, edges }
  return {
    chunks: chunks.filter(({ id }) => !gone.has(id)),
    edges: edges.filter(({ from_id, to_id }) => !gone.has(from_id) && !gone.has(to_id)),
  }
}
