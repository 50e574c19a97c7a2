import type { FieldPredicate, Is } from './filter/predicates.ts'

export const viewIds = ['board', 'outline', 'table', 'calendar', 'graph', 'page'] as const
export type ViewId = (typeof viewIds)[number]

/** One value stands by itself in an address. */
export type OneOrMore = string | readonly string[]

/** What of a document is shown and how, and what is open beside it: all of it is in the address. */
export interface DocumentSearch {
  view?: ViewId
  /** The name of a saved view. */
  saved?: string
  /** What columns are made of, and lanes: `status`, `type` or `field:<name>`. */
  group?: string
  lanes?: string
  sort?: string
  order?: string
  /** The fields that are shown of each chunk. */
  show?: readonly string[]
  /** How wide columns of a table are, where somebody has said so: `title:22`, in rem. */
  widths?: readonly string[]
  /** Of a calendar: its field, whether it is a `week`, and a day in it. */
  date?: string
  span?: string
  day?: string
  /** A question in SQL, instead of a view. */
  sql?: string
  /** The chunk that is open. */
  card?: string
  /** The conversation with the assistant that is open beside it: `new`, or a session. */
  assistant?: string
  status?: OneOrMore
  type?: OneOrMore
  /** Not `tag`: the list of chats has that in every address. */
  tags?: OneOrMore
  where?: readonly FieldPredicate[]
  /** Linked with this chunk, or having an edge of this kind. */
  edge?: string
  /** Words to be found in titles and texts. */
  q?: string
  /** Only what has changed since this person looked last. */
  changed?: true
}

const texts = [
  'saved',
  'group',
  'lanes',
  'sort',
  'order',
  'date',
  'span',
  'day',
  'sql',
  'card',
  'assistant',
  'edge',
  'q',
] as const
const lists = ['status', 'type', 'tags'] as const
const names = ['view', ...texts, ...lists, 'where', 'show', 'widths', 'changed'] as const

/** What is empty stays, beside a saved view: it says that this of the saved view does not hold. */
export function parseDocumentSearch(search: Record<string, unknown>): DocumentSearch {
  const view = viewIds.find((id) => id === search.view)
  const keepsEmpty = textOf(search.saved) !== ''
  const given: [string, unknown][] = []
  for (const name of texts) {
    // Links from before there were cards say `chunk`.
    const value = search[name] ?? (name === 'card' ? search.chunk : undefined)
    const text = textOf(value)
    if (text !== '' || (keepsEmpty && value === '')) given.push([name, text])
  }
  for (const name of lists) {
    const value = oneOrMore(search[name])
    if (value !== undefined && (value !== '' || keepsEmpty)) given.push([name, value])
  }
  const where = Array.isArray(search.where) ? search.where.flatMap(toPredicate).slice(0, mostConditions) : undefined
  if (where && (where.length > 0 || keepsEmpty)) given.push(['where', where])
  for (const name of ['show', 'widths'] as const) {
    const value = search[name]
    if (Array.isArray(value)) given.push([name, value.filter((each) => typeof each === 'string')])
  }
  // The router hands on as it stood in the address what is not answered for.
  const odd = names.filter((name) => search[name] !== undefined)
  return {
    ...Object.fromEntries(odd.map((name) => [name, undefined])),
    ...(view ? { view } : {}),
    ...Object.fromEntries(given),
    ...(search.changed === true ? { changed: true } : {}),
  }
}

const mostConditions = 20

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function oneOrMore(value: unknown): OneOrMore | undefined {
  if (!Array.isArray(value)) return value === undefined ? undefined : textOf(value)
  return toOneOrMore(value.map(textOf)) ?? ''
}

const operators: readonly Is[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'contains', 'set', 'unset']

function toPredicate(given: unknown): FieldPredicate[] {
  const { field, is, value } = (given ?? {}) as Record<string, unknown>
  const known = operators.find((each) => each === is)
  if (typeof field !== 'string' || field === '' || !known) return []
  return [{ field, is: known, ...(value === undefined ? {} : { value }) }]
}

/** '' among several is having none; alone it would be no condition, and so it stands in a list. */
export function toOneOrMore(values: readonly string[]): OneOrMore | undefined {
  if (values.length === 0) return undefined
  return values.length === 1 && values[0] !== '' ? values[0]! : values
}

export function toList(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined || value === '') return []
  return typeof value === 'string' ? [value] : value
}
