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

it('it may have called more tools than a call has room for arguments', () => {
  const turn = applyEvents(emptyView, aLog().log(steer('Hi'), call('a'), result('a'))).turns.at(-1)!
  const [part] = turn.parts
  expect(readingSince({ ...turn, parts: Array.from({ length: 300_000 }, () => part!) })).toBe(readingSince(turn))
})

it('it reads what its tools have found once all of them have', () => {
  expect(since(steer('Hi'), call('a'), call('b'), usage(), result('a'))).toBeUndefined()
  expect(since(steer('Hi'), call('a'), call('b'), usage(), result('a'), result('b'))).toBe(0)
})
