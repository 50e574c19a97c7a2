import { fold } from '@loomcycle/proto/wire'
import type { IsDone } from '../done.ts'
import type { FieldSpec } from '../field-chips.ts'
import type { OutlineChunk } from '../outline.ts'
import { type FieldPredicate, fitsPredicate } from './predicates.ts'

/** Which chunks are wanted: all of it must hold, and of several values one. '' is having none. */
export interface ChunkFilter {
  status?: readonly string[]
  type?: readonly string[]
  tag?: readonly string[]
  where?: readonly FieldPredicate[]
  /** Linked with this chunk, or having an edge of this kind. */
  edge?: string
  /** Words to be found in titles and texts. */
  q?: string
  /** Only what has changed since this person looked last. */
  changed?: boolean
}

export interface Findings {
  /** Chunks that the server has found by `q`, before it has answered none. */
  byText: ReadonlyMap<string, unknown>
  changed: ReadonlyMap<string, unknown>
  /** Chunks that have such an edge; undefined while the edges are being read. */
  linked?: ReadonlySet<string> | undefined
  specs: ReadonlyMap<string, readonly FieldSpec[]>
  isDone: IsDone
  now: number
}

/** How many conditions there are. */
function countConditions({ status, type, tag, where, edge, changed }: ChunkFilter): number {
  const values = [status, type, tag].filter((each) => each && each.length > 0).length
  return values + (where?.length ?? 0) + (edge ? 1 : 0) + (changed ? 1 : 0)
}

export function isFiltering(filter: ChunkFilter): boolean {
  return Boolean(filter.q) || countConditions(filter) > 0
}

/** The chunks that fit; undefined where everything is shown. */
export function filterChunks(
  chunks: ReadonlyMap<string, OutlineChunk>,
  filter: ChunkFilter,
  findings: Findings,
): ReadonlySet<string> | undefined {
  if (!isFiltering(filter)) return undefined
  const fits = toTest(filter, findings)
  const found = new Set<string>()
  for (const chunk of chunks.values()) if (fits(chunk)) found.add(chunk.id)
  return found
}

function toTest(filter: ChunkFilter, findings: Findings): (chunk: OutlineChunk) => boolean {
  const { byText, changed, linked, specs, isDone, now } = findings
  const words = fold(filter.q ?? '')
  const status = among(filter.status)
  const type = among(filter.type)
  const tags = among(filter.tag)
  const where = filter.where ?? []
  const kinds = new Map(
    [...specs].map(([name, fields]) => [name, new Map(fields.map((spec) => [spec.name, spec.kind]))]),
  )
  const kindOf = (chunk: OutlineChunk, field: string) =>
    kinds.get(chunk.type ?? '')?.get(field) ?? kindOfValue(chunk.fields?.[field])
  return (chunk) =>
    (!status || status.has(chunk.status ?? '')) &&
    (!type || type.has(chunk.type ?? '')) &&
    (!tags || (chunk.tags?.length ? chunk.tags.some((tag) => tags.has(tag)) : tags.has(''))) &&
    (!filter.changed || changed.has(chunk.id)) &&
    (!filter.edge || linked === undefined || linked.has(chunk.id)) &&
    (where.length === 0 || holds(chunk)) &&
    (words === '' || byText.has(chunk.id) || fold(chunk.title).includes(words))

  function holds(chunk: OutlineChunk): boolean {
    const judged = { fields: chunk.fields, done: isDone(chunk) }
    return where.every((predicate) => fitsPredicate(judged, predicate, kindOf(chunk, predicate.field), now))
  }
}

export interface End {
  from_id: string
  to_id: string
  kind: string
}

/** The chunks that have an edge with this one, or an edge of this kind. */
export function linkedBy(edges: readonly End[], edge: string, isChunk: (id: string) => boolean): ReadonlySet<string> {
  const isOne = isChunk(edge)
  const linked = new Set<string>()
  for (const { from_id, to_id, kind } of edges) {
    if (isOne ? from_id === edge || to_id === edge : kind === edge) linked.add(from_id).add(to_id)
  }
  if (isOne) linked.delete(edge)
  return linked
}

function among(values: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return values && values.length > 0 ? new Set(values) : undefined
}

/** What nobody has declared is taken as what it is. */
export function kindOfValue(value: unknown): string {
  if (typeof value === 'boolean') return 'checkbox'
  return typeof value === 'number' ? 'number' : 'text'
}
