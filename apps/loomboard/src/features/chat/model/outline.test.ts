import { expect, it } from 'vitest'
import { aLog, parked, steer, text } from './makers.ts'
import { toOutline, turnAt } from './outline.ts'
import { emptyView } from './types.ts'
import { applyEvents } from './view/run-view.ts'

const { log } = aLog()
const { turns } = applyEvents(
  emptyView,
  log(steer('First\nline two'), text('a'), parked, steer('Second'), text('b'), parked),
)

it('has a line for every message', () => {
  expect(toOutline(turns).map(({ title }) => title)).toEqual(['First line two', 'Second'])
})

it('finds the turn of an address, also when it was written down an event later', () => {
  expect(turnAt(turns, turns[1]!.id)).toBe(turns[1])
  expect(turnAt(turns, 's2')).toBe(turns[0])
  expect(turnAt(turns, 's999')).toBe(turns[1])
  expect(turnAt(turns, 's0')).toBeUndefined()
  expect(turnAt(turns, 'nonsense')).toBeUndefined()
})
