import { type DocumentSearch, toList, toOneOrMore } from '../document-search.ts'
import { predicateInWords } from './operators.ts'
import type { FieldPredicate } from './predicates.ts'

/** What a condition is about, as the filter menu offers it. */
export type Subject = 'status' | 'type' | 'tags' | 'edge' | 'changed' | `field:${string}`

/** One condition of an address, and how the address is changed with it. */
export interface Condition {
  /** Stays the same while it is edited. */
  key: string
  subject: Subject
  /** Of a field: the condition, and its place among those. */
  predicate?: FieldPredicate
  at?: number
}

export function conditionsOf(search: DocumentSearch): Condition[] {
  const lists = (['status', 'type', 'tags'] as const).filter((name) => toList(search[name]).length > 0)
  return [
    ...lists.map((subject) => ({ key: subject, subject })),
    ...(search.where ?? []).map((predicate, at) => ({
      key: `where ${at}`,
      subject: `field:${predicate.field}` as const,
      predicate,
      at,
    })),
    ...(search.edge ? [{ key: 'edge', subject: 'edge' as const }] : []),
    ...(search.changed ? [{ key: 'changed', subject: 'changed' as const }] : []),
  ]
}

export function without(search: DocumentSearch, { subject, at }: Condition): Partial<DocumentSearch> {
  if (at === undefined) return { [subject]: undefined }
  const left = (search.where ?? []).filter((_, i) => i !== at)
  return { where: left.length > 0 ? left : undefined }
}

export function withPredicate(search: DocumentSearch, at: number, predicate: FieldPredicate): Partial<DocumentSearch> {
  const where = [...(search.where ?? [])]
  where[at] = predicate
  return { where }
}

/** A value more, or one less, of a status, type or tag. */
export function withValue(
  search: DocumentSearch,
  subject: 'status' | 'type' | 'tags',
  value: string,
): Partial<DocumentSearch> {
  const values = toList(search[subject])
  const next = values.includes(value) ? values.filter((each) => each !== value) : [...values, value]
  return { [subject]: toOneOrMore(next) }
}

const names = { status: 'Status', type: 'Type', tags: 'Tag' }

/** In a few words; `titleOf` names a chunk, where an edge leads to one. */
export function conditionInWords(
  search: DocumentSearch,
  { subject, predicate }: Condition,
  { kindOf, titleOf }: { kindOf: (field: string) => string; titleOf: (id: string) => string | undefined },
): string {
  if (predicate) return predicateInWords(predicate, kindOf(predicate.field))
  switch (subject) {
    case 'changed':
      return 'Changed since I looked'
    case 'edge': {
      const title = titleOf(search.edge ?? '')
      return title === undefined ? `Has a link “${search.edge}”` : `Linked with “${title}”`
    }
    default: {
      const values = toList(search[subject as 'status' | 'type' | 'tags'])
      return `${names[subject as 'status' | 'type' | 'tags']}: ${values.map((value) => value || 'none').join(', ')}`
    }
  }
}
