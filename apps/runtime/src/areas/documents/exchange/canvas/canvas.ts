import type { StoredChunk } from '../../chunks/chunk.ts'
import type { Edge } from '../../store/edges.ts'
import type { ContentSaid } from '../content-said.ts'

/** JSON Canvas 1.0, with a member `loom` of our own that other programs leave alone. */
export interface Canvas {
  nodes: CanvasNode[]
  edges: CanvasEdge[]
}

export interface CanvasNode {
  id: string
  /** `text`, `file`, `link` or `group`. */
  type?: string
  x: number
  y: number
  width: number
  height: number
  text?: string
  label?: string
  file?: string
  url?: string
  color?: string
  loom?: NodeNote
}

export interface CanvasEdge {
  id?: string
  fromNode?: string
  toNode?: string
  label?: string
  /** `tree`: says only what is under what. */
  loom?: string
}

/** What a chunk is besides its text. */
export interface NodeNote extends ContentSaid {
  parent?: string
  natural_key?: string
}

const column = 420
const row = 220
const size = { width: 360, height: 180 }

/** A column for each level, in the order of the outline. */
export function* toCanvas(chunks: readonly StoredChunk[], edges: readonly Edge[]): Generator<unknown, Canvas> {
  const children = Map.groupBy(chunks, (chunk) => chunk.parent_id)
  const nodes: CanvasNode[] = []
  const stack = (children.get('') ?? []).toReversed().map((chunk) => ({ chunk, depth: 0 }))
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield
    const { chunk, depth } = next
    nodes.push({
      id: chunk.id,
      type: 'text',
      x: depth * column,
      y: nodes.length * row,
      ...size,
      text: chunk.body === '' ? `# ${chunk.title}` : `# ${chunk.title}\n\n${chunk.body}`,
      loom: noteOf(chunk),
    })
    for (const child of (children.get(chunk.id) ?? []).toReversed()) stack.push({ chunk: child, depth: depth + 1 })
  }
  const lines: CanvasEdge[] = []
  for (const { id, parent_id } of chunks) {
    yield
    if (parent_id !== '') lines.push({ id: `tree-${id}`, fromNode: parent_id, toNode: id, loom: 'tree' })
  }
  for (const [i, { from_id, to_id, kind }] of edges.entries()) {
    yield
    lines.push({ id: `edge-${i}`, fromNode: from_id, toNode: to_id, label: kind })
  }
  return { nodes, edges: lines }
}

function noteOf({ title, type, status, fields, tags, parent_id, natural_key }: StoredChunk): NodeNote {
  return {
    title,
    ...(type === '' ? {} : { type }),
    ...(status === '' ? {} : { status }),
    ...(fields ? { fields } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(parent_id === '' ? {} : { parent: parent_id }),
    ...(natural_key === null ? {} : { natural_key }),
  }
}
