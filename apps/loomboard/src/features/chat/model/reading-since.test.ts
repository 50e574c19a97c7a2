import { expect, it } from 'vitest'
import { aLog, call, parked, result, steer, text, usage } from './makers.ts'
import { readingSince } from './reading-since.ts'
import { emptyView } from './types.ts'
import { applyEvents } from './view/run-view.ts'

type Events = Parameters<ReturnType<typeof aLog>['log']>

/** Since when the model has been reading after these events, in milliseconds before the last of them. */
function since(...events: Events): number | undefined {
  const logged = aLog().log(...events)
  const turn = applyEvents(emptyView, logged).turns.at(-1)
  const from = turn && readingSince(turn)
  return from === undefined ? undefined : logged.at(-1)!.at - from
}

it('a model reads from the moment it was asked until it says something', () => {
  expect(since(steer('Hi'))).toBe(0)
  expect(since(steer('Hi'), text('H'))).toBeUndefined()
  expect(since(steer('Hi'), text('H'), parked)).toBeUndefined()
})

it('it reads what its tools have found once all of them have', () => {
  expect(since(steer('Hi'), call('a'), call('b'), usage(), result('a'))).toBeUndefined()
  expect(since(steer('Hi'), call('a'), call('b'), usage(), result('a'), result('b'))).toBe(0)
})
