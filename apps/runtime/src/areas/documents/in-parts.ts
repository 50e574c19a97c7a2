import { addChunks, type Draft } from './chunks/add-chunks.ts'
import type { Edit } from './edit.ts'
import { type Edge, insertEdges } from './store/edges.ts'

const mostChunks = 100
const mostCharacters = 48 * 1024

/** Few and short enough to be added in one step. */
export function isLittle(drafts: ReadonlyArray<Draft | Edge>): boolean {
  return endOfPart(drafts, 0) === drafts.length
}

/** The steps in which drafts are added. */
export function* inParts(documentId: string, drafts: readonly Draft[]) {
  for (let from = 0; from < drafts.length; ) {
    const part = drafts.slice(from, endOfPart(drafts, from))
    from += part.length
    yield async (edit: Edit) => void (await addChunks(edit, documentId, part))
  }
}

export function* edgesInParts(edges: readonly Edge[]) {
  for (let from = 0; from < edges.length; from += mostChunks) {
    const part = edges.slice(from, from + mostChunks)
    yield ({ tx, placeId, now }: Edit) => insertEdges(tx, placeId, part, now)
  }
}

/** Where the part that begins at `from` ends. */
function endOfPart(drafts: ReadonlyArray<Draft | Edge>, from: number): number {
  let end = from
  for (let characters = 0; end < drafts.length && end - from < mostChunks; end++) {
    characters += bodyOf(drafts[end]!).length
    if (characters > mostCharacters && end > from) break
  }
  return end
}

function bodyOf(of: Draft | Edge): string {
  return 'body' in of ? (of.body ?? '') : ''
}
