import { jsonTooDeep } from '@loomcycle/proto'
import { readLongJson } from '../../../../ground/json.ts'
import { scanJson } from '../../../../ground/json-scan.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { requireBounded } from '../../bounds.ts'
import type { Draft } from '../../chunks/add-chunks.ts'
import { toTags, toTitle } from '../../chunks/chunk.ts'
import { newDocumentId } from '../../ids.ts'
import { contentSaid, isMembers, textsOf } from '../content-said.ts'
import { inCycles } from '../cycles.ts'
import type { Canvas, CanvasEdge, CanvasNode } from './canvas.ts'

export interface CanvasDrafts {
  drafts: [Draft, ...Draft[]]
  edges: Array<{ from_id: string; to_id: string; kind: string; auto: 0 }>
}

const mostNodes = 20_000
const mostGroups = 1000
/** Of JSON that comes as a text. */
const mostValues = 400_000

/** The canvas in what a caller sent, which may be its JSON. */
export function* parseCanvas(given: unknown): Generator<unknown, Canvas> {
  const value = typeof given === 'string' ? yield* jsonOf(given) : given
  const { nodes: saidNodes, edges: saidEdges = [] } = isMembers(value) ? value : {}
  if (!Array.isArray(saidNodes) || !Array.isArray(saidEdges))
    throw new ToolError('a canvas is {"nodes": […], "edges": […]}')
  if (saidNodes.length > mostNodes)
    throw new ToolError(`the canvas has ${saidNodes.length} nodes and may have ${mostNodes}`)
  const nodes = new Map<string, CanvasNode>()
  let groups = 0
  for (const said of saidNodes) {
    yield
    const node = nodeOf(said)
    if (nodes.has(node.id)) throw new ToolError(`two nodes have the id "${node.id.slice(0, 100)}"; each needs its own`)
    nodes.set(node.id, node)
    if (node.type === 'group') groups++
  }
  if (groups > mostGroups) throw new ToolError(`the canvas has ${groups} groups and may have ${mostGroups}`)
  const edges: CanvasEdge[] = []
  for (const said of saidEdges) {
    yield
    if (isMembers(said)) edges.push(textsOf(said, ['fromNode', 'toNode', 'label', 'loom']))
  }
  return { nodes: [...nodes.values()], edges }
}

function nodeOf(said: unknown): CanvasNode {
  const { id, x, y, width, height, loom, ...more } = isMembers(said) ? said : {}
  if (typeof id !== 'string') throw new ToolError('every node needs an id')
  return {
    id,
    x: numberOr0(x),
    y: numberOr0(y),
    width: numberOr0(width),
    height: numberOr0(height),
    ...textsOf(more, ['type', 'text', 'label', 'file', 'url']),
    ...(isMembers(loom) ? { loom: { ...contentSaid(loom), ...textsOf(loom, ['parent', 'natural_key']) } } : {}),
  }
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function* jsonOf(text: string): Generator<unknown, unknown> {
  const complaint = yield* scanJson(text, mostValues)
  if (complaint === 'too deep') throw new ToolError(jsonTooDeep)
  if (complaint) throw new ToolError(`the canvas holds more than ${mostValues} values; import it in parts`)
  try {
    return yield* readLongJson(text)
  } catch (error) {
    throw new ToolError(`the canvas is not JSON: ${(error as Error).message}`)
  }
}

/** A chunk for every node; one that has no parent is under the root, which is made where the canvas has none. */
export function* readCanvas({ nodes, edges }: Canvas, title: string): Generator<unknown, CanvasDrafts> {
  const ids = new Map<string, string>()
  for (const node of nodes) {
    yield
    ids.set(node.id, newDocumentId())
  }
  // The smallest first: the first one around a node is the one it is in.
  const groups = nodes.filter((node) => node.type === 'group').sort((a, b) => areaOf(a) - areaOf(b))
  const parents = new Map<string, string | undefined>()
  for (const node of nodes) parents.set(node.id, yield* parentOf(node, ids, groups))
  const ownRoot = nodes.find((node) => node.loom && !parents.get(node.id))
  const rootId = ownRoot ? ids.get(ownRoot.id)! : newDocumentId()
  const rest = nodes.filter((node) => node !== ownRoot)
  const lost = yield* inCycles(parents)
  const drafts: Draft[] = []
  const keys = new Set<string>()
  for (const node of rest) {
    yield
    const key = node.loom?.natural_key
    const parent = parents.get(node.id)
    const parent_id = parent === undefined || lost.has(node.id) ? rootId : ids.get(parent)!
    const natural_key = key === undefined || keys.has(key) ? null : key
    if (natural_key !== null) keys.add(natural_key)
    drafts.push({ ...contentOf(node), id: ids.get(node.id)!, parent_id, natural_key })
  }
  const root: Draft = ownRoot
    ? { ...contentOf(ownRoot), id: rootId, parent_id: '' }
    : { id: rootId, parent_id: '', title }
  const between: CanvasDrafts['edges'] = []
  for (const edge of edges) {
    yield
    between.push(...edgeOf(edge, ids))
  }
  return { drafts: [root, ...drafts], edges: between }
}

function* parentOf(
  node: CanvasNode,
  ids: ReadonlyMap<string, string>,
  groups: readonly CanvasNode[],
): Generator<unknown, string | undefined> {
  const said = node.loom?.parent
  if (said !== undefined) return ids.has(said) ? said : undefined
  for (const group of groups) {
    yield
    if (group !== node && encloses(group, node)) return group.id
  }
  return undefined
}

function areaOf({ width, height }: CanvasNode): number {
  return width * height
}

function encloses(group: CanvasNode, node: CanvasNode): boolean {
  return (
    areaOf(group) > areaOf(node) &&
    node.x >= group.x &&
    node.y >= group.y &&
    node.x + node.width <= group.x + group.width &&
    node.y + node.height <= group.y + group.height
  )
}

function contentOf(node: CanvasNode): Omit<Draft, 'id' | 'parent_id'> {
  const { text = '' } = node
  const heading = /^#{1,6} +([^\r\n]*)(?:\r?\n)*/.exec(text)
  const { title, type = '', status = '', fields = null, tags = [] } = node.loom ?? {}
  const content = {
    title: toTitle(
      title ?? heading?.[1] ?? node.label ?? node.file ?? node.url ?? text.split('\n', 1)[0]!.slice(0, 100),
    ),
    type,
    status,
    fields,
    tags: toTags(tags),
    body: heading ? text.slice(heading[0].length) : text || node.url || node.file || '',
  }
  requireBounded(content)
  return content
}

function edgeOf({ fromNode, toNode, label, loom }: CanvasEdge, ids: ReadonlyMap<string, string>) {
  const from_id = fromNode === undefined ? undefined : ids.get(fromNode)
  const to_id = toNode === undefined ? undefined : ids.get(toNode)
  if (loom === 'tree' || !from_id || !to_id) return []
  const kind = (label ?? '').replace(/[[\]\r\n]/g, ' ').trim() || 'relates'
  return [{ from_id, to_id, kind, auto: 0 as const }]
}
