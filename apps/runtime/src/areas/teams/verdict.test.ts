import { describe, expect, it } from 'vitest'
import { saidValue, verdictOf } from './verdict.ts'

const success = { kind: 'success' }
const pushback = (reason: string) => ({ kind: 'pushback', reason })

describe('what an agent has come to', () => {
  it.each([
    ['A draft.\n\nresult: success', success, 'A draft.'],
    ['A draft.', success, 'A draft.'],
    ['One.\nTwo.\nresult: pushback: more', pushback('more'), 'One.\nTwo.'],
    ['No.\n**Result: pushback: too_long**\n\n', pushback('too_long'), 'No.'],
    ['- `result: pushback — facts: two are wrong`', pushback('facts: two are wrong'), ''],
    ['RESULT: Pushback', pushback('no reason given'), ''],
    ['The result: success is near', success, 'The result: success is near'],
    ['result: unclear', success, 'result: unclear'],
    ['result: pushback: a\nBut then it was fine.', success, 'result: pushback: a\nBut then it was fine.'],
    ['', success, ''],
  ])('%j', (answer, outcome, text) => {
    expect(verdictOf(answer)).toEqual({ outcome, text })
  })
})

it('is looked into where it is JSON', () => {
  expect(saidValue('{"score": 8}')).toEqual({ score: 8 })
  expect(saidValue('```json\n[1, 2]\n```')).toEqual([1, 2])
  expect(saidValue('{not json}')).toBe('{not json}')
  expect(saidValue('8')).toBe('8')
})
