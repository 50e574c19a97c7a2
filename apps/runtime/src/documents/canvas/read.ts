import { jsonTooDeep } from '@loomcycle/proto'
import { isJsonTooDeep } from '../../json-depth.ts'
import { ToolError } from '../../tools/tool.ts'
import type { Draft } from '../add-chunks.ts'
import { toTags, toTitle } from '../chunk.ts'
import { newDocumentId } from '../ids.ts'
import type { Canvas, CanvasEdge, CanvasNode } from './canvas.ts'

export interface CanvasDrafts {
  drafts: [Draft, ...Draft[]]
  edges: Array<{ from_id: string; to_id: string; kind: string; auto: 0 }>
}

const mostNodes = 20_000

/** The canvas in what a caller sent, which may be its JSON. */
export function parseCanvas(given: unknown): Canvas {
  let value = given
  if (typeof given === 'string') {
    if (isJsonTooDeep(given)) throw new ToolError(jsonTooDeep)
    try {
      value = JSON.parse(given)
    } catch {
      throw new ToolError('the canvas is not JSON')
    }
  }
  const { nodes, edges = [] } = (value ?? {}) as Partial<Canvas>
  if (!Array.isArray(nodes) || !Array.isArray(edges)) throw new ToolError('a canvas is {"nodes": […], "edges": […]}')
  if (nodes.length > mostNodes) throw new ToolError(`the canvas has ${nodes.length} nodes and may have ${mostNodes}`)
  for (const node of nodes) {
    if (typeof node !== 'object' || node === null || typeof node.id !== 'string')
      throw new ToolError('every node needs an id')
  }
  return { nodes, edges }
}

/** A chunk for every node; one that has no parent is under the root, which is made where the canvas has none. */
export function readCanvas({ nodes, edges }: Canvas, title: string): CanvasDrafts {
  const ids = new Map(nodes.map((node) => [node.id, newDocumentId()]))
  const groups = nodes.filter((node) => node.type === 'group')
  const parents = new Map(nodes.map((node) => [node.id, parentOf(node, ids, groups)]))
  const ownRoot = nodes.find((node) => node.loom && !parents.get(node.id))
  const rootId = ownRoot ? ids.get(ownRoot.id)! : newDocumentId()
  const rest = nodes.filter((node) => node !== ownRoot)
  const drafts = rest.map((node): Draft => {
    const parent = parents.get(node.id)
    const inCycle = parent !== undefined && leadsTo(parents, parent, node.id)
    return {
      ...contentOf(node),
      id: ids.get(node.id)!,
      parent_id: parent === undefined || inCycle ? rootId : ids.get(parent)!,
    }
  })
  const root: Draft = ownRoot
    ? { ...contentOf(ownRoot), id: rootId, parent_id: '' }
    : { id: rootId, parent_id: '', title }
  return { drafts: [root, ...drafts], edges: edges.flatMap((edge) => edgeOf(edge, ids)) }
}

function parentOf(
  node: CanvasNode,
  ids: ReadonlyMap<string, string>,
  groups: readonly CanvasNode[],
): string | undefined {
  const said = node.loom?.parent
  if (typeof said === 'string') return ids.has(said) ? said : undefined
  // The smallest of the groups around it.
  return groups
    .filter((group) => group !== node && encloses(group, node))
    .sort((a, b) => a.width * a.height - b.width * b.height)[0]?.id
}

function encloses(group: CanvasNode, node: CanvasNode): boolean {
  const larger = group.width * group.height > (node.width ?? 0) * (node.height ?? 0)
  return (
    larger &&
    node.x >= group.x &&
    node.y >= group.y &&
    node.x + node.width <= group.x + group.width &&
    node.y + node.height <= group.y + group.height
  )
}

function leadsTo(parents: ReadonlyMap<string, string | undefined>, from: string, to: string): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = from; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === to) return true
    seen.add(at)
  }
  return seen.size > 0 && parents.get([...seen].at(-1)!) !== undefined
}

function contentOf(node: CanvasNode): Omit<Draft, 'id' | 'parent_id'> {
  const text = typeof node.text === 'string' ? node.text : ''
  const heading = /^#{1,6} +([^\r\n]*)(?:\r?\n)*/.exec(text)
  const { title, type = '', status = '', fields = null, tags = [] } = node.loom ?? {}
  return {
    title: toTitle(
      title ?? heading?.[1] ?? node.label ?? node.file ?? node.url ?? text.split('\n', 1)[0]!.slice(0, 100),
    ),
    type,
    status,
    fields,
    tags: toTags(tags),
    body: heading ? text.slice(heading[0].length) : text || node.url || node.file || '',
  }
}

function edgeOf({ fromNode, toNode, label, loom }: CanvasEdge, ids: ReadonlyMap<string, string>) {
  const from_id = ids.get(fromNode)
  const to_id = ids.get(toNode)
  if (loom === 'tree' || !from_id || !to_id) return []
  const kind = (label ?? '').replace(/[[\]\r\n]/g, ' ').trim() || 'relates'
  return [{ from_id, to_id, kind, auto: 0 as const }]
}
