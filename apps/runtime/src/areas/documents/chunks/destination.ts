import { ToolError } from '../../../ground/tool-error.ts'
import { getChunk, type Within } from '../find.ts'
import { findChunk, isWithin } from '../store/chunks.ts'
import type { StoredChunk } from './chunk.ts'
import type { Target } from './order.ts'

/** Where a chunk should be, in the words of the wire. */
export interface Wish {
  parent_id?: string | undefined
  position?: number | undefined
  after_id?: string | undefined
  before_id?: string | undefined
}

export interface Destination {
  parentId: string
  target: Target
}

/** Finds the parent and the place among its children; a named sibling decides about both. */
export async function destinationOf(
  within: Within,
  documentId: string,
  wish: Wish,
  parentUnlessSaid: string,
): Promise<Destination> {
  const { position, after_id, before_id } = wish
  if ([position, after_id, before_id].filter((given) => given !== undefined).length > 1) {
    throw new ToolError('pass one of position, after_id and before_id')
  }
  const siblingId = after_id ?? before_id
  if (siblingId === undefined) {
    const parentId = wish.parent_id ?? parentUnlessSaid
    await requireParent(within, documentId, parentId)
    return { parentId, target: position === undefined ? { at: 'end' } : { at: 'position', position } }
  }
  const sibling = await getChunk(within, siblingId)
  if (sibling.document_id !== documentId) throw new ToolError(`the sibling ${siblingId} is in another document`)
  if (wish.parent_id !== undefined && wish.parent_id !== sibling.parent_id) {
    throw new ToolError(`the sibling ${siblingId} is not under ${wish.parent_id || 'the top level'}`)
  }
  return {
    parentId: sibling.parent_id,
    target: { at: after_id === undefined ? 'before' : 'after', sibling: sibling.position },
  }
}

async function requireParent({ tx, placeId }: Within, documentId: string, parentId: string) {
  if (parentId === '') return
  const parent = await findChunk(tx, placeId, parentId)
  if (!parent) throw new ToolError(`no such parent chunk: ${parentId}`)
  if (parent.document_id !== documentId) throw new ToolError(`the parent chunk ${parentId} is in another document`)
}

/** A tree stays a tree. */
export async function requireMovable(
  { tx }: Within,
  chunk: StoredChunk,
  rootId: string,
  { parentId }: Destination,
  wish: Wish,
) {
  if (chunk.id === rootId) throw new ToolError('the root chunk cannot be moved')
  if (wish.after_id === chunk.id || wish.before_id === chunk.id)
    throw new ToolError('a chunk cannot be its own sibling')
  if (parentId === chunk.id) throw new ToolError('a chunk cannot be its own parent')
  if (parentId !== '' && (await isWithin(tx, parentId, chunk.id))) {
    throw new ToolError(`moving ${chunk.id} under ${parentId} would make a cycle`)
  }
}
