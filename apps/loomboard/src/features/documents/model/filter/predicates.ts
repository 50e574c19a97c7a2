import type { wire } from '@loomcycle/client'
import { fold } from '@loomcycle/proto/wire'
import { inWords } from '../../../../lib/json-text.ts'
import { addDays, dayOf, toDay, weekStart } from '../dates.ts'

/** A condition on a field, as a board's settings and the address have it. */
export type FieldPredicate = wire.FieldPredicate

export type Is = FieldPredicate['is']

export interface Judged {
  fields?: Readonly<Record<string, unknown>> | undefined
  /** Nothing of it is overdue any more. */
  done: boolean
}

/** Whether a condition holds; the kind is what the field was declared as. */
export function fitsPredicate({ fields, done }: Judged, predicate: FieldPredicate, kind: string, now: number): boolean {
  const { field, is } = predicate
  const value = fields?.[field] ?? null
  const wanted = predicate.value ?? null
  // A box without a tick says no.
  const isSet = value !== null && value !== '' && !(kind === 'checkbox' && value === false)
  if (is === 'set' || is === 'unset') return isSet === (is === 'set')
  if (kind === 'checkbox') return (wanted === isSet) === (is !== 'ne')
  if (is === 'ne') return !equals(value, wanted, kind, { done, now })
  if (!isSet) return false
  switch (is) {
    case 'eq':
      return equals(value, wanted, kind, { done, now })
    case 'in':
      return Array.isArray(wanted) && wanted.some((each) => equals(value, each, kind, { done, now }))
    case 'contains':
      return fold(inWords(value)).includes(fold(inWords(wanted)))
    default:
      return inOrder(compare(value, kind === 'date' ? startOf(wanted, now) : wanted, kind), is)
  }
}

/** A list is each of the values in it. */
function equals(value: unknown, wanted: unknown, kind: string, more: { done: boolean; now: number }): boolean {
  if (Array.isArray(value)) return value.some((each) => equals(each, wanted, kind, more))
  if (kind === 'date') {
    const day = dayOf(value)
    return day === undefined ? value === wanted : isWithin(day, value, wanted, more)
  }
  return value === wanted || (value !== null && wanted !== null && fold(inWords(value)) === fold(inWords(wanted)))
}

/** A date may be compared with days that move with the calendar: overdue, today, this-week, next-week. */
function isWithin(day: string, value: unknown, wanted: unknown, { done, now }: { done: boolean; now: number }) {
  const today = toDay(new Date(now))
  switch (wanted) {
    case 'overdue':
      return !done && (typeof value === 'string' && value.includes('T') ? Date.parse(value) < now : day < today)
    case 'today':
      return day === today
    case 'this-week':
      return weekStart(day) === weekStart(today)
    case 'next-week':
      return weekStart(day) === addDays(weekStart(today), 7)
    default:
      return day === (dayOf(wanted) ?? wanted)
  }
}

/** Before this week is before its Monday. */
function startOf(wanted: unknown, now: number): unknown {
  const today = toDay(new Date(now))
  if (wanted === 'this-week') return weekStart(today)
  if (wanted === 'next-week') return addDays(weekStart(today), 7)
  return wanted === 'today' || wanted === 'overdue' ? today : wanted
}

/** Undefined where the two cannot be put in order. */
function compare(a: unknown, b: unknown, kind: string): number | undefined {
  if (kind === 'date') {
    const [left, right] = [dayOf(a), dayOf(b)]
    return left === undefined || right === undefined ? undefined : Number(left > right) - Number(left < right)
  }
  if (typeof a === 'number' || typeof b === 'number' || kind === 'number') {
    const difference = Number(a) - Number(b)
    return Number.isNaN(difference) ? undefined : difference
  }
  return inWords(a).localeCompare(inWords(b), 'en', { sensitivity: 'base', numeric: true })
}

function inOrder(order: number | undefined, is: Is): boolean {
  if (order === undefined) return false
  if (is === 'lt') return order < 0
  if (is === 'le') return order <= 0
  return is === 'gt' ? order > 0 : order >= 0
}
