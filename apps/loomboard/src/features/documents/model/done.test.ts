import { describe, expect, it } from 'vitest'
import { toIsDone } from './done.ts'

describe('what is done', () => {
  const byWords = toIsDone(undefined)

  it('is known by the word of its status where no board says anything', () => {
    expect(['posted', 'Done', 'reached', 'drafted', undefined].map((status) => byWords({ status }))).toEqual([
      ...[true, true, true, false, false],
    ])
    expect(toIsDone({ columns: 'none' })({ status: 'done' })).toBe(true)
  })

  it('is what the board says of a column, also against its word', () => {
    const isDone = toIsDone({
      columns: [{ status: 'live', done: true }, { status: 'done', done: false }, { status: 'closed' }, null],
    })
    expect(['live', 'done', 'closed', 'posted', 'open'].map((status) => isDone({ status }))).toEqual([
      ...[true, false, true, true, false],
    ])
  })

  it('is what a ticked field calls so, whatever its status', () => {
    const isDone = toIsDone({ columns: [{ status: 'late', done: false }] })
    for (const name of ['reached', 'due complete', 'Done', 'is_done', 'due_complete']) {
      expect(isDone({ status: 'late', fields: { [name]: true } })).toBe(true)
      expect(isDone({ status: 'late', fields: { [name]: false } })).toBe(false)
      expect(isDone({ fields: { [name]: 'yes' } })).toBe(false)
    }
    expect(isDone({ fields: { urgent: true, 'not done': true } })).toBe(false)
  })
})
