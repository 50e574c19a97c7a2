import { describe, expect, it } from 'vitest'
import { firstPredicate, isUnfinished, operatorOf, operatorsOf, predicateInWords, toPredicate } from './operators.ts'

const kinds = ['text', 'number', 'date', 'select', 'person', 'url', 'checkbox']

describe('what can be asked of a field', () => {
  it.each(kinds)('of kind %s is found again in the condition that it makes', (kind) => {
    for (const operator of operatorsOf(kind)) {
      const given = operator.asks === 'choices' ? ['a'] : operator.asks === 'date' ? '2026-06-30' : 3
      expect(operatorOf(toPredicate('f', operator, given), kind)).toBe(operator)
    }
  })

  it('begins with something that filters nothing out, or with what is looked for most', () => {
    expect(kinds.filter((kind) => !isUnfinished(firstPredicate('f', kind)))).toEqual(['date', 'checkbox'])
    expect(firstPredicate('f', 'date')).toEqual({ field: 'f', is: 'eq', value: 'overdue' })
  })

  it('is said in words', () => {
    expect(predicateInWords({ field: 'due_date', is: 'eq', value: 'overdue' }, 'date')).toBe('due date is overdue')
    expect(predicateInWords({ field: 'due', is: 'lt', value: '2026-06-30' }, 'date')).toBe('due is before 30 Jun 2026')
    expect(predicateInWords({ field: 'owner', is: 'in', value: ['Ines', 'Jonas'] }, 'person')).toBe(
      'owner is Ines, Jonas',
    )
    expect(predicateInWords({ field: 'cost', is: 'ge', value: 5 }, 'number')).toBe('cost is at least 5')
    expect(predicateInWords({ field: 'ready', is: 'eq', value: false }, 'checkbox')).toBe('ready is not ticked')
    expect(predicateInWords({ field: 'note', is: 'unset' }, 'text')).toBe('note is empty')
    expect(predicateInWords({ field: 'note', is: 'contains', value: '' }, 'text')).toBe('note …')
  })
})
