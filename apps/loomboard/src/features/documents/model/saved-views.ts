import type { DocumentSearch, ViewId } from './document-search.ts'
import { toList, viewIds } from './document-search.ts'
import type { OutlineChunk } from './outline.ts'

/** A way to see a document that somebody has kept, under a name in the address. */
export interface SavedView {
  id: string
  name: string
  title: string
  search: DocumentSearch
}

type Settings = Readonly<Record<string, unknown>>

/** The views that are kept in a document, by what they are called; the board itself is none. */
export function savedViews(boards: ReadonlyMap<string, OutlineChunk>): SavedView[] {
  const views = [...boards].filter(([name]) => name !== 'main')
  return views
    .map(([name, { id, title, fields = {} }]) => ({ id, name, title: title || name, search: toSearch(fields) }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }))
}

/** The parts of an address that a view is made of. */
const kept = [
  'view',
  'group',
  'lanes',
  'sort',
  'order',
  'show',
  'widths',
  'q',
  'status',
  'type',
  'tags',
  'where',
  'edge',
] as const
type KeptKey = (typeof kept)[number]
/** None of them is said by an empty list. */
const lists: readonly string[] = ['where', 'show', 'widths']

/** Settings in the words of an address. */
export function toSearch(settings: Settings): DocumentSearch {
  const { view, group, lanes, sort, order, show, widths, q, filter } = settings
  const { status, type, tag, where, edge } = (filter ?? {}) as Settings
  const all = { group, lanes, sort, order, show, widths, q, status, type, tags: tag, where, edge }
  const known = viewIds.find((id) => id === view)
  return {
    ...(known ? { view: known } : {}),
    ...(Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined && value !== null && value !== ''),
    ) as DocumentSearch),
  }
}

/** An address in the words of settings; null takes away what was there. */
export function toSettings(search: DocumentSearch, view: ViewId): Record<string, unknown> {
  const { group, lanes, sort, order, show, widths, q, status, type, tags, where, edge } = search
  const filter = Object.fromEntries(
    Object.entries({
      status: many(status),
      type: many(type),
      tag: many(tags),
      where: where?.length ? where : undefined,
      edge,
    }).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parts = {
    view,
    group,
    lanes,
    sort,
    order,
    show,
    widths,
    q,
    filter: Object.keys(filter).length > 0 ? filter : null,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value || null]))
}

function many(value: DocumentSearch['status']) {
  const values = toList(value)
  return values.length > 0 ? values : undefined
}

/** What holds: the saved view, and over it what the address says besides. */
export function withSaved(search: DocumentSearch, saved: SavedView | undefined): DocumentSearch {
  if (!saved) return search
  const said = Object.entries(search).filter(([, value]) => value !== undefined)
  const all = { ...saved.search, ...Object.fromEntries(said) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isNone(value))) as DocumentSearch
}

function isNone(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** What the address says besides the saved view, once this has changed; `changed` says what holds from now on. */
export function besideSaved(changed: Partial<DocumentSearch>, saved: SavedView | undefined): Partial<DocumentSearch> {
  if (!saved) return changed
  return Object.fromEntries(
    Object.entries(changed).map(([key, value]) => {
      if (!kept.includes(key as KeptKey)) return [key, value]
      const was = saved.search[key as KeptKey]
      if (isSame(value, was)) return [key, undefined]
      return [key, isNone(value) ? (lists.includes(key) ? [] : '') : value]
    }),
  )
}

/** The address says something else than the saved view. */
export function isChanged(search: DocumentSearch, saved: SavedView): boolean {
  return kept.some((key) => key in search && search[key] !== undefined && !isSame(search[key], saved.search[key]))
}

function isSame(a: unknown, b: unknown): boolean {
  if (isNone(a) || isNone(b)) return isNone(a) === isNone(b)
  const listed = (value: unknown) => JSON.stringify(Array.isArray(value) ? value : [value])
  return listed(a) === listed(b)
}

/** A name for the address that no other view has, made of what it is called. */
export function nameFor(title: string, taken: Iterable<string>): string {
  const names = new Set(taken).add('main')
  const base =
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'view'
  let name = base
  for (let n = 2; names.has(name); n++) name = `${base}-${n}`
  return name
}
