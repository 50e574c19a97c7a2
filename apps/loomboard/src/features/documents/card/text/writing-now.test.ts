import { expect, it } from 'vitest'
import { writingNow } from './writing-now.ts'

const start = Date.parse('2026-06-01T10:00:00Z')
const change = (revision: number, seconds: number, id = 'drafter') => ({
  revision,
  updated_at: new Date(start + 1000 * seconds).toISOString(),
  updated_by: { kind: id === 'you' ? ('user' as const) : ('agent' as const), id, run_id: 'r1' },
})
const at = (seconds: number) => start + 1000 * seconds

it('an agent that goes on writing has been at it since its first change', () => {
  const first = writingNow(undefined, change(2, 0), at(1))
  const later = writingNow(first, change(3, 15), at(15))
  expect(later).toMatchObject({ who: 'drafter', since: start, revision: 3 })
  expect(writingNow(later, change(3, 15), at(30))).toBe(later)
})

it('whoever has been still for a while, has ended, or is a person, writes no more', () => {
  const first = writingNow(undefined, change(2, 0), at(1))
  expect(writingNow(first, change(2, 0), at(22))).toBeUndefined()
  expect(writingNow(first, change(2, 0), at(2), 'completed')).toBeUndefined()
  expect(writingNow(first, change(3, 2, 'you'), at(2))).toBeUndefined()
  expect(writingNow(undefined, change(2, 0), at(60))).toBeUndefined()
})
