import { inWords } from '../../../../lib/json-text.ts'
import { formatDay } from '../dates.ts'
import { humanName } from '../field-chips.ts'
import type { FieldPredicate, Is } from './predicates.ts'

/** A way to compare a field, as it is offered for its kind. */
export interface Operator {
  id: string
  label: string
  is: Is
  /** What it is compared with, where that is said already. */
  value?: unknown
  /** What is asked for to compare it with. */
  asks?: 'text' | 'number' | 'date' | 'choices'
}

const ask = (id: string, label: string, is: Is, asks: Operator['asks']): Operator => ({ id, label, is, asks: asks! })
const day = (value: string, label: string): Operator => ({ id: value, label, is: 'eq', value })

const empty: Operator = { id: 'unset', label: 'is empty', is: 'unset' }
const filled: Operator = { id: 'set', label: 'has a value', is: 'set' }

const numbers = [
  ask('eq', 'is', 'eq', 'number'),
  ask('lt', 'is less than', 'lt', 'number'),
  ask('le', 'is at most', 'le', 'number'),
  ask('gt', 'is more than', 'gt', 'number'),
  ask('ge', 'is at least', 'ge', 'number'),
]
const dates = [
  day('overdue', 'is overdue'),
  day('today', 'is today'),
  day('this-week', 'is this week'),
  day('next-week', 'is next week'),
  ask('on', 'is on', 'eq', 'date'),
  ask('lt', 'is before', 'lt', 'date'),
  ask('ge', 'is on or after', 'ge', 'date'),
]
const choices = [ask('in', 'is one of', 'in', 'choices')]
const texts = [ask('contains', 'contains', 'contains', 'text'), ask('eq', 'is', 'eq', 'text')]
const boxes: Operator[] = [
  { id: 'yes', label: 'is ticked', is: 'eq', value: true },
  { id: 'no', label: 'is not ticked', is: 'eq', value: false },
]

/** What can be asked of a field of that kind; the first is what one begins with. */
export function operatorsOf(kind: string): readonly Operator[] {
  if (kind === 'checkbox') return boxes
  const own = { number: numbers, date: dates, select: choices, person: choices }[kind] ?? texts
  return [...own, empty, filled]
}

/** The operator that a condition uses; the first where it is one that is not offered. */
export function operatorOf({ is, value }: FieldPredicate, kind: string): Operator {
  const offered = operatorsOf(kind)
  const exact = offered.find(
    (each) => each.is === is && each.asks === undefined && (each.value ?? null) === (value ?? null),
  )
  return exact ?? offered.find((each) => each.is === is && each.asks !== undefined) ?? offered[0]!
}

/** The condition that a field begins with. */
export function firstPredicate(field: string, kind: string): FieldPredicate {
  return toPredicate(field, operatorsOf(kind)[0]!, undefined)
}

export function toPredicate(field: string, { is, asks, value }: Operator, given: unknown): FieldPredicate {
  if (asks === undefined) return value === undefined ? { field, is } : { field, is, value }
  return { field, is, value: given ?? (asks === 'choices' ? [] : '') }
}

/** It asks for something that nobody has said yet: it holds of everything. */
export function isUnfinished({ is, value }: FieldPredicate): boolean {
  if (is === 'set' || is === 'unset') return false
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The condition in a few words: due is overdue. */
export function predicateInWords(predicate: FieldPredicate, kind: string): string {
  const { label, asks } = operatorOf(predicate, kind)
  const name = humanName(predicate.field)
  if (asks === undefined) return `${name} ${label}`
  const { value } = predicate
  const words = asks === 'date' && typeof value === 'string' ? formatDay(value) : inWords(value ?? '')
  return isUnfinished(predicate) ? `${name} …` : `${name} ${asks === 'choices' ? 'is' : label} ${words}`
}
